import assert from "node:assert/strict";
import { chmodSync, symlinkSync } from "node:fs";
import { Analysis } from "../../server/src/workspace/analysis";
import { link, linkSteps } from "../../shared/src/readers/link";
import { LinkCache } from "../../shared/src/readers/link-cache";
import { defaultContext } from "../../shared/src/advice/context";
import { memoryProject } from "../rules/memory-project";
import { fakeEngine } from "./fake-engine";
import { folderWith, put, removeFolders, withoutPrivileges } from "./folder";

const settings = () => ({ context: defaultContext, severities: {} });

async function analysed(folder: string): Promise<Analysis> {
  const analysis = new Analysis(fakeEngine());
  await analysis.update({ roots: [{ folder }], settings });
  return analysis;
}

/** Applications of one file each. */
function monorepo(apps: number): Record<string, string> {
  const files: Record<string, string> = {};
  for (let i = 0; i < apps; i++) {
    files[`app${i}/cdk.json`] = "{}";
    files[`app${i}/x.ts`] = "cors BAD";
  }
  return files;
}

describe("bounds of the work", () => {
  afterEach(removeFolders);

  it("a huge generated file is neither read nor parsed, and said to be left out", async () => {
    const folder = folderWith({
      "generated.ts": `// cors\n${"export const x = 1;\n".repeat(60_000)}`,
      "small.ts": "cors",
    });
    const analysis = await analysed(folder);
    const { read, parsed } = analysis.sources.counters;
    assert.deepEqual({ read, parsed }, { read: 1, parsed: 1 });
    assert.deepEqual(
      analysis.gaps.map(({ file }) => file),
      [`${folder}/generated.ts`],
    );
  });

  it("a minified bundle is read and not parsed", async () => {
    const folder = folderWith({ "bundle.js": `var cors=1;${"f(1);".repeat(2000)}` });
    const { sources } = await analysed(folder);
    assert.deepEqual(sources.counters, { read: 1, parsed: 0, reused: 0 });
  });

  it("nor is a report that carries its program, while a page with a picture in its text is", async () => {
    const line = "fetch(a);".repeat(2000);
    const folder = folderWith({
      "report.html": `<img src="data:image/png;base64,${"A".repeat(90_000)}">\n<script>\n${`${line}\n`.repeat(9)}</script>`,
      "page.html": `<img src="data:image/png;base64,${"A".repeat(90_000)}">\n<script>fetch("/a")</script>`,
    });
    const { read, parsed } = (await analysed(folder)).sources.counters;
    assert.deepEqual({ read, parsed }, { read: 2, parsed: 1 });
  });

  it("ten thousand applications are checked once each, and one of them after a change in it", async function () {
    this.timeout(120_000);
    const folder = folderWith(monorepo(10_000));
    const analysis = new Analysis(fakeEngine());
    const checked: string[] = [];
    const update = () =>
      analysis.update({
        roots: [{ folder }],
        settings,
        onChecked: ({ app }) => void checked.push(app.root),
      });
    await update();
    assert.equal(checked.length, 10_000);
    assert.deepEqual(analysis.sources.counters.read, 10_000);
    put(folder, "app7/x.ts", "cors GOOD");
    analysis.changed(`${folder}/app7/x.ts`);
    checked.length = 0;
    await update();
    assert.deepEqual(checked, [`${folder}/app7`]);
    assert.equal(analysis.sources.counters.read, 10_001);
    assert.equal(analysis.findings.length, 9999);
  });

  it("a file that changed fifty times before there was time is read and parsed once", async () => {
    const folder = folderWith({ "a.ts": "cors BAD", "b.ts": "cors BAD" });
    const analysis = await analysed(folder);
    const before = { ...analysis.sources.counters };
    for (let i = 0; i < 50; i++) {
      put(folder, "a.ts", `cors GOOD ${i}`);
      analysis.changed(`${folder}/a.ts`);
    }
    await analysis.update({ roots: [{ folder }], settings });
    assert.equal(analysis.sources.counters.read - before.read, 1);
    assert.equal(analysis.sources.counters.parsed - before.parsed, 1);
  });

  it("thousands of file events read what changed, and every application is checked once", async () => {
    const folder = folderWith(monorepo(50));
    const analysis = await analysed(folder);
    const before = { ...analysis.sources.counters };
    for (let round = 0; round < 200; round++) {
      for (let i = 0; i < 50; i++) analysis.changed(`${folder}/app${i}/x.ts`);
    }
    let checked = 0;
    await analysis.update({ roots: [{ folder }], settings, onChecked: () => checked++ });
    assert.equal(checked, 50);
    assert.equal(analysis.sources.counters.read - before.read, 50);
    assert.equal(analysis.sources.counters.parsed - before.parsed, 0);
  });

  it("what was linked by the time of an interruption is not evaluated again", async () => {
    const handler = `export const handler = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } });`;
    const names = Array.from({ length: 20 }, (_, i) => `/h${i}.ts`);
    const project = await memoryProject(new Map(names.map((name) => [name, handler])));
    const whole = new LinkCache();
    const model = link(project, whole);
    const cache = new LinkCache();
    const steps = linkSteps(project, cache);
    for (let i = 0; i < 8; i++) assert.equal(steps.next().done, false);
    const done = cache.counters.evaluated;
    assert.ok(done > 0 && done < whole.counters.evaluated);
    assert.deepEqual(link(project, cache, []), model);
    assert.equal(cache.counters.evaluated, whole.counters.evaluated);
  });

  it("symbolic links in a circle are not followed", async () => {
    const folder = folderWith({ "lib/a.ts": "cors" });
    symlinkSync(folder, `${folder}/lib/up`);
    symlinkSync(`${folder}/lib`, `${folder}/lib/self`);
    const { sources, files } = await analysed(folder);
    assert.equal(sources.counters.read, 1);
    assert.deepEqual(files, [`${folder}/lib/a.ts`]);
  });

  it("a folder that cannot be listed costs nothing but its own files", async () => {
    const folder = folderWith({ "a.ts": "cors BAD", "shut/b.ts": "cors BAD" });
    chmodSync(`${folder}/shut`, 0);
    const analysis = await withoutPrivileges(folder, () => analysed(folder));
    chmodSync(`${folder}/shut`, 0o755);
    assert.equal(analysis.findings.length, 1);
    assert.deepEqual(
      analysis.gaps.map(({ file }) => file),
      [`${folder}/shut`],
    );
  });
});
