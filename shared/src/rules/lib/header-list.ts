/** Lists of header names as they are written, also where an entry is none. */
import { definitelyIncludes, type PossibleList } from "../../model/value";

/** Whether a list allows a header; an entry that holds its name among others is told by itself. */
export function allows(list: PossibleList, name: string): boolean {
  return (
    definitelyIncludes(list, name) ||
    definitelyIncludes(list, "*") ||
    list.items.some(({ value }) => namesIn(value).includes(name))
  );
}

/** The browser's procedure takes list elements that are tokens (Fetch, "extract header list values"). */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
}

/** Names between blanks, without what follows a colon: of `X-Tenant: id` the first word only. */
function wordsIn(part: string): readonly string[] {
  const colon = part.indexOf(":");
  const names = colon < 0 ? part : part.slice(0, colon);
  return names.toLowerCase().split(/\s/);
}

/** The names that an entry was meant to be, lower case: `Content-Type, Authorization`, `X-Tenant: id`. */
export function namesIn(entry: string): readonly string[] {
  return entry
    .split(/[,;\n]/)
    .flatMap(wordsIn)
    .filter(isToken);
}
