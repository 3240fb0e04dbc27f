/** From a fix in the model's words to text, and from text edits to files. */
import type { Finding, Fix } from "../../../shared/src/finding";
import type { Edit, TextEdit } from "../../../shared/src/model/edit";
import { fileOfEdit } from "../../../shared/src/model/edit-file";
import type { Span } from "../../../shared/src/ir/span";
import type { Frontends } from "./languages";
import { languageOf } from "./prefilter";

/**
 * The text edits of a fix, in all its files; `undefined` when one of its edits cannot be spelt, as then none may be
 * applied.
 */
export async function spell(
  fix: Fix,
  frontends: Frontends,
  readText: (file: string) => string | undefined,
): Promise<readonly TextEdit[] | undefined> {
  const byFile = new Map<string, Edit[]>();
  for (const edit of fix.edits) {
    const file = fileOfEdit(edit);
    if (file === undefined) return undefined;
    byFile.set(file, [...(byFile.get(file) ?? []), edit]);
  }
  const texts: TextEdit[] = [];
  for (const [file, edits] of byFile) {
    const language = languageOf(file);
    const text = readText(file);
    if (!language || text === undefined) return undefined;
    const write = await frontends[language].writer();
    const written = write(file, text, edits, readText);
    if (!written || written.length === 0) return undefined;
    texts.push(...written);
  }
  return texts.length > 0 ? texts : undefined;
}

/** The safe fix of a finding: the first, as rules list the better one first. */
export function safeFix(finding: Finding): Fix | undefined {
  return finding.fixes.find((fix) => fix.safety === "safe");
}

/**
 * Puts fixes together as far as they do not touch one another; what does not fit waits for the next round. Equal edits
 * (one import that two fixes need) count once.
 */
export function compatible(fixes: readonly (readonly TextEdit[])[]): TextEdit[] {
  const chosen: TextEdit[] = [];
  for (const edits of fixes) {
    const fresh = edits.filter((edit) => !chosen.some((other) => sameEdit(edit, other)));
    if (fresh.some((edit) => chosen.some((other) => touches(edit.at, other.at)))) continue;
    chosen.push(...fresh);
  }
  return chosen;
}

function sameEdit(a: TextEdit, b: TextEdit): boolean {
  return (
    a.text === b.text &&
    a.at.file === b.at.file &&
    a.at.start === b.at.start &&
    a.at.end === b.at.end
  );
}

/** Two insertions at one place touch as well: nothing says which comes first. */
function touches(a: Span, b: Span): boolean {
  return a.file === b.file && a.start <= b.end && b.start <= a.end;
}

/** A file's text after the edits, which must not overlap; inserted lines end as the file's lines do. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  const windows = /\r\n/.test(text);
  let result = text;
  for (const { at, text: inserted } of [...edits].sort((a, b) => b.at.start - a.at.start)) {
    const fitting = windows ? inserted.replace(/\r?\n/g, "\r\n") : inserted;
    result = result.slice(0, at.start) + fitting + result.slice(at.end);
  }
  return result;
}
