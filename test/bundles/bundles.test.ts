/** The bundles against the sources that they are made of. What the bundler leaves out must never be missed. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readTypeScript } from "../../server/src/frontends/typescript/read";
import type { JsonReport } from "../../server/src/report/json";

const root = path.resolve(__dirname, "../..");
const dist = path.join(root, "dist");

interface TypeScriptBundle {
  readonly readTypeScript: typeof readTypeScript;
}

/** Sources below a folder of this repository. */
function sourcesIn(folder: string): string[] {
  const entries = readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(tsx?|jsx?|mjs|cjs|html|vue|svelte)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes("node_modules"));
}

function cli(args: readonly string[]): { readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [path.join(dist, "cli.js"), ...args], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
}

describe("the bundles", function () {
  this.timeout(60_000);
  const scratch = mkdtempSync(path.join(tmpdir(), "cors-lens-bundles-"));

  before(() => {
    const { status, stderr } = spawnSync(process.execPath, [path.join(root, "scripts/build.mjs")], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  it("read TypeScript, JavaScript and markup as the sources do, half-typed too", async () => {
    const bundle = (await import(path.join(dist, "typescript.js"))) as TypeScriptBundle;
    const files = ["examples", "test/handlers", "test/synth", "shared/src", "client/src"];
    let compared = 0;
    for (const file of files.flatMap(sourcesIn)) {
      const text = readFileSync(file, "utf8");
      for (const part of [text, text.slice(0, text.length / 2), text.slice(text.length / 3)]) {
        const [ours, theirs] = [bundle.readTypeScript(file, part), readTypeScript(file, part)];
        // Ten times quicker than a comparison in depth, which only has to tell the difference.
        if (JSON.stringify(ours) !== JSON.stringify(theirs)) assert.deepEqual(ours, theirs, file);
        compared++;
      }
    }
    assert.ok(compared > 1000, `${compared} texts`);
  });

  it("mend an example: nothing is left that a safe fix mends", () => {
    const folder = path.join(scratch, "example");
    cpSync(path.join(root, "examples/acme-orders-ts"), folder, { recursive: true });
    const { stdout } = cli(["check", folder, "--fix", "--format", "json", "--fail-on", "never"]);
    const { findings } = JSON.parse(stdout) as JsonReport;
    assert.ok(findings.length > 0);
    assert.ok(findings.every(({ fixes }) => fixes.every(({ safety }) => safety !== "safe")));
  });

  it("check a workspace of many applications with helpers as without them", () => {
    const folder = path.join(scratch, "many");
    for (let i = 0; i < 6; i++) {
      for (const language of ["ts", "py"]) {
        const from = path.join(root, `examples/acme-orders-${language}`);
        cpSync(from, path.join(folder, `${language}${i}`), { recursive: true });
      }
    }
    const one = JSON.parse(
      cli(["check", path.join(folder, "ts0"), "--format", "json"]).stdout,
    ) as JsonReport;
    const all = JSON.parse(cli(["check", folder, "--format", "json"]).stdout) as JsonReport;
    for (let i = 0; i < 6; i++) {
      const own = all.findings.filter(({ file }) => file.startsWith(`ts${i}/`));
      assert.deepEqual(
        own.map(({ rule, range, message }) => [rule, range, message]),
        one.findings.map(({ rule, range, message }) => [rule, range, message]),
      );
    }
    assert.equal(all.stats.apps, 12);
  });
});
