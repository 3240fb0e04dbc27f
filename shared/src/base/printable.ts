/**
 * The one printer of text that comes from outside: names of files, code, headers of servers. A terminal, a log of a CI
 * service and a document get to see what stands there, and are steered by none of it.
 */

/** Controls (C0 without tab and line feed, DEL, C1), separators of lines and paragraphs, and what turns the direction of text. */
export const steering =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The text with every character that steers as `\x1b` and the like; line feeds stay. */
export function printable(text: string): string {
  return text.replace(steering, spelled);
}

/** As `printable`, on one line: a line feed is `\x0a`. */
export function printableLine(text: string): string {
  return printable(text).replaceAll("\n", spelled);
}

/**
 * As `printable`, for lines of their own: none of them is taken for a command by GitHub Actions (`::name::`, blanks before
 * it do not count), Azure Pipelines (`##vso[…]`) and others (`##[…]`).
 */
export function printableLines(text: string): string {
  return withoutCommands(printable(text));
}

/** Lines that begin like a command to the CI service begin otherwise. `:::` and a blank is none: our own arrow. */
export function withoutCommands(text: string): string {
  return text.replace(/^([ \t]*)(?=::(?!: )|##\w*\[)([:#])/gm, (_, blank: string, mark: string) => {
    return blank + spelled(mark);
  });
}

/** JSON that may be printed: what steers is escaped within its strings. */
export function printableJson(
  value: unknown,
  replacer?: (key: string, value: unknown) => unknown,
): string {
  const text = JSON.stringify(value, replacer, 2);
  return text.replace(steering, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function spelled(char: string): string {
  const code = char.charCodeAt(0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
}
