// The frontend asks ts-morph for one thing, the compiler that it carries, and the compiler for one thing, its parser. The
// compiler comes as one closed function of nine megabytes, of which a bundler can leave out nothing. This plugin opens it:
// what was one value becomes a module that esbuild can follow, and checker, emitter, language service and most messages
// fall away. What is left is the compiler's own code, word for word.
//
// Every step fails the build when it does not find what it is about, as in a compiler that is written otherwise.
import { readFileSync } from "node:fs";

const wholeCompiler = /[\\/]@ts-morph[\\/]common[\\/]dist[\\/]typescript\.js$/;
const frontendModule = /[\\/]server[\\/]src[\\/]frontends[\\/]typescript[\\/].*\.ts$/;

/** Bundles the parser alone, and fails where a module of the frontend asks for a part that the compiler does not have. */
export const leanTypeScript = {
  name: "lean-typescript",
  setup(build) {
    build.onResolve({ filter: /^ts-morph$/ }, ({ resolveDir }) =>
      build.resolve("@ts-morph/common/dist/typescript.js", {
        kind: "import-statement",
        resolveDir,
      }),
    );
    build.onLoad({ filter: wholeCompiler }, ({ path }) => ({
      contents: opened(readFileSync(path, "utf8")),
      loader: "js",
    }));
    // esbuild follows the members of a namespace, not those of a value.
    build.onLoad({ filter: frontendModule }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(
        'import { ts } from "ts-morph";',
        'import * as ts from "ts-morph";',
      ),
      loader: "ts",
    }));
    build.onEnd(({ warnings }) => ({
      errors: warnings.filter(({ id }) => id === "import-is-undefined"),
    }));
  },
};

// prettier-ignore
const steps = [
  // The function around it, and its exports as a value.
  [/^[^]*?^"use strict";$/m, ""],
  [/^__export\(typescript_exports, \{$[^]*?^\}\);$/m, ""],
  [/^module\.exports = __toCommonJS\(typescript_exports\);$/m, ""],
  [/^0 && \(module\.exports = \{$[^]*/m, ""],
  // The language service's lists of fixes and refactorings, and constants of its server's classes.
  [/^register(CodeFix|Refactor)\([^]*?^\}\);$/gm, ""],
  [/^_(AutoImportProviderProject|ProjectService|ScriptVersionCache|TypingsInstallerAdapter)\.\w+ = (.*;|\{$[^]*?^\};)$/gm, ""],
  // Nodes that know their own text are the language service's. Its symbols and types are never made.
  [/^ {4}get(Symbol|Type|Signature|SourceMapSource)Constructor: \(\) => \w+Object,?$/gm, ""],
  // Namespaces, and values that only gather functions, become such as can be left out.
  [/^var (\w+);\n\(\((\w+)\) => \{$([^]*?)^\}\)\(\1 \|\| \(\1 = \{\}\)\);$/gm, "var $1 = /* @__PURE__ */ (($2) => {$3return $2;\n})({});"],
  [/^var (\w+) = \{\};\n__export\(\1, \{$([^]*?)^\}\);$/gm, "var $1 = /* @__PURE__ */ gathered({$2});"],
  // Each message becomes a variable of its own.
  [/^var Diagnostics = \{$([^]*?)^\};$/m, (_, messages) => messages.replace(/^ {2}(\w+): (diag\((?:.*|$[^]*?^ {2})\)),?$/gm, "var Diagnostics_$1 = /* @__PURE__ */ $2;")],
  [/\bDiagnostics\.(?=\w)/g, "Diagnostics_"],
  // Computing a value does nothing else: where nobody wants the value, it need not be computed.
  [/^var (\w+) = (?=[[{]|new |\w+[.(])(.*|[^]*?^\S.*);$/gm, "var $1 = /* @__PURE__ */ (() => ($2))();"],
];

/** The compiler's text as a module that does nothing when it is loaded but what its parser needs. */
function opened(compiler) {
  const exports = /^__export\(typescript_exports, \{$([^]*?)^\}\);$/m.exec(compiler)?.[1] ?? "";
  const names = [...exports.matchAll(/^ {2}(\w+): \(\) => (\w+),?$/gm)]
    .filter(([, name]) => name !== "Diagnostics")
    .map(([, name, inside]) => `${inside} as ${name}`);
  const module = steps.reduce((text, [pattern, replacement]) => {
    const next = text.replace(pattern, replacement);
    if (next === text) throw new Error(`the compiler in ts-morph lacks ${pattern.source}`);
    return next;
  }, compiler);
  return `${module}
function gathered(members) {
  for (const name in members) __defProp(members, name, { get: members[name] });
  return members;
}
export { ${names.join(", ")} };
`;
}
