/** Whole lines of statements, with the comments that speak of them. */
import type { Range } from "../../../../shared/src/ir/span";
import type { Change } from "./text-buffer";
import { afterComment, leadsLine, lineEnd, lineStart } from "./source";

/**
 * The lines that a statement has for itself, from the comments right above it to its line break; undefined when it shares
 * them. What stands before `floor` is not looked at.
 */
export function linesOf(text: string, range: Range, floor: number): Range | undefined {
  const end = afterComment(text, range[1]);
  if (!leadsLine(text, range[0]) || lineEnd(text, end) !== end) return undefined;
  return [commentsAbove(text, lineStart(text, range[0]), floor), nextLine(text, end)];
}

/** Where the comments begin that stand on lines of their own right above a line. */
export function commentsAbove(text: string, line: number, floor: number): number {
  let from = line;
  for (let above = lineAbove(text, from); above >= floor; above = lineAbove(text, from)) {
    const found = commentThatEndsIn(text, above, floor);
    if (found === undefined) break;
    from = found;
  }
  // At the top of a file they speak of the file.
  return from === 0 || from === 1 ? line : from;
}

/** The line above one that begins here; less than 0 when there is none. */
function lineAbove(text: string, line: number): number {
  return line === 0 ? -1 : lineStart(text, line - 1);
}

function commentThatEndsIn(text: string, line: number, floor: number): number | undefined {
  const code = text.slice(line, lineEnd(text, line)).trim();
  if (/^(\/\/|#(?!!))/.test(code) || /^\/\*([^*]|\*(?!\/))*\*\/$/.test(code)) return line;
  if (!/^\*?[^"'`]*\*\/$/.test(code)) return undefined;
  const open = text.lastIndexOf("/*", line);
  return open >= floor && leadsLine(text, open) ? lineStart(text, open) : undefined;
}

export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
}

/** Removes whole lines; of the blank lines before and after them no more stay than stood on one side. */
export function cut(text: string, [from, to]: Range): Change {
  const before = blankLinesBefore(text, from);
  const after = /^([ \t]*\r?\n)*/.exec(text.slice(to))?.[0] ?? "";
  const ends = /^\s*(\}|$)/.test(text.slice(to));
  const blank = before.split("\n").length - 1;
  const most = ends ? blank : Math.min(blank, after.split("\n").length - 1);
  let start = from;
  for (let count = 0; count < most; count++) start = lineStart(text, start - 1);
  return { start, end: to, text: "" };
}

/** The text of whole lines, the last line break included, which the end of a file may lack. */
export function wholeLines(text: string, range: Range): string {
  const lines = text.slice(...range);
  return lines.endsWith("\n") ? lines : `${lines}\n`;
}

/** Code that stood at one indentation, at another; its first line has none. */
export function reindented(code: string, from: string, to: string): string {
  return code.replaceAll(`\n${from}`, `\n${to}`);
}

/** The blank lines that end at an offset, which stands at the beginning of a line. */
export function blankLinesBefore(text: string, offset: number): string {
  if (offset > 0 && text[offset - 1] !== "\n") return "";
  let start = offset;
  for (let at = offset - 1; at >= 0;) {
    // From the end of the line above to what stands last in it.
    at--;
    while (at >= 0 && /[ \t\r]/.test(text.charAt(at))) at--;
    if (at >= 0 && text[at] !== "\n") break;
    start = at + 1;
  }
  return text.slice(start, offset);
}
