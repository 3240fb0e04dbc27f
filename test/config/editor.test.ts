import assert from "node:assert/strict";
import { FileChangeType } from "vscode-languageserver/node";
import { Editor, plain } from "../lsp/editor";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, put, removeFolders } from "../workspace/folder";

describe("cors-lens.json in an editor", () => {
  let editor: Editor;
  afterEach(() => editor.close());
  after(removeFolders);

  async function open(files: Record<string, string>, settings: unknown = {}) {
    const folder = folderWith(files);
    editor = await Editor.open(fakeEngine(), { folders: [folder], settings: () => settings });
    return folder;
  }
  const severities = async (file: string) =>
    (await editor.diagnostics(file)).map(({ code, severity }) => [code, severity]);

  it("decides severities, and again when it changes, comes or goes", async () => {
    const folder = await open({
      "cdk.json": "{}",
      "cors-lens.json": '{ "rules": { "bad-word": "information" } }',
      "a.ts": "cors BAD",
    });
    const [file, config] = [`${folder}/a.ts`, `${folder}/cors-lens.json`];
    await editor.openDocument(file, "cors BAD");
    assert.deepEqual(await severities(file), [["bad-word", 3]]);
    put(folder, "cors-lens.json", '{ "rules": { "bad-word": "warning" } }');
    await editor.tellChanged(config, FileChangeType.Changed);
    assert.deepEqual(await severities(file), [["bad-word", 2]]);
    put(folder, "cors-lens.json", '{ "ignores": ["a.ts"] }');
    await editor.tellChanged(config, FileChangeType.Changed);
    assert.deepEqual(await severities(file), []);
  });

  it("gives way to the editor's own severities", async () => {
    const folder = await open(
      { "cors-lens.json": '{ "rules": { "bad-word": "warning" } }', "a.ts": "cors BAD" },
      { rules: { "bad-word": "information" } },
    );
    await editor.openDocument(`${folder}/a.ts`, "cors BAD");
    assert.deepEqual(await severities(`${folder}/a.ts`), [["bad-word", 3]]);
  });

  it("shows its own mistakes where they are, and keeps what is right", async () => {
    const folder = await open({
      "cors-lens.json": '{\n  "rules": { "bad-word": "warning", "ugly-wort": "off" }\n}',
      "a.ts": "cors BAD",
    });
    const report = await editor.pullWorkspace(undefined);
    const shown = report.items.flatMap((item) =>
      item.kind === "full"
        ? item.items.map((d) => [item.uri.split("/").pop(), d.code, d.severity, d.range.start])
        : [],
    );
    assert.deepEqual(shown.sort(), [
      ["a.ts", "bad-word", 2, { line: 0, character: 5 }],
      ["cors-lens.json", "configuration-invalid", 1, { line: 1, character: 36 }],
    ]);
    put(folder, "cors-lens.json", "{}");
    await editor.tellChanged(`${folder}/cors-lens.json`, FileChangeType.Changed);
    const next = await editor.pullWorkspace(report);
    const config = next.items.find(({ uri }) => uri.endsWith("cors-lens.json"));
    assert.deepEqual(config?.kind === "full" && config.items, []);
  });
});

describe("cors-lens.json in an editor that is sent diagnostics", () => {
  after(removeFolders);
  it("has its mistakes pushed", async () => {
    const folder = folderWith({ "cors-lens.json": '{ "x": 1 }', "a.ts": "cors" });
    const editor = await Editor.open(fakeEngine(), { folders: [folder], capabilities: plain });
    await editor.until(() =>
      [...editor.pushed.keys()].some((uri) => uri.endsWith("cors-lens.json")),
    );
    const pushed = [...editor.pushed.values()].flatMap(({ diagnostics }) => diagnostics);
    assert.deepEqual(
      pushed.map(({ code }) => code),
      ["configuration-invalid"],
    );
    await editor.close();
  });
});
