import assert from "node:assert/strict";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor, uri } from "./editor";
import { findingsRequest, type ListedFinding } from "../../shared/src/protocol";

describe("findings for tools", () => {
  after(removeFolders);

  it("are listed as plain data, by file and rule, with unsaved text", async () => {
    const folder = folderWith({ "a.ts": "cors BAD", "b.ts": "cors UGLY" });
    const editor = await Editor.open(fakeEngine(), { folders: [folder] });
    const ask = (params: object) =>
      editor.request<readonly ListedFinding[]>(findingsRequest, params);
    assert.deepEqual(await ask({ rule: "bad-word" }), [
      {
        uri: uri(`${folder}/a.ts`),
        line: 1,
        column: 6,
        rule: "bad-word",
        severity: "error",
        message: "The browser dislikes BAD.\nWrite GOOD.",
        fixes: [{ title: "Replace BAD", safety: "safe" }],
      },
    ]);
    await editor.openDocument(`${folder}/b.ts`, "cors UGLY BAD");
    const inB = await ask({ uri: uri(`${folder}/b.ts`) });
    assert.deepEqual(
      inB.map(({ rule }) => rule),
      ["ugly-word", "bad-word"],
    );
    assert.equal((await ask({})).length, 3);
    await editor.close();
  });
});
