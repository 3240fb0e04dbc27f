/** The comments that silence a rule for one line, and for a file. */
import type { Finding } from "../../../shared/src/finding";
import type { FileFacts } from "../../../shared/src/ir/facts";
import { positionAt, type Span } from "../../../shared/src/ir/span";
import type { TextEdit } from "../../../shared/src/model/edit";
import { languageOf } from "../workspace/prefilter";

const directive = /(cors-lens-disable-next-line)((?:[ \t]+[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)?)/;

/**
 * Puts `cors-lens-disable-next-line RULE` above the line of a finding, in its indentation, or adds the rule to such a
 * comment that is already there. `undefined` where no comment can stand: in files without a known comment syntax, after
 * a line that Python continues.
 */
export function suppression(rule: string, at: Span, text: string): TextEdit | undefined {
  const comment = commentOf(at.file);
  if (comment === undefined) return undefined;
  const start = text.lastIndexOf("\n", at.start - 1) + 1;
  const above = text.slice(text.lastIndexOf("\n", start - 2) + 1, start);
  const present = directive.exec(above);
  if (present?.[2]) {
    const end = start - above.length + present.index + present[0].length;
    return { at: { file: at.file, start: end, end }, text: `, ${rule}` };
  }
  if (languageOf(at.file) === "python" && /\\\r?\n$/.test(above)) return undefined;
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
  return {
    at: { file: at.file, start, end: start },
    text: `${indent}${comment} cors-lens-disable-next-line ${rule}${newlineOf(text)}`,
  };
}

/** What begins a comment of one line; `undefined` in files that have none, as JSON. */
function commentOf(file: string): "//" | "#" | undefined {
  const language = languageOf(file);
  if (language === undefined || file.endsWith(".json")) return undefined;
  return language === "typescript" ? "//" : "#";
}

const newlineOf = (text: string): string => (text.includes("\r\n") ? "\r\n" : "\n");

/** Lines that have to stay the first: of the system, and of Python's encoding. */
const first = /^(?:\ufeff)?(?:#!.*(?:\r?\n|$))?(?:[ \t\f]*#.*?coding[:=].*(?:\r?\n|$))?/;

/** Puts `cors-lens-disable-file RULE` at the top of a file. */
export function fileSuppression(rule: string, file: string, text: string): TextEdit | undefined {
  const comment = commentOf(file);
  if (comment === undefined) return undefined;
  const at = first.exec(text)?.[0].length ?? 0;
  return {
    at: { file, start: at, end: at },
    text: `${comment} cors-lens-disable-file ${rule}${newlineOf(text)}`,
  };
}

/**
 * Whether the comment that an edit writes silences the finding, by the facts of the text after the edit. Within a
 * template, a string of several lines or the text of a tag it would be text.
 */
export function silences(edit: TextEdit, finding: Finding, after: FileFacts): boolean {
  const lineOf = (offset: number): number => positionAt(after.lineStarts, offset).line;
  const line = lineOf(finding.at.start + edit.text.length);
  return after.directives.some(
    ({ scope, rules, at }) =>
      (scope === "file" && rules.includes(finding.rule)) ||
      (scope === "next-line" && rules.includes(finding.rule) && lineOf(at[0]) + 1 === line),
  );
}
