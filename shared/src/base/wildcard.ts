/**
 * Whether a text fits a pattern in which `*` is any text and `?` one character. Each character of the text is looked at
 * once for each `*` at most, whatever the pattern is.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let [p, t] = [0, 0];
  /** The last `*`, and where what it stands for ends as tried last. */
  let star: { readonly p: number; t: number } | undefined;
  while (t < text.length) {
    const char = pattern[p];
    if (char === "*") star = { p: ++p, t };
    else if (char === "?" || char === text[t]) {
      p++;
      t++;
    } else if (star) {
      p = star.p;
      t = ++star.t;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
