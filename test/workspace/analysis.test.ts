import assert from "node:assert/strict";
import { chmodSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { defaultContext } from "../../shared/src/advice/context";
import { Analysis } from "../../server/src/workspace/analysis";
import type { Engine } from "../../server/src/workspace/check";
import { fakeEngine } from "./fake-engine";
import { folderWith, put, removeFolders, withoutPrivileges } from "./folder";

const settings = () => ({ context: defaultContext, severities: {} });

async function analysed(folder: string, engine: Engine = fakeEngine()): Promise<Analysis> {
  const analysis = new Analysis(engine);
  await analysis.update({ roots: [{ folder }], settings });
  return analysis;
}

function places(analysis: Analysis, folder: string): string[] {
  return analysis.results.flatMap(({ findings }) =>
    findings.map(({ rule, at }) => `${rule} ${at.file.slice(folder.length + 1)}:${at.start}`),
  );
}

describe("analysis", () => {
  afterEach(removeFolders);

  it("checks several apps below one folder, each on its own", async () => {
    const folder = folderWith({
      "a/cdk.json": "{}",
      "a/x.ts": "cors BAD",
      "b/cdk.json": "{}",
      "b/y.py": "cors UGLY",
    });
    const analysis = await analysed(folder);
    assert.deepEqual(places(analysis, folder), ["bad-word a/x.ts:5", "ugly-word b/y.py:5"]);
    assert.equal(analysis.results.length, 2);
  });

  it("loads no frontend without a relevant file", async () => {
    const loaded: string[] = [];
    const folder = folderWith({ "a.ts": "const x = 1;", "b.py": "x = 1" });
    await analysed(folder, fakeEngine({ onLoad: (language) => loaded.push(language) }));
    assert.deepEqual(loaded, []);
  });

  it("loads only the frontend that is needed, and another when a file leads there", async () => {
    const loaded: string[] = [];
    const engine = fakeEngine({ onLoad: (language) => loaded.push(language) });
    const folder = folderWith({ "a.ts": "cors BAD", "b.py": "x = 1" });
    const analysis = await analysed(folder, engine);
    assert.deepEqual(loaded, ["typescript"]);
    put(folder, "a.ts", "cors BAD USES(b.py)");
    analysis.changed(`${folder}/a.ts`);
    await analysis.update({ roots: [{ folder }], settings });
    assert.deepEqual(loaded, ["typescript", "python"]);
    assert.equal(analysis.covers(`${folder}/b.py`), true);
  });

  it("parses again only what changed, and checks again only the app that reads it", async () => {
    const folder = folderWith({
      "a/cdk.json": "{}",
      "a/x.ts": "cors BAD",
      "a/z.ts": "cors",
      "b/cdk.json": "{}",
      "b/y.ts": "cors UGLY",
    });
    const analysis = await analysed(folder);
    const parsed = analysis.sources.counters.parsed;
    put(folder, "a/x.ts", "cors GOOD");
    analysis.changed(`${folder}/a/x.ts`);
    const checked: string[] = [];
    const onChecked = ({ app }: { app: { root: string } }): void => void checked.push(app.root);
    await analysis.update({ roots: [{ folder }], settings, onChecked });
    assert.deepEqual(places(analysis, folder), ["ugly-word b/y.ts:5"]);
    assert.equal(analysis.sources.counters.parsed, parsed + 1);
    assert.deepEqual(checked, [`${folder}/a`]);
  });

  it("gives files that apps read to them, not to the loose rest", async () => {
    const folder = folderWith({
      "a/cdk.json": "{}",
      "a/x.ts": "cors USES(../shared/h.ts)",
      "b/cdk.json": "{}",
      "b/y.ts": "cors",
      "shared/h.ts": "cors BAD",
      "shared/other.ts": "cors BAD",
    });
    const analysis = await analysed(folder, {
      ...fakeEngine(),
      link: (project) => {
        const model = fakeEngine().link(project);
        if (project.root.endsWith("/a")) project.facts(`${folder}/shared/h.ts`);
        return model;
      },
    });
    assert.deepEqual(places(analysis, folder), ["bad-word shared/other.ts:5"]);
  });

  it("says once what two apps find in a file that both read", async () => {
    const folder = folderWith({
      "a/cdk.json": "{}",
      "a/x.ts": "cors",
      "b/cdk.json": "{}",
      "b/y.ts": "cors",
      "h.ts": "BAD",
    });
    const engine = fakeEngine();
    const at = { file: `${folder}/h.ts`, start: 0, end: 3 };
    const analysis = await analysed(folder, {
      ...engine,
      link: (project) => ({ ...engine.link(project), gaps: [{ because: "BAD", at }] }),
    });
    assert.deepEqual(
      analysis.results.map(({ findings }) => findings.length),
      [1, 1],
    );
    assert.equal(analysis.findings.length, 1);
  });

  it("lets unsaved text stand before the file", async () => {
    const folder = folderWith({ "a.ts": "cors BAD" });
    const analysis = new Analysis(fakeEngine(), (file) =>
      file === `${folder}/a.ts` ? "cors fine, then UGLY" : undefined,
    );
    await analysis.update({ roots: [{ folder }], settings });
    assert.deepEqual(places(analysis, folder), ["ugly-word a.ts:16"]);
  });

  it("walks a root within another once", async () => {
    const folder = folderWith({ "a/cdk.json": "{}", "a/x.ts": "cors BAD" });
    const analysis = new Analysis(fakeEngine());
    await analysis.update({ roots: [{ folder: `${folder}/a` }, { folder }], settings });
    assert.deepEqual(places(analysis, folder), ["bad-word a/x.ts:5"]);
  });

  it("reports what it could not read, and goes on", async () => {
    const folder = folderWith({
      "a.ts": "cors BAD",
      "binary.ts": new Uint8Array([99, 111, 114, 115, 0, 1]),
      "huge.ts": `cors ${"x;\n".repeat(400_000)}`,
      "broken.ts": "cors BAD export const = {{{ ( [",
    });
    symlinkSync(path.join(folder, "nothing"), path.join(folder, "dangling.ts"));
    symlinkSync(path.join(folder, "self.ts"), path.join(folder, "self.ts"));
    const analysis = await analysed(folder);
    assert.deepEqual(places(analysis, folder), ["bad-word a.ts:5", "bad-word broken.ts:5"]);
    assert.deepEqual(
      analysis.gaps.map(({ file, because }) => `${path.basename(file)} ${because}`),
      [
        "binary.ts is binary",
        "huge.ts is larger than 1 MB (1.1 MB) and was not read",
        "self.ts cannot be read: too many symbolic links",
      ],
    );
  });

  it("reports a file without permission", async () => {
    const folder = folderWith({ "a.ts": "cors BAD" });
    chmodSync(path.join(folder, "a.ts"), 0);
    const analysis = await withoutPrivileges(folder, () => analysed(folder));
    assert.deepEqual(analysis.gaps, [
      { file: `${folder}/a.ts`, because: "cannot be read: permission denied" },
    ]);
  });

  it("survives files that go away while it reads", async () => {
    const folder = folderWith({ "a.py": "cors BAD", "b.ts": "cors BAD" });
    const engine = fakeEngine({ onLoad: () => rmSync(path.join(folder, "b.ts"), { force: true }) });
    const analysis = new Analysis(engine);
    await analysis.update({ roots: [{ folder }], settings });
    analysis.changed(`${folder}/b.ts`);
    analysis.restructured();
    await analysis.update({ roots: [{ folder }], settings });
    assert.deepEqual(places(analysis, folder), ["bad-word a.py:5"]);
    assert.deepEqual(analysis.gaps, []);
  });

  it("reads UTF-16 and byte order marks with offsets as in an editor", async () => {
    const utf16be = Buffer.from("\ufeffcors BAD", "utf16le").swap16();
    const folder = folderWith({
      "a.ts": Buffer.from("\ufeffcors BAD", "utf16le"),
      "b.ts": utf16be,
      "c.ts": "\ufeffcors BAD",
      "d.ts": Buffer.from("cors \xe9 BAD", "latin1"),
    });
    const analysis = await analysed(folder);
    assert.deepEqual(places(analysis, folder), [
      "bad-word a.ts:5",
      "bad-word b.ts:5",
      "bad-word c.ts:5",
      "bad-word d.ts:7",
    ]);
  });

  it("stops when it is told to and goes on from there", async () => {
    const folder = folderWith({
      "a/cdk.json": "{}",
      "a/x.ts": "cors BAD",
      "b/cdk.json": "{}",
      "b/y.ts": "cors BAD",
    });
    const analysis = new Analysis(fakeEngine());
    let asked = 0;
    const interrupted = (): boolean => asked++ > 0;
    assert.equal(await analysis.update({ roots: [{ folder }], settings, interrupted }), false);
    assert.deepEqual(places(analysis, folder), ["bad-word a/x.ts:5"]);
    assert.equal(await analysis.update({ roots: [{ folder }], settings }), true);
    assert.deepEqual(places(analysis, folder), ["bad-word a/x.ts:5", "bad-word b/y.ts:5"]);
    await assert.rejects(
      analysis.update({
        roots: [{ folder: `${folder}/a` }],
        settings,
        signal: AbortSignal.abort(),
      }),
      { name: "AbortError" },
    );
  });

  it("goes on in one language when the other's frontend cannot be loaded", async () => {
    const folder = folderWith({ "a.ts": "cors BAD", "b.py": "cors BAD" });
    const engine = fakeEngine();
    const reader = (): Promise<never> => Promise.reject(new Error("no such chunk"));
    const frontends = { ...engine.frontends, python: { ...engine.frontends.python, reader } };
    const analysis = await analysed(folder, { ...engine, frontends });
    assert.deepEqual(places(analysis, folder), ["bad-word a.ts:5"]);
    assert.deepEqual(analysis.gaps, [
      {
        file: `${folder}/b.py`,
        because: "was not read, by a mistake of CORS Lens: no such chunk",
      },
    ]);
  });

  it("keeps a mistake of its own parts to one app and says so", async () => {
    const folder = folderWith({
      "a/cdk.json": "{}",
      "a/x.ts": "cors",
      "b/cdk.json": "{}",
      "b/y.ts": "cors BAD",
    });
    const engine: Engine = {
      ...fakeEngine(),
      link: (project) => {
        if (project.root.endsWith("/a")) throw new Error("broken part");
        return fakeEngine().link(project);
      },
    };
    const analysis = await analysed(folder, engine);
    assert.deepEqual(places(analysis, folder), ["bad-word b/y.ts:5"]);
    assert.deepEqual(
      analysis.results.map(({ failure }) => failure?.message),
      ["broken part", undefined],
    );
  });
});
