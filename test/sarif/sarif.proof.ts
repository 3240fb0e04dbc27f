import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Log, Result } from "sarif";
import { link } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules";
import { frontends } from "../../server/src/workspace/languages";
import { run } from "../cli/run";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, put, removeFolders } from "../workspace/folder";
import { sarifProblems } from "./schema";

const root = path.resolve(__dirname, "../..");
const real = { frontends, link, rules };

async function sarif(engine: Parameters<typeof run>[0], cwd: string, ...paths: string[]) {
  const { out, code } = await run(engine, cwd, "check", ...paths, "--format", "sarif");
  const log = JSON.parse(out) as Log;
  return { code, log, results: log.runs[0]?.results ?? [] };
}

function uriOf({ locations }: Result): string | undefined {
  return locations?.[0]?.physicalLocation?.artifactLocation?.uri;
}

describe("SARIF report", () => {
  after(removeFolders);

  for (const example of ["acme-orders-ts", "acme-orders-py", "acme-orders-ts-fixed"]) {
    it(`is valid for ${example}, and every result and rule is complete`, async () => {
      const { log, results } = await sarif(real, root, `examples/${example}`);
      assert.deepEqual(sarifProblems(log), []);
      const descriptors = log.runs[0]?.tool.driver.rules ?? [];
      assert.equal(results.length > 0, !example.endsWith("fixed"));
      for (const result of results) {
        assert.equal(descriptors[result.ruleIndex ?? -1]?.id, result.ruleId);
        assert.match(uriOf(result) ?? "", new RegExp(`^examples/${example}/[\\w/.-]+$`));
        assert.match(Object.values(result.partialFingerprints ?? {}).join(), /^[\da-f]{20}$/);
      }
      for (const { id, helpUri, help } of descriptors) {
        assert.ok(helpUri?.endsWith(`/${id}.md`), helpUri);
        assert.ok(help?.markdown?.startsWith(`# ${id}\n`), id);
      }
    });
  }

  // CORS_LENS_REPOSITORIES names clones of real repositories to be checked as well, separated as in PATH.
  const clones = (process.env["CORS_LENS_REPOSITORIES"] ?? "").split(path.delimiter);
  for (const folder of [path.join(root, "examples"), ...clones.filter(Boolean)]) {
    it(`is valid for all applications of ${path.basename(folder)}, with a name for each result`, async function () {
      this.timeout(120_000);
      const { log, results } = await sarif(real, folder);
      assert.deepEqual(sarifProblems(log), []);
      const names = results.map((result) =>
        JSON.stringify([result.ruleId, uriOf(result), result.partialFingerprints]),
      );
      assert.equal(new Set(names).size, results.length);
      for (const { locations = [], relatedLocations = [] } of results) {
        for (const { physicalLocation } of [...locations, ...relatedLocations]) {
          assert.match(physicalLocation?.artifactLocation?.uri ?? "", /^(?!\.\.?\/)[\w%]/);
          assert.equal(physicalLocation?.artifactLocation?.uriBaseId, "%SRCROOT%");
        }
      }
    });
  }

  it("is refused by the schema when it is broken, so that the tests above mean something", async () => {
    const { log } = await sarif(real, root, "examples/acme-orders-ts");
    const broken = structuredClone(log) as unknown as { runs: { results: { level: string }[] }[] };
    const first = broken.runs[0]?.results[0];
    assert.ok(first);
    first.level = "fatal";
    assert.notDeepEqual(sarifProblems(broken), []);
  });

  it("says where, from line and column 1, and which other places belong to it", async () => {
    const folder = folderWith({ "lib/a b#.ts": "// x\ncors BAD" });
    const { results, log, code } = await sarif(fakeEngine(), folder);
    assert.equal(code, 1);
    assert.deepEqual(sarifProblems(log), []);
    assert.deepEqual(results[0]?.locations?.[0]?.physicalLocation, {
      artifactLocation: { uri: "lib/a%20b%23.ts", uriBaseId: "%SRCROOT%" },
      region: { startLine: 2, startColumn: 6, endLine: 2, endColumn: 9 },
    });
    assert.deepEqual(
      results[0]?.relatedLocations?.map(({ id, message }) => [id, message?.text]),
      [[1, "the file begins here"]],
    );
  });

  it("has paths from the top of the repository, whatever part was checked from wherever", async () => {
    const folder = folderWith({ "infra/lib/a.ts": "cors BAD" });
    mkdirSync(path.join(folder, ".git"));
    for (const [cwd, ...paths] of [
      [folder, "infra"],
      [`${folder}/infra`],
      [root, `${folder}/infra`],
    ]) {
      const { results } = await sarif(fakeEngine(), cwd ?? "", ...paths);
      assert.deepEqual(results.map(uriOf), ["infra/lib/a.ts"]);
    }
  });

  it("gives findings names that survive when lines are added above, and that differ for equal lines", async () => {
    const folder = folderWith({ "a.ts": "cors\nBAD;\n  BAD;\n" });
    const prints = async () =>
      (await sarif(fakeEngine(), folder)).results.map((r) => r.partialFingerprints);
    const before = await prints();
    assert.notDeepEqual(before[0], before[1]);
    put(folder, "a.ts", "cors\n// new\n\nBAD;\n    BAD;\n");
    assert.deepEqual(await prints(), before);
  });

  it("is what the program prints, too", () => {
    const tsx = `file://${path.join(root, "node_modules/tsx/dist/loader.mjs")}`;
    const cli = path.join(root, "server/src/cli.ts");
    const args = ["--import", tsx, cli, "check", "examples/acme-orders-py", "--format", "sarif"];
    const { stdout, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    assert.deepEqual(sarifProblems(JSON.parse(stdout)), []);
    assert.equal(status, 1);
  });
});

describe("GitHub report", () => {
  after(removeFolders);

  it("writes one command a finding, with everything escaped that would end a part of it", async () => {
    const folder = folderWith({ "a,b:c%.ts": "cors BAD\n", "b.ts": "cors UGLY" });
    const { out, code } = await run(fakeEngine(), folder, "check", "--format", "github");
    const page = "https://github.com/cors-lens/cors-lens/blob/main/shared/src/rules";
    assert.deepEqual(out.split("\n"), [
      `::error file=a%2Cb%3Ac%25.ts,line=1,endLine=1,col=6,endColumn=9,title=cors-lens%3A bad-word::The browser dislikes BAD.%0AWrite GOOD.%0A${page}/bad-word.md`,
      `::warning file=b.ts,line=1,endLine=1,col=6,endColumn=10,title=cors-lens%3A ugly-word::The browser dislikes UGLY.%0AWrite GOOD.%0A${page}/ugly-word.md`,
      "",
    ]);
    assert.equal(code, 1);
  });

  it("is empty when there is nothing to say", async () => {
    const folder = folderWith({ "a.ts": "cors" });
    assert.deepEqual(await run(fakeEngine(), folder, "check", "--format", "github"), {
      code: 0,
      out: "",
      err: "",
    });
  });
});
