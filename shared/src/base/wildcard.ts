/** Patterns with `*`, in time that grows with the product of the lengths of pattern and text. */

/** Any text, or whether one character fits. */
export type WildcardToken = "*" | ((char: string) => boolean);

/**
 * Whether a text fits a pattern. Each character of the text is looked at once for each `*` at most, whatever the pattern
 * is: after a failure only the last `*` is tried longer.
 */
export function matchesTokens(tokens: readonly WildcardToken[], text: string): boolean {
  let [p, t] = [0, 0];
  /** The last `*`, and where what it stands for ends as tried last. */
  let star: { readonly p: number; t: number } | undefined;
  while (t < text.length) {
    const token = tokens[p];
    if (token === "*") star = { p: ++p, t };
    else if (token?.(text.charAt(t))) {
      p++;
      t++;
    } else if (star) {
      p = star.p;
      t = ++star.t;
    } else return false;
  }
  while (tokens[p] === "*") p++;
  return p === tokens.length;
}

/** Whether a text fits a pattern in which `*` is any text and `?` one character. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const tokens = pattern.split("").map((char): WildcardToken => {
    if (char === "*") return char;
    return char === "?" ? () => true : (each) => each === char;
  });
  return matchesTokens(tokens, text);
}
