/** Puts statements that stand in a file into a `try`: they move to the right, and the text of literals stays as it is. */
import type { Range } from "../../../../shared/src/ir/span";
import type { Change } from "./text-buffer";
import { print, type Doc } from "./layout";
import { indentAt, leadsLine, lineEnd, lineStart, type Source } from "./source";

/** What a `try` does with what it caught. */
export interface Recovery {
  /** What is called with the exception, or while it is handled: `console.error`, `logger.exception`. */
  readonly log: string;
  /** The expression of the answer. */
  readonly answer: Doc;
}

/** Statements that move, comments among them. */
export interface Block {
  /** From behind what opens the block, and the comment there, to the end of what moves. */
  readonly range: Range;
  /** Literals: a line that begins inside of one is part of a text. */
  readonly literals: readonly Range[];
  /** The indentation that the statements have, and one level more. */
  readonly indent: string;
  readonly unit: string;
}

/**
 * The indentation of a body whose first statement is at `first`, and one level more; `base` is that of what it belongs to.
 * `had` is what the statement has, and differs where that is no deeper, or other code leads the line.
 */
export function levelsOf(
  { text, style }: Source,
  base: string,
  first: number,
): Pick<Block, "indent" | "unit"> & { readonly had: string } {
  const had = leadsLine(text, first) ? indentAt(text, first) : "";
  const deeper = had.startsWith(base) && had.length > base.length;
  const unit = deeper ? had.slice(base.length) : style.unit;
  return { indent: base + unit, unit, had };
}

/** The statements between `open` and the lines `after`, one level further in. */
export function guarded(
  { text }: Source,
  block: Block,
  open: string,
  after: readonly string[],
): Change[] | undefined {
  const [start, end] = block.range;
  const { indent, unit } = block;
  const gap = /^\s*/.exec(text.slice(start, end))?.[0] ?? "";
  const first = start + gap.length;
  // A lone `\r` ends a line for some readers and not for others.
  if (first >= end || /\r(?!\n)/.test(text.slice(start, end))) return undefined;
  const line = lineStart(text, first);
  const head = gap.includes("\n")
    ? { start: line, end: line, text: `${indent}${open}\n` }
    : { start, end: first, text: `\n${indent}${open}\n${indent}${unit}` };
  const last = end + (/^[ \t]*(?=\r?\n|$)/.exec(text.slice(end))?.[0].length ?? 0);
  const tail = { start: last, end: last, text: after.map((line) => `\n${indent}${line}`).join("") };
  return [head, ...indented(text, block.range, block.literals, unit), tail];
}

/** Moves lines to the right but for empty ones and those that begin inside a literal. */
export function indented(
  text: string,
  [start, end]: Range,
  literals: readonly Range[],
  unit: string,
): Change[] {
  const changes: Change[] = [];
  for (
    let at = text.indexOf("\n", start) + 1;
    at > 0 && at < end;
    at = text.indexOf("\n", at) + 1
  ) {
    const inside = literals.some(([from, to]) => from < at && at < to);
    const empty = text.slice(at, lineEnd(text, at)).trim() === "";
    if (!inside && !empty) changes.push({ start: at, end: at, text: unit });
  }
  return changes;
}

/** `return …` at an indentation, which its first line does not have. */
export function returning({ text, style }: Source, answer: Doc, indent: string): string {
  const column = indent.length + "return ".length;
  const place = { text, style, indent, column, tail: style.semicolon.length };
  return `return ${print(answer, place)}${style.semicolon}`;
}
