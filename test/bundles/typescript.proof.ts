import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { readTypeScript } from "../../server/src/frontends/typescript/read";
import { engine } from "../../server/src/engine";
import { run } from "../cli/run";
import { folderWith, removeFolders } from "../workspace/folder";
import { built } from "./built";

const root = path.resolve(__dirname, "../..");

/** Code of every kind: stacks, handlers and pages in their dialects, and a program. */
const folders = ["examples", "test/handlers", "test/synth", "test/e2e", "server/src/frontends"];
const sources = folders.flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.([cm]?[jt]sx?|html|vue|svelte)$/.test(file))
    .filter((file) => !/(^|[\\/])(node_modules|cdk\.out)[\\/]/.test(file))
    .map((file) => path.join(root, folder, file)),
);

// The bundle holds of the compiler what esbuild finds to be reached, so both are asked the same.
describe("the bundle of the TypeScript frontend", function () {
  this.timeout(120_000);
  let bundle: { readonly readTypeScript: typeof readTypeScript };
  before(() => {
    bundle = createRequire(__filename)(path.join(built(), "typescript.js")) as typeof bundle;
  });
  after(removeFolders);

  it("is a parser and not a compiler", () => {
    const { size } = statSync(path.join(built(), "typescript.js"));
    assert.ok(size < 800_000, `${size} bytes`);
  });

  it("reads what the sources read, in whole files and half-typed ones", () => {
    assert.ok(sources.length > 150);
    for (const file of sources) {
      const text = readFileSync(file, "utf8");
      const middle = Math.floor(text.length / 2);
      for (const part of [text, text.slice(0, middle)]) {
        const expected = JSON.stringify(readTypeScript(file, part));
        assert.ok(JSON.stringify(bundle.readTypeScript(file, part)) === expected, file);
      }
    }
  });

  it("says of wrong syntax what the sources say", () => {
    const wrong = [
      "function f(a?, ...b, c) { break; yield 1 } async () => { for await (x of y) }",
      "import x, y from 'z'; export default = 1; enum { A = , }",
      "const a = `unterminated ${",
      "x = /unterminated; y = 'unterminated\n; z = 0b2 + 1__0 + 09.5n",
      "interface I { x( } abstract class { abstract } type T<",
      "<div><span></div>; <a b={} {...c} d=e />; <></>",
      "label: label: for (;;) continue other; return; await x; new.target; import.meta",
      "var \u0000 \ud800 = 1; @decorator @ () class A { @x y } ",
      `${"(".repeat(500)}`,
    ];
    for (const text of wrong) {
      for (const file of ["/a.ts", "/a.tsx", "/a.js", "/a.mjs"]) {
        const expected = readTypeScript(file, text);
        assert.deepEqual(bundle.readTypeScript(file, text), expected, text);
      }
      assert.ok(readTypeScript("/a.ts", text).gaps.length > 0, text);
    }
  });

  for (const example of ["acme-orders-ts", "acme-orders-py"]) {
    it(`fixes ${example} as the sources do`, async () => {
      const [bySources, byBundles] = [folderWith({}), folderWith({})];
      for (const folder of [bySources, byBundles]) {
        cpSync(path.join(root, "examples", example), folder, { recursive: true });
      }
      const check = ["check", "--fix", "--fail-on", "never"];
      const { out, err } = await run(engine, bySources, ...check);
      const program = path.join(built(), "cli.js");
      const fromBundles = execFileSync(process.execPath, [program, ...check], {
        cwd: byBundles,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      assert.equal(fromBundles, out);
      const fixed = err.match(/(?<=^fixed ).*$/gm) ?? [];
      assert.ok(fixed.length > 0, err);
      for (const file of fixed) {
        const textIn = (folder: string): string => readFileSync(path.join(folder, file), "utf8");
        assert.equal(textIn(byBundles), textIn(bySources));
      }
    });
  }
});
