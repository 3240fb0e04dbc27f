import assert from "node:assert/strict";
import fc from "fast-check";
import {
  printable,
  printableJson,
  printableLine,
  printableLines,
} from "../../shared/src/base/printable";
import { engine } from "../../server/src/engine";
import { run } from "../cli/run";
import { folderWith, removeFolders } from "../workspace/folder";

/** Whether a terminal or a CI service would obey a part of the text; `own` are commands that the program writes itself. */
function steers(text: string, own = /^$/): string | undefined {
  const control = /[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/.exec(text);
  if (control) return `${JSON.stringify(control[0])} in ${JSON.stringify(text.slice(0, 200))}`;
  return text.split("\n").find((line) => /^\s*(::(?!: )|##\w*\[)/.test(line) && !own.test(line));
}

const hostile =
  "\u001b]0;owned\u0007\u202e::stop-commands::x\n::set-output name=a::b\r##[group]\u009b31m";

describe("text from outside", () => {
  afterEach(removeFolders);

  it("is printed so that it steers nothing, and says all that it said", () => {
    assert.equal(printable("a\u001b[31m\tb\nc"), "a\\x1b[31m\tb\nc");
    assert.equal(printableLine("a\nb\u202e"), "a\\x0ab\\u202e");
    assert.equal(
      printableLines("x\n  ::error::y\n##[z]\na::b"),
      "x\n  \\x3a:error::y\n\\x23#[z]\na::b",
    );
    assert.equal(steers(printableLines(hostile)), undefined);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.equal(steers(printableLines(text)), undefined);
        assert.deepEqual(JSON.parse(printableJson({ [text]: [text] })), { [text]: [text] });
        assert.equal(steers(printableJson([text])), undefined);
      }),
      { numRuns: 500 },
    );
  });

  /** A stack whose names, values and files are hostile. */
  const stack = `import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
new HttpApi(stack, ${JSON.stringify(hostile)}, { corsPreflight: {
  allowOrigins: ["https://a.example.com/${hostile.replaceAll("\n", "\\n").replaceAll("\r", "\\r")}", "https://b.example.com/"],
  allowHeaders: [${JSON.stringify(hostile)}],
} });
`;
  const names = ["::stop-commands::x.ts", "\u001b[2Ja.ts", "a\n::error::b.ts", "\u202ets.txt.ts"];
  const broken = (name: string): string => `broken ${name}/broken.ts`;

  for (const format of ["text", "github", "json", "sarif"]) {
    it(`steers nothing in the format ${format}`, async () => {
      const files = names.flatMap((name): [string, string][] => [
        [name, stack],
        [broken(name), "export const cors = ;"],
      ]);
      const folder = folderWith({ "cdk.json": "{}", ...Object.fromEntries(files) });
      const { out, err, code } = await run(
        engine,
        folder,
        "check",
        ".",
        "--format",
        format,
        ...(format === "text" ? ["--gaps"] : []),
      );
      assert.equal(code, 1, err);
      assert.match(out, /never-matches/);
      assert.equal(steers(out, /^::(error|warning|notice) file=/), undefined);
      assert.equal(steers(err), undefined);
      // GitHub splits lines; each of ours is one command.
      if (format === "github")
        for (const line of out.trim().split("\n")) assert.match(line, /^::\w+ file=/);
    });
  }

  it("steers nothing in words on standard error: fixed files, keys of the configuration, arguments", async () => {
    const folder = folderWith({
      "cdk.json": "{}",
      ...Object.fromEntries(names.map((name) => [name, stack])),
    });
    const fixed = await run(engine, folder, "check", ".", "--fix");
    assert.match(fixed.err, /^fixed /m);
    assert.equal(steers(fixed.err), undefined);
    const key = JSON.stringify({ [hostile]: 1, rules: { [hostile]: "off" } });
    const configured = folderWith({ "cors-lens.json": key, "a.ts": "cors" });
    for (const args of [
      ["check", "."],
      ["check", hostile],
      [hostile],
      ["explain", hostile, hostile],
      ["judge", hostile],
      ["model", hostile],
    ]) {
      const { err, out } = await run(engine, configured, ...args);
      assert.notEqual(err, "");
      assert.equal(steers(err), undefined);
      assert.equal(steers(out), undefined);
    }
  });

  it("steers nothing in the model and its explanation", async () => {
    const folder = folderWith({ "cdk.json": "{}", "a.ts": stack });
    for (const args of [["model", "."], ["explain", "GET", "/x"], ["baseline"]]) {
      const { out, err } = await run(engine, folder, ...args);
      assert.equal(steers(out), undefined, args[0]);
      assert.equal(steers(err), undefined, args[0]);
    }
  });
});
