/** A message: what the browser does, then why and what to change. */
export function twoLineMessage(browser: string, why: string): string {
  return `${browser}\n${why}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function inWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** Characters of a title that menus show whole. */
const longestTitle = 60;

/** `Allow a, b and c`, or, where that is longer than menus show, `Allow 12 headers`. */
export function titleOf(verb: string, items: readonly string[], noun: string): string {
  const whole = `${verb} ${inWords(items)}`;
  return items.length < 2 || whole.length <= longestTitle
    ? whole
    : `${verb} ${items.length} ${noun}`;
}

/** The texts without repetition, in their first order. */
export function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
