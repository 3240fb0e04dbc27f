/** A message: what the browser does, then why and what to change. */
export function twoLineMessage(browser: string, why: string): string {
  return `${browser}\n${why}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function inWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** The texts without repetition, in their first order. */
export function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
