import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import {
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesRegistrationOptions,
  FileChangeType,
  WatchKind,
} from "vscode-languageserver/node";
import { Folders } from "../../server/src/lsp/folders";
import { noteChanges } from "../../server/src/lsp/watching";
import { Analysis } from "../../server/src/workspace/analysis";
import { defaultContext } from "../../shared/src/advice/context";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor, uri } from "./editor";

describe("language server: watched files", () => {
  const editors: Editor[] = [];

  afterEach(async () => {
    for (const editor of editors.splice(0)) await editor.close();
    removeFolders();
  });

  it("go with their folder, of whose deletion the editor tells alone", async () => {
    const folder = folderWith({
      "a.ts": "cors USES(lib/b.ts)",
      "lib/b.ts": "cors BAD",
      "lib/deep/c.py": "cors BAD",
      "library.ts": "cors BAD",
    });
    const editor = await Editor.open(fakeEngine(), { folders: [folder] });
    editors.push(editor);
    const first = await editor.pullWorkspace(undefined);
    assert.equal(first.items.length, 3);
    const second = editor.pullWorkspace(first);
    rmSync(`${folder}/lib`, { recursive: true });
    await editor.tellChanged(`${folder}/lib`, FileChangeType.Deleted);
    assert.deepEqual(
      (await second).items.map((item) => [item.uri, item.kind === "full" && item.items]).sort(),
      [
        [uri(`${folder}/lib/b.ts`), []],
        [uri(`${folder}/lib/deep/c.py`), []],
      ],
    );
    const asked = editor.registrations.find(
      ({ method }) => method === DidChangeWatchedFilesNotification.method,
    );
    const options = asked?.registerOptions as DidChangeWatchedFilesRegistrationOptions | undefined;
    assert.deepEqual(options?.watchers.at(-1), { globPattern: "**/*", kind: WatchKind.Delete });
  });

  it("are nothing to check again for where nothing of theirs was read", async () => {
    const folder = folderWith({ "a.ts": "cors BAD", "lib/b.ts": "cors" });
    const analysis = new Analysis(fakeEngine());
    await analysis.update({
      roots: [{ folder }],
      settings: () => ({ context: defaultContext, severities: {} }),
    });
    const folders = new Folders({
      processId: null,
      rootUri: uri(folder),
      capabilities: {},
    });
    const deleted = (name: string): boolean =>
      noteChanges(
        [{ uri: uri(`${folder}/${name}`), type: FileChangeType.Deleted }],
        analysis,
        folders,
      );
    for (const name of ["photo.png", "docs", "li", "node_modules", "node_modules/x", ".git/HEAD"]) {
      assert.equal(deleted(name), false, name);
      assert.ok(analysis.covers(`${folder}/a.ts`), name);
    }
    assert.equal(deleted("lib"), true);
    assert.ok(!analysis.covers(`${folder}/a.ts`));
  });
});
