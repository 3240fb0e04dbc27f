/** Declarations that a file gets once, and every fix uses. */
import { endOfLineOf, type Change } from "./text-buffer";
import type { HelperNames } from "./language";
import { apply, fail, type EditSession } from "./edit-session";
import { afterComment, type ImportsEnd, type Source } from "./source";

/**
 * The names under which a declaration stands in the file, which is written unless it is there already.
 *
 * @param declared those of the names that it declares
 * @param below a declaration that it stands below
 */
export function declareOnce(
  session: EditSession,
  candidates: readonly HelperNames[],
  declared: (names: HelperNames) => readonly string[],
  code: (names: HelperNames) => string,
  below?: string,
): HelperNames {
  const { source, language } = session;
  const text = source.text.replace(/\r\n/g, "\n");
  const written = candidates.find((names) => text.includes(code(names)));
  if (written) return written;
  const free = candidates.find((names) => declared(names).every((name) => !source.names.has(name)));
  if (!free) return fail("every name for the declaration is taken");
  const end = below === undefined ? undefined : endOf(source, below);
  const place = end === undefined ? source.afterImports : { at: end, first: false };
  apply(session, [insertDeclaration(source, place, code(free), language.declarationGap)]);
  return free;
}

/** Where this code ends in the file. */
function endOf({ text }: Source, code: string): number | undefined {
  const start = text.indexOf(code.replaceAll("\n", endOfLineOf(text)));
  const end = start + code.replaceAll("\n", endOfLineOf(text)).length;
  return start < 0 ? undefined : afterComment(text, end);
}

/** Writes a declaration on lines of its own, with blank lines around it. */
function insertDeclaration(
  source: Source,
  { at, first }: ImportsEnd,
  code: string,
  gap: string,
): Change {
  const rest = source.text.slice(at).replace(/\r\n/g, "\n");
  if (first) return { start: at, end: at, text: rest === "" ? `${code}\n` : code + gap };
  const newlines = /^\n*/.exec(rest)?.[0].length ?? 0;
  const after = rest.trim() === "" ? "" : gap.slice(newlines);
  return { start: at, end: at, text: gap + code + after };
}
