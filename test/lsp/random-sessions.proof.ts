/**
 * Sessions at random against a server that is new: after edits, saves, files that come and go, documents that are opened and
 * closed and settings that change, everything that is shown is what a server says that has seen nothing else.
 * SESSION_EDITS=20000 and SESSION_SEED make more of them, and others.
 */
import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { type Diagnostic, FileChangeType } from "vscode-languageserver/node";
import { engine } from "../../server/src/engine";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor } from "./editor";

const edits = Number(process.env["SESSION_EDITS"] ?? 600);
const seed = Number(process.env["SESSION_SEED"] ?? 20_261_201);
/** How many steps there are from one comparison to the next. */
const stretch = 50;

const examples = path.join(__dirname, "../../examples");

/** Nobody types: what is held back while somebody does is told at once. */
const rested = (tell: () => void): (() => void) => {
  queueMicrotask(tell);
  return () => undefined;
};

const words = (all: readonly Diagnostic[]): readonly string[] =>
  all.map(({ code, message, range }) => JSON.stringify([code, message, range])).sort();

class Session {
  readonly texts = new Map<string, string>();
  readonly open = new Set<string>();
  settings: unknown = {};

  constructor(
    readonly folder: string,
    readonly files: readonly string[],
  ) {
    for (const file of files) this.texts.set(file, readFileSync(file, "utf8"));
  }

  /** What a server shows for each file. */
  async shown(editor: Editor): Promise<Readonly<Record<string, readonly string[]>>> {
    const shown: Record<string, readonly string[]> = {};
    for (const file of this.files)
      if (this.open.has(file)) shown[file] = words(await editor.diagnostics(file));
    return shown;
  }

  async fresh(): Promise<Readonly<Record<string, readonly string[]>>> {
    const editor = await Editor.open(engine, {
      folders: [this.folder],
      pause: rested,
      settings: () => this.settings,
    });
    for (const file of this.open) await editor.openDocument(file, this.texts.get(file) ?? "");
    const shown = await this.shown(editor);
    await editor.close();
    return shown;
  }

  /** One step, drawn from numbers. */
  async step(editor: Editor, [kind, where, from, length, what]: readonly number[]): Promise<void> {
    const file = this.files[(where ?? 0) % this.files.length] ?? "";
    const text = this.texts.get(file) ?? "";
    const roll = (kind ?? 0) % 20;
    if (roll === 0 && this.open.has(file)) {
      this.open.delete(file);
      await editor.closeDocument(file);
      // What was typed and not saved is gone.
      this.texts.set(file, existsSync(file) ? readFileSync(file, "utf8") : "");
    } else if (roll === 1 && this.open.has(file)) {
      const change = existsSync(file) ? FileChangeType.Changed : FileChangeType.Created;
      writeFileSync(file, text);
      await editor.tellChanged(file, change);
    } else if (roll === 2 && this.files.filter((each) => existsSync(each)).length > 1) {
      // An application none of whose files was ever saved is not looked for.
      rmSync(file, { force: true });
      await editor.tellChanged(file, FileChangeType.Deleted);
    } else if (roll === 3) {
      this.settings = (what ?? 0) % 2 ? { rules: { "vary-origin-missing": "off" } } : {};
      await editor.changeSettings(() => this.settings);
    } else if (this.open.has(file)) {
      const start = (from ?? 0) % (text.length + 1);
      const end = Math.min(text.length, start + ((length ?? 0) % 12));
      const other = this.texts.get(this.files[(what ?? 0) % this.files.length] ?? "") ?? "";
      const at = (length ?? 0) % (other.length + 1);
      const pieces = ["", "a", "{", ")", "'", '"', "`", "\n", " = ", "*", other.slice(at, at + 30)];
      const next =
        text.slice(0, start) + (pieces[(what ?? 0) % pieces.length] ?? "") + text.slice(end);
      this.texts.set(file, next);
      await editor.replaceAll(file, next);
    } else {
      this.open.add(file);
      await editor.openDocument(file, text);
    }
  }
}

describe("sessions at random", function () {
  this.timeout(0); // bounded by the number of edits
  afterEach(removeFolders);

  for (const [name, files] of [
    [
      "acme-orders-ts",
      ["lib/orders-stack.ts", "lambda/orders.ts", "web/api.ts", "bin/acme-orders.ts"],
    ],
    ["acme-orders-py", ["stacks/orders_stack.py", "lambda/orders.py", "web/api.ts", "app.py"]],
  ] as const) {
    it(`show what a new server shows: ${name}`, async () => {
      const folder = folderWith({});
      cpSync(path.join(examples, name), folder, { recursive: true });
      const there = files.map((file) => path.join(folder, file)).filter((file) => existsSync(file));
      const session = new Session(folder, there);
      const editor = await Editor.open(engine, {
        folders: [folder],
        pause: rested,
        settings: () => session.settings,
      });
      const numbers = fc.sample(fc.array(fc.nat(1_000_000), { minLength: 5, maxLength: 5 }), {
        numRuns: edits / 2,
        seed,
      });
      for (const [i, each] of numbers.entries()) {
        await session.step(editor, each);
        if ((i + 1) % stretch === 0)
          assert.deepEqual(
            await session.shown(editor),
            await session.fresh(),
            `after ${String(i + 1)} steps, SESSION_SEED=${String(seed)}`,
          );
        // Begins anew before nothing but rubble is left.
        if ((i + 1) % (4 * stretch) === 0)
          for (const file of there) {
            const text = readFileSync(
              path.join(examples, name, path.relative(folder, file)),
              "utf8",
            );
            session.texts.set(file, text);
            if (session.open.has(file)) await editor.replaceAll(file, text);
          }
      }
      console.log(`      SESSION_SEED=${String(seed)}, ${String(numbers.length)} steps`);
      await editor.close();
    });
  }
});
