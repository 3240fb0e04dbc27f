/** Synthesizes a stack that is a text: what a fix made of a file. */
import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";
import ts from "typescript";
import { assembled } from "./cases";
import type { Json } from "./template";

/** The templates of the text's exported stack or app. Throws what CDK throws. */
export async function synthesizeText(
  text: string,
  directory: string,
  context: Readonly<Record<string, unknown>> = {},
): Promise<readonly Json[]> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  const wrapper = runInThisContext(
    `(exports, require, module, __dirname) => {${outputText}\n}`,
  ) as (
    exports: Record<string, unknown>,
    require: NodeJS.Require,
    module: { exports: Record<string, unknown> },
    directory: string,
  ) => void;
  const module = { exports: {} };
  return assembled(() => {
    wrapper(module.exports, createRequire(__filename), module, directory);
    return Promise.resolve(module.exports);
  }, context);
}
