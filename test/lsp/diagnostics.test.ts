import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import {
  type ClientCapabilities,
  DiagnosticSeverity,
  DiagnosticTag,
  FileChangeType,
} from "vscode-languageserver/node";
import type { Engine } from "../../server/src/workspace/check";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, put, removeFolders } from "../workspace/folder";
import { Editor, type EditorOptions, plain, uri, vscode } from "./editor";

describe("language server: diagnostics", () => {
  const editors: Editor[] = [];
  const open = async (engine: Engine, options: EditorOptions): Promise<Editor> => {
    const editor = await Editor.open(engine, options);
    editors.push(editor);
    return editor;
  };

  afterEach(async () => {
    for (const editor of editors.splice(0)) await editor.close();
    removeFolders();
  });

  it("answers initialize without loading a parser or reading a file", async () => {
    const loaded: string[] = [];
    const folder = folderWith({ "a.ts": "cors" });
    const editor = await open(fakeEngine({ onLoad: (l) => loaded.push(l) }), { folders: [folder] });
    assert.equal(editor.initialized.serverInfo?.name, "cors-lens");
    assert.deepEqual(editor.initialized.capabilities.diagnosticProvider, {
      identifier: "cors-lens",
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    assert.deepEqual(loaded, []);
  });

  it("are pulled for an open document, with everything an editor shows", async () => {
    const folder = folderWith({ "a.ts": "// one\ncors BAD" });
    const editor = await open(fakeEngine(), { folders: [folder] });
    const [diagnostic, ...others] = await editor.diagnostics(`${folder}/a.ts`);
    assert.deepEqual(others, []);
    assert.deepEqual(diagnostic, {
      range: { start: { line: 1, character: 5 }, end: { line: 1, character: 8 } },
      severity: DiagnosticSeverity.Error,
      source: "cors-lens",
      code: "bad-word",
      codeDescription: {
        href: "https://github.com/cors-lens/cors-lens/blob/main/shared/src/rules/bad-word.md",
      },
      message: "The browser dislikes BAD.\nWrite GOOD.",
      relatedInformation: [
        {
          location: {
            uri: uri(`${folder}/a.ts`),
            range: { start: { line: 0, character: 0 }, end: { line: 0, character: 2 } },
          },
          message: "the file begins here",
        },
      ],
    });
  });

  it("follow the unsaved text, and the saved one after closing", async () => {
    const folder = folderWith({ "a.ts": "cors BAD" });
    const file = `${folder}/a.ts`;
    const editor = await open(fakeEngine(), { folders: [folder] });
    await editor.openDocument(file, "cors BAD");
    assert.equal((await editor.diagnostics(file)).length, 1);
    await editor.replace(file, "BAD", "fine");
    assert.deepEqual(await editor.diagnostics(file), []);
    await editor.closeDocument(file);
    assert.equal((await editor.diagnostics(file)).length, 1);
  });

  it("are unchanged while nothing changes", async () => {
    const folder = folderWith({ "a.ts": "cors BAD" });
    const editor = await open(fakeEngine(), { folders: [folder] });
    const first = await editor.pull(`${folder}/a.ts`);
    assert.equal(first.kind, "full");
    const again = await editor.pull(`${folder}/a.ts`, first.resultId);
    assert.deepEqual(again, { kind: "unchanged", resultId: first.resultId });
  });

  it("of an open file do not wait for the rest of the workspace", async () => {
    let release = (): void => undefined;
    const python = new Promise<void>((resolve) => (release = resolve));
    const folder = folderWith({
      "a/cdk.json": "{}",
      "a/slow.py": "cors BAD",
      "b/cdk.json": "{}",
      "b/open.ts": "cors BAD",
    });
    const editor = await open(fakeEngine({ gate: { python } }), { folders: [folder] });
    await editor.openDocument(`${folder}/b/open.ts`, "cors BAD");
    assert.equal((await editor.diagnostics(`${folder}/b/open.ts`)).length, 1);
    release();
    assert.equal((await editor.diagnostics(`${folder}/a/slow.py`)).length, 1);
  });

  it("of the workspace come by long poll: only news, and only when there is some", async () => {
    const folder = folderWith({ "a.ts": "cors BAD", "b.ts": "cors UGLY" });
    const editor = await open(fakeEngine(), { folders: [folder] });
    const first = await editor.pullWorkspace(undefined);
    assert.deepEqual(
      first.items.map((item) => [item.uri, item.kind === "full" && item.items.length]),
      [
        [uri(`${folder}/a.ts`), 1],
        [uri(`${folder}/b.ts`), 1],
      ],
    );
    const second = editor.pullWorkspace(first);
    put(folder, "b.ts", "cors");
    await editor.tellChanged(`${folder}/b.ts`, FileChangeType.Changed);
    const news = await second;
    assert.deepEqual(
      news.items.map((item) => [item.uri, item.kind === "full" && item.items]),
      [[uri(`${folder}/b.ts`), []]],
    );
  });

  it("a poll that waits can be cancelled", async () => {
    const folder = folderWith({ "a.ts": "cors" });
    const editor = await open(fakeEngine(), { folders: [folder] });
    const controller = new AbortController();
    const poll = editor.pullWorkspace(undefined, controller.signal);
    await editor.diagnostics(`${folder}/a.ts`);
    controller.abort();
    assert.deepEqual(await poll, { items: [] });
  });

  it("notice files that come and go", async () => {
    const folder = folderWith({ "a.ts": "cors BAD" });
    const editor = await open(fakeEngine(), { folders: [folder] });
    const first = await editor.pullWorkspace(undefined);
    put(folder, "c.ts", "cors BAD");
    await editor.tellChanged(`${folder}/c.ts`, FileChangeType.Created);
    const second = await editor.pullWorkspace(first);
    assert.deepEqual(
      second.items.map((item) => item.uri),
      [uri(`${folder}/c.ts`)],
    );
    rmSync(`${folder}/a.ts`);
    await editor.tellChanged(`${folder}/a.ts`, FileChangeType.Deleted);
    const third = await editor.pullWorkspace({ items: [...first.items, ...second.items] });
    assert.deepEqual(
      third.items.map((item) => [item.uri, item.kind === "full" && item.items]),
      [[uri(`${folder}/a.ts`), []]],
    );
  });

  it("leave closed files alone in the mode openFilesOnly", async () => {
    const folder = folderWith({ "a.ts": "cors BAD", "b.ts": "cors BAD" });
    const settings = () => ({ diagnosticMode: "openFilesOnly" });
    const editor = await open(fakeEngine(), { folders: [folder], settings });
    await editor.openDocument(`${folder}/b.ts`, "cors BAD");
    const report = await editor.pullWorkspace(undefined);
    assert.deepEqual(
      report.items.map((item) => item.uri),
      [uri(`${folder}/b.ts`)],
    );
  });

  it("ask for a refresh when a change elsewhere makes an answer stale", async () => {
    const folder = folderWith({ "a.ts": "cors BAD" });
    const editor = await open(fakeEngine(), { folders: [folder] });
    await editor.openDocument(`${folder}/a.ts`, "cors BAD");
    assert.equal((await editor.diagnostics(`${folder}/a.ts`))[0]?.severity, 1);
    await editor.changeSettings(() => ({ rules: { "bad-word": "information" } }));
    await editor.until(() => editor.refreshes > 0);
    assert.equal((await editor.diagnostics(`${folder}/a.ts`))[0]?.severity, 3);
  });

  it("obey the settings of the innermost folder of the app", async () => {
    const folder = folderWith({
      "cdk.json": "{}",
      "a.ts": "cors BAD",
      "in/cdk.json": "{}",
      "in/b.ts": "cors BAD",
    });
    const editor = await open(fakeEngine(), {
      folders: [folder, `${folder}/in`],
      settings: (of) =>
        of?.endsWith("/in") ? { enable: false } : { rules: { "bad-word": "warning" } },
    });
    const report = await editor.pullWorkspace(undefined);
    assert.deepEqual(
      report.items.map((item) => [item.uri, item.kind === "full" && item.items[0]?.severity]),
      [[uri(`${folder}/a.ts`), DiagnosticSeverity.Warning]],
    );
  });

  it("obey what `initialize` brought where the editor has no answer to a question for settings", async () => {
    const folder = folderWith({ "a.ts": "cors BAD" });
    const initializationOptions = { corsLens: { rules: { "bad-word": "information" } } };
    const options = { folders: [folder], initializationOptions, settings: () => null };
    const editor = await open(fakeEngine(), options);
    await editor.openDocument(`${folder}/a.ts`, "cors BAD");
    assert.equal((await editor.diagnostics(`${folder}/a.ts`))[0]?.severity, 3);
  });

  it("fade what has no effect, errors apart, where the editor can", async () => {
    const publishDiagnostics = { tagSupport: { valueSet: [DiagnosticTag.Unnecessary] } };
    const capable = { ...vscode, textDocument: { ...vscode.textDocument, publishDiagnostics } };
    const text = "cors\n// cors-lens-disable-next-line bad-word\nplain";
    const tags = async (capabilities: ClientCapabilities, severity: string) => {
      const folder = folderWith({ "a.ts": text });
      const settings = () => ({ rules: { "suppression-unused": severity } });
      const options = { folders: [folder], capabilities, settings };
      const editor = await open(fakeEngine(), options);
      await editor.openDocument(`${folder}/a.ts`, text);
      const [diagnostic] = await editor.diagnostics(`${folder}/a.ts`);
      assert.equal(diagnostic?.code, "suppression-unused");
      return diagnostic.tags;
    };
    assert.deepEqual(await tags(capable, "information"), [DiagnosticTag.Unnecessary]);
    assert.equal(await tags(capable, "error"), undefined);
    assert.equal(await tags(vscode, "information"), undefined);
  });

  it("keep up with workspace folders", async () => {
    const one = folderWith({ "a.ts": "cors BAD" });
    const two = folderWith({ "b.ts": "cors BAD" });
    const editor = await open(fakeEngine(), { folders: [one] });
    const first = await editor.pullWorkspace(undefined);
    await editor.changeFolders([two], [one]);
    const second = await editor.pullWorkspace(first);
    assert.deepEqual(
      second.items.map((item) => [item.uri, item.kind === "full" && item.items.length]),
      [
        [uri(`${two}/b.ts`), 1],
        [uri(`${one}/a.ts`), 0],
      ],
    );
  });

  it("are found for a file outside every folder", async () => {
    const folder = folderWith({ "a.ts": "cors BAD", "deep/b.ts": "cors BAD" });
    const editor = await open(fakeEngine(), { folders: [] });
    await editor.openDocument(`${folder}/a.ts`, "cors BAD");
    assert.equal((await editor.diagnostics(`${folder}/a.ts`)).length, 1);
    const report = await editor.pullWorkspace(undefined);
    assert.deepEqual(
      report.items.map((item) => item.uri),
      [uri(`${folder}/a.ts`)],
    );
  });

  it("survive half-typed code", async () => {
    const folder = folderWith({ "a.ts": "cors BAD" });
    const file = `${folder}/a.ts`;
    const editor = await open(fakeEngine(), { folders: [folder] });
    await editor.openDocument(file, "cors BAD");
    for (const piece of ["{", "((", "`${", '"', "\ud83d"]) {
      await editor.replace(file, "BAD", `${piece} BAD`);
      assert.equal((await editor.diagnostics(file)).length, 1);
    }
  });

  it("are pushed to editors that cannot ask, and cleared", async () => {
    const folder = folderWith({ "a.ts": "cors BAD", "b.ts": "cors BAD" });
    const editor = await open(fakeEngine(), { folders: [folder], capabilities: plain });
    assert.equal(editor.initialized.capabilities.diagnosticProvider, undefined);
    await editor.until(() => editor.pushed.size === 2);
    await editor.openDocument(`${folder}/a.ts`, "cors BAD");
    await editor.replace(`${folder}/a.ts`, "BAD", "fine");
    await editor.until(() => editor.pushed.get(`${folder}/a.ts`)?.diagnostics.length === 0);
    assert.equal(editor.pushed.get(`${folder}/b.ts`)?.diagnostics.length, 1);
  });

  it("ask the editor to watch files", async () => {
    const folder = folderWith({ "a.ts": "cors" });
    const editor = await open(fakeEngine(), { folders: [folder] });
    await editor.until(() => editor.registrations.length >= 2);
    assert.deepEqual(editor.registrations.map(({ method }) => method).sort(), [
      "workspace/didChangeConfiguration",
      "workspace/didChangeWatchedFiles",
    ]);
  });
});
