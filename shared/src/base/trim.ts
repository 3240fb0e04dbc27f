/** Small work on texts in linear time, where an expression would try again at every character. */

/** The text without the given characters at its end. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The text without the given characters at its beginning. */
export function withoutStart(text: string, characters: string): string {
  let start = 0;
  while (start < text.length && characters.includes(text.charAt(start))) start++;
  return text.slice(start);
}

/** The text with what stands between two marks, marks included, put in another text's place; what is open at its end stays. */
export function replacedBetween(text: string, open: string, close: string, by: string): string {
  let result = "";
  for (let at = 0; ;) {
    const start = text.indexOf(open, at);
    const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
    if (end < 0) return result + text.slice(at);
    result += text.slice(at, start) + by;
    at = end + close.length;
  }
}

/** The text without the given characters at both ends. */
export function trimmed(text: string, characters: string): string {
  return withoutStart(withoutEnd(text, characters), characters);
}
