import type { Directive } from "../../../shared/src/ir/facts";

const scopes = ["next-line", "line", "file"] as const;
/** Characters of ids that are read: all rules together are named in less. */
const longestIds = 4000;
const prefix = "cors-lens-disable-";

/** Whether a text can hold a directive at all: a cheap question to ask before looking at its comments. */
export function mayHoldDirective(text: string): boolean {
  return text.includes(prefix);
}

/**
 * The directive that one comment holds, or nothing.
 *
 * A directive is the first thing in its comment and ends with its line:
 * `cors-lens-disable-next-line any-origin, max-age-capped: the reason`. Without ids it concerns every rule; ` -- ` may
 * stand for the colon. Ids are not checked here: one that names no rule is a matter for whoever knows the rules.
 *
 * @param comment the comment with its markers, as `// …`, a block comment or `# …`
 * @param start offset of the comment in its file
 */
export function parseDirective(comment: string, start: number): Directive | undefined {
  const begin = comment.search(/[^\s/*#!]/);
  if (begin < 0 || !comment.startsWith(prefix, begin)) return undefined;
  const line = directiveLine(comment, begin);
  const rest = line.slice(prefix.length);
  const scope = scopes.find(
    (each) => rest.startsWith(each) && !/^[\w-]/.test(rest.slice(each.length)),
  );
  if (scope === undefined) return undefined;
  const { ids, reason } = splitReason(rest.slice(scope.length));
  return {
    scope,
    rules: ids
      .slice(0, longestIds)
      .split(/[\s,]+/)
      .filter((id) => id !== ""),
    ...(reason === "" ? {} : { reason }),
    at: [start + begin, start + begin + line.length],
  };
}

/** The comment from `begin` to the end of its line, without the end of a block comment. */
function directiveLine(comment: string, begin: number): string {
  const [line = ""] = comment.slice(begin).split(/[\r\n]/, 1);
  const closed = comment.startsWith("/*") && line.endsWith("*/") ? line.slice(0, -2) : line;
  return closed.trimEnd();
}

function splitReason(text: string): { ids: string; reason: string } {
  const separator = /:|\s--\s/.exec(text);
  if (separator === null) return { ids: text, reason: "" };
  const end = separator.index + separator[0].length;
  return { ids: text.slice(0, separator.index), reason: text.slice(end).trim() };
}
