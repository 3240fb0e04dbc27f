/** Texts whose brackets nest deeper than a parser's stack. */

/** Deeper than anybody writes; far less than a parser can take. */
const deepest = 200;

/**
 * The text with what stands in brackets deeper than that put blank, so that all else keeps its place; `undefined` when
 * there is nothing of the kind.
 */
export function shallow(text: string): string | undefined {
  const parts: string[] = [];
  let done = 0;
  let depth = 0;
  let from = -1;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"' || char === "'") at = endOfString(text, at, char);
    else if ("([{".includes(char)) {
      if (++depth === deepest) from = at + 1;
    } else if (")]}".includes(char) && depth > 0) {
      if (depth-- !== deepest || from < 0) continue;
      parts.push(text.slice(done, from), blank(text.slice(from, at)));
      [done, from] = [at, -1];
    }
  }
  if (from >= 0) {
    parts.push(text.slice(done, from), blank(text.slice(from)));
    done = text.length;
  }
  return parts.length === 0 ? undefined : parts.join("") + text.slice(done);
}

/** Where a string ends that begins here; it ends with its line at the latest. */
function endOfString(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at];
    if (char === "\\") at++;
    else if (char === quote || char === "\n") return at;
  }
  return text.length;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}
