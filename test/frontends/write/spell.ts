/** Shows what a writer makes of a text: `«name:code»` marks the places that edits speak of. */
import assert from "node:assert/strict";
import type { Edit, TextEdit } from "../../../shared/src/model/edit";
import type { Span } from "../../../shared/src/ir/span";
import { loadPythonWriter } from "../../../server/src/frontends/python/write";
import { writeTypeScript } from "../../../server/src/frontends/typescript/write";
import type { Writer } from "../../../server/src/frontends/write-common/write";

export type Marks = (name: string) => Span;

/** The edits of a case, from the places that are marked in its text. */
export type Edits = (at: Marks) => readonly Edit[];

const loading = loadPythonWriter();

export async function writerOf(file: string): Promise<Writer> {
  return file.endsWith(".py") ? loading : writeTypeScript;
}

/** Takes the marks out of a text and finds where they were. */
export function marked(file: string, text: string): { readonly text: string; readonly at: Marks } {
  const spans = new Map<string, Span>();
  const open: { readonly name: string; readonly start: number }[] = [];
  let plain = "";
  for (const part of text.split(/(«\w+:|»)/)) {
    const name = /^«(\w+):$/.exec(part)?.[1];
    if (name !== undefined) open.push({ name, start: plain.length });
    else if (part === "»") {
      const last = open.pop();
      assert(last, "a mark is closed that was not opened");
      spans.set(last.name, { file, start: last.start, end: plain.length });
    } else plain += part;
  }
  assert.deepEqual(open, [], "a mark is not closed");
  const at = (name: string): Span => {
    const span = spans.get(name);
    assert(span, `nothing is marked as ${name}`);
    return span;
  };
  return { text: plain, at };
}

export function applied(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let from = 0;
  for (const { at, text: added } of edits) {
    assert(at.start >= from, "replacements are in order and do not overlap");
    result += text.slice(from, at.start) + added;
    from = at.end;
  }
  return result + text.slice(from);
}

/** What the text becomes, or undefined when the writer declines. */
export async function spelled(
  file: string,
  before: string,
  edits: Edits,
  others: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const { text, at } = marked(file, before);
  const write = await writerOf(file);
  const changes = write(file, text, edits(at), (name) => others[name]);
  return changes && applied(text, changes);
}

/** Declares a test: the edits turn the text into the other, to the character. */
export function spells(
  title: string,
  file: string,
  edits: Edits,
  before: string,
  after: string,
): void {
  it(title, async () => {
    assert.equal(await spelled(file, before, edits), after);
  });
}

/** Declares a test: the writer declines. */
export function declines(title: string, file: string, edits: Edits, before: string): void {
  it(`declines ${title}`, async () => {
    assert.equal(await spelled(file, before, edits), undefined);
  });
}
