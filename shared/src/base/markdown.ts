/** Text from outside in Markdown: it stands as what it is, and ends nothing around it. */
import { printable, printableLine } from "./printable";

/** A code span; what holds backquotes is fenced by more of them. */
export function codeSpan(text: string): string {
  const shown = printableLine(text);
  if (shown === "") return "``";
  const fence = "`".repeat(longestRun(shown) + 1);
  return fence.length === 1 && !/^ | $/.test(shown)
    ? fence + shown + fence
    : `${fence} ${shown} ${fence}`;
}

/** Lines as they are, behind a fence that none of them can close. */
export function codeBlock(lines: readonly string[]): readonly string[] {
  const shown = lines.map(printableLine);
  const fence = "`".repeat(Math.max(3, longestRun(shown.join("\n")) + 1));
  return [`${fence}text`, ...shown, fence];
}

/** Text as Markdown shows it literally. */
export function literal(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|&#!~]/g, "\\$&");
}

function longestRun(text: string): number {
  let longest = 0;
  for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  return longest;
}
