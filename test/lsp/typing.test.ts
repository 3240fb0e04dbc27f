import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Diagnostic } from "vscode-languageserver/node";
import { engine } from "../../server/src/engine";
import type { Pause } from "../../server/src/lsp/typing";
import { fakeEngine } from "../workspace/fake-engine";
import { findingsRequest } from "../../shared/src/protocol";
import { folderWith, put, removeFolders } from "../workspace/folder";
import { Editor, plain } from "./editor";

const examples = path.join(__dirname, "../../examples");

/** A clock that stands still until the test says that the user has rested. */
class HeldPause {
  #rested: (() => void) | undefined;

  readonly pause: Pause = (rested) => {
    this.#rested = rested;
    return () => (this.#rested = undefined);
  };

  get isHeld(): boolean {
    return this.#rested !== undefined;
  }

  rest(): void {
    this.#rested?.();
  }
}

const words = (all: readonly Diagnostic[]): readonly string[] =>
  all.map(({ code, message }) => JSON.stringify([code, message])).sort();

describe("while somebody types", function () {
  this.timeout(120_000); // for a few thousand keys
  const editors: Editor[] = [];
  afterEach(async () => {
    for (const editor of editors.splice(0)) await editor.close();
    removeFolders();
  });

  // The article's application, typed from nothing.
  for (const [name, file] of [
    ["acme-orders-ts", "lib/orders-stack.ts"],
    ["acme-orders-py", "stacks/orders_stack.py"],
  ] as const) {
    it(`no alarm is told that the finished file does not have: ${name}`, async () => {
      const folder = folderWith({});
      cpSync(path.join(examples, name), folder, { recursive: true });
      const target = path.join(folder, file);
      const text = readFileSync(target, "utf8");
      const finished = await told(folder, []);
      assert.ok(finished.length > 5);
      put(folder, file, "");
      const clock = new HeldPause();
      const begun = await told(
        folder,
        [target],
        async (editor) => {
          for (let at = 1; at <= text.length; at++) {
            await editor.replaceAll(target, text.slice(0, at));
            // What was typed by then is checked, as it is when keys come slowly.
            if (at % 53 === 0) await editor.request(findingsRequest, {});
          }
          assert.ok(clock.isHeld);
          await editor.request(findingsRequest, {});
        },
        clock.pause,
      );
      const known = new Set([...finished, ...(await told(folder, []))]);
      assert.deepEqual(
        begun.filter((word) => !known.has(word)),
        [],
      );
    });
  }

  it("what is new waits for rest, and what was told stays", async () => {
    const folder = folderWith({ "a.ts": "cors UGLY" });
    const file = path.join(folder, "a.ts");
    const clock = new HeldPause();
    const editor = await Editor.open(fakeEngine(), {
      folders: [folder],
      capabilities: plain,
      pause: clock.pause,
    });
    editors.push(editor);
    await editor.openDocument(file, "cors UGLY");
    const shown = (): readonly string[] => words(editor.pushed.get(file)?.diagnostics ?? []);
    await editor.until(() => shown().length === 1);
    const before = shown();
    await editor.replace(file, "cors UGLY", "cors UGLY BAD");
    await editor.request(findingsRequest, {});
    assert.deepEqual(shown(), before);
    clock.rest();
    await editor.until(() => shown().length === 2);
    // A fix, a paste or an undo of several lines is whole.
    await editor.replace(file, "BAD", "BAD\nBAD\nBAD");
    await editor.until(() => shown().length === 4);
  });

  it("an editor that asks gets its answer when they rest", async () => {
    const folder = folderWith({ "a.ts": "cors" });
    const file = path.join(folder, "a.ts");
    const clock = new HeldPause();
    const editor = await Editor.open(fakeEngine(), { folders: [folder], pause: clock.pause });
    editors.push(editor);
    await editor.openDocument(file, "cors");
    assert.equal((await editor.diagnostics(file)).length, 0);
    await editor.replace(file, "cors", "cors BAD");
    let answered = false;
    const asked = editor.diagnostics(file).finally(() => (answered = true));
    await editor.request(findingsRequest, {});
    assert.equal(answered, false);
    clock.rest();
    assert.equal((await asked).length, 1);
  });

  /** Everything that an editor is ever told of a folder, with some files open, while something is done to it. */
  async function told(
    folder: string,
    open: readonly string[],
    act: (editor: Editor) => Promise<void> = () => Promise.resolve(),
    pause?: Pause,
  ): Promise<readonly string[]> {
    const editor = await Editor.open(engine, {
      folders: [folder],
      capabilities: plain,
      ...(pause ? { pause } : {}),
    });
    for (const file of open) await editor.openDocument(file, readFileSync(file, "utf8"));
    await editor.request(findingsRequest, {});
    await act(editor);
    await editor.close();
    return [...new Set(editor.told.flatMap(({ diagnostics }) => words(diagnostics)))];
  }
});
