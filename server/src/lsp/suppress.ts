/** The comment that silences a rule for one line. */
import type { Span } from "../../../shared/src/model/span";
import type { TextEdit } from "../../../shared/src/model/edit";
import { languageOf } from "../workspace/prefilter";

const directive = /(cors-lens-disable-next-line)((?:[ \t]+[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)?)/;

/**
 * Puts `cors-lens-disable-next-line RULE` above the line of a finding, in its indentation, or adds the rule to such a
 * comment that is already there. `undefined` where no comment can stand: in files without a known comment syntax, after
 * a line that Python continues.
 */
export function suppression(rule: string, at: Span, text: string): TextEdit | undefined {
  const language = languageOf(at.file);
  if (!language) return undefined;
  const start = text.lastIndexOf("\n", at.start - 1) + 1;
  const above = text.slice(text.lastIndexOf("\n", start - 2) + 1, start);
  const present = directive.exec(above);
  if (present?.[2]) {
    const end = start - above.length + present.index + present[0].length;
    return { at: { file: at.file, start: end, end }, text: `, ${rule}` };
  }
  if (language === "python" && /\\\r?\n$/.test(above)) return undefined;
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
  const comment = language === "python" ? "#" : "//";
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return {
    at: { file: at.file, start, end: start },
    text: `${indent}${comment} cors-lens-disable-next-line ${rule}${newline}`,
  };
}
