/** What TypeScript says of the examples: mistakes there are CORS mistakes, and no others. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import ts from "typescript";

const root = path.join(__dirname, "../..");
const examples = path.join(root, "examples");

/** The declarations that the command for the example writes beside its copy. */
const [, ambient = ""] =
  /const ambient = `([^`]*)`/.exec(
    readFileSync(path.join(root, "client/src/example.ts"), "utf8"),
  ) ?? [];

/** Errors in the files of a project, as the editor underlines them. */
function errorsOf(folder: string): readonly string[] {
  const file = path.join(folder, "tsconfig.json");
  const { config } = ts.readConfigFile(file, (name) => ts.sys.readFile(name)) as {
    config: unknown;
  };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  assert.ok(fileNames.length > 0);
  // Nothing is installed beside what a user opens.
  const program = ts.createProgram(fileNames, { ...options, types: [] });
  return fileNames.flatMap((name) => {
    const source = program.getSourceFile(name);
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    return found.map(
      ({ messageText }) =>
        `${path.basename(name)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  });
}

describe("TypeScript in the examples", function () {
  this.timeout(60_000);
  let folder = "";
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "cors-lens-"));
    cpSync(examples, folder, { recursive: true });
    for (const name of ["acme-orders-ts", "acme-orders-ts-fixed"])
      writeFileSync(path.join(folder, name, "lib", "ambient.d.ts"), ambient);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const name of readdirSync(examples))
    it(`says nothing of ${name}'s page`, () => {
      assert.deepEqual(errorsOf(path.join(folder, name, "web")), []);
    });

  for (const name of ["acme-orders-ts", "acme-orders-ts-fixed"])
    it(`says nothing of ${name}'s stack and handlers`, () => {
      assert.ok(ambient.includes("aws-cdk-lib"));
      assert.deepEqual(errorsOf(path.join(folder, name)), []);
    });
});
