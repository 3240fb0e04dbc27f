import assert from "node:assert/strict";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor } from "./editor";

describe("a file outside the workspace", () => {
  after(removeFolders);

  it("is checked with its application when it is opened, though nothing has changed", async () => {
    const inside = folderWith({ "a.ts": "cors" });
    const outside = folderWith({ "cdk.json": "{}", "lib/b.ts": "cors BAD", "c.ts": "cors UGLY" });
    const editor = await Editor.open(fakeEngine(), { folders: [inside] });
    await editor.openDocument(`${inside}/a.ts`, "cors");
    assert.deepEqual(await editor.diagnostics(`${inside}/a.ts`), []);
    await editor.openDocument(`${outside}/lib/b.ts`, "cors BAD");
    const found = await editor.diagnostics(`${outside}/lib/b.ts`);
    assert.deepEqual(
      found.map(({ code }) => code),
      ["bad-word"],
    );
    await editor.close();
  });
});
