/**
 * A text while edits are applied to it one after another. It remembers which pieces of the original are still there, so
 * that places of the original can be found in it and the sum of all changes is told in the original's offsets.
 */
import type { TextEdit } from "../../../../shared/src/model/edit";
import type { Range } from "../../../../shared/src/ir/span";

/** A replacement in the current text of a draft. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Piece = { readonly kept: Range } | { readonly added: string };

export interface TextBuffer {
  readonly original: string;
  readonly text: string;
  readonly pieces: readonly Piece[];
}

export function textBufferOf(text: string): TextBuffer {
  return { original: text, text, pieces: [{ kept: [0, text.length] }] };
}

/**
 * Applies changes of the current text; they must not overlap, and those at one place keep their order. Undefined when
 * they do overlap.
 */
export function change(buffer: TextBuffer, changes: readonly Change[]): TextBuffer | undefined {
  const sorted = [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
  const eol = endOfLineOf(buffer.original);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, text } of sorted) {
    if (start < at) return undefined;
    pieces.push(...slice(buffer, at, start));
    if (text !== "") pieces.push({ added: text.replace(/\r?\n/g, eol) });
    at = end;
  }
  pieces.push(...slice(buffer, at, buffer.text.length));
  return { original: buffer.original, text: textOf(buffer.original, pieces), pieces };
}

/** The line ending that most lines of a text have. */
export function endOfLineOf(text: string): string {
  const windows = text.split("\r\n").length - 1;
  const all = text.split("\n").length - 1;
  return windows * 2 > all ? "\r\n" : "\n";
}

function textOf(original: string, pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => ("kept" in piece ? original.slice(...piece.kept) : piece.added))
    .join("");
}

function lengthOf(piece: Piece): number {
  return "kept" in piece ? piece.kept[1] - piece.kept[0] : piece.added.length;
}

/** The pieces that make up a range of the current text. */
function slice(buffer: TextBuffer, start: number, end: number): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const piece of buffer.pieces) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, lengthOf(piece));
    if (from < to) {
      found.push(
        "kept" in piece
          ? { kept: [piece.kept[0] + from, piece.kept[0] + to] }
          : { added: piece.added.slice(from, to) },
      );
    }
    at += lengthOf(piece);
  }
  return found;
}

/** Where a range of the original is now; undefined when its first or last character is gone. */
export function currentRange(buffer: TextBuffer, range: Range): Range | undefined {
  const start = currentOffset(buffer, range[0]);
  if (range[0] === range[1]) return start === undefined ? undefined : [start, start];
  const last = currentOffset(buffer, range[1] - 1);
  return start === undefined || last === undefined ? undefined : [start, last + 1];
}

function currentOffset(buffer: TextBuffer, offset: number): number | undefined {
  let at = 0;
  for (const piece of buffer.pieces) {
    if ("kept" in piece && piece.kept[0] <= offset && offset < piece.kept[1]) {
      return at + offset - piece.kept[0];
    }
    at += lengthOf(piece);
  }
  return offset === buffer.original.length ? buffer.text.length : undefined;
}

/** All changes so far as replacements in the original, in order, each as small as it can be. */
export function textEditsOf(buffer: TextBuffer, file: string): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let added = "";
  const flush = (end: number): void => {
    const edit = trimmed(buffer.original, { start: at, end, text: added });
    if (edit) edits.push({ at: { file, start: edit.start, end: edit.end }, text: edit.text });
    added = "";
  };
  for (const piece of buffer.pieces) {
    if ("added" in piece) added += piece.added;
    else {
      flush(piece.kept[0]);
      at = piece.kept[1];
    }
  }
  flush(buffer.original.length);
  return edits;
}

/** Leaves out what the old and the new text have in common at both ends. */
function trimmed(original: string, { start, end, text }: Change): Change | undefined {
  const old = original.slice(start, end);
  let head = 0;
  while (head < old.length && head < text.length && old[head] === text[head]) head++;
  let tail = 0;
  const most = Math.min(old.length, text.length) - head;
  while (tail < most && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  // A line ending of two characters is never cut in half.
  if (head > 0 && old[head - 1] === "\r") head--;
  if (tail > 0 && old[old.length - tail] === "\n") tail--;
  if (old === text) return undefined;
  return { start: start + head, end: end - tail, text: text.slice(head, text.length - tail) };
}
