/** A source line with marks under a part of it, as a terminal shows it. */
import type * as width from "string-width";
import { steering } from "../../../shared/src/base/printable";

export interface Excerpt {
  readonly code: string;
  /** Blanks, then marks, under the marked part. */
  readonly marks: string;
}

const tabWidth = 4;
const widest = 120;
/** Characters of context kept before the mark when a line is cut. */
const lead = 30;

/**
 * @param line a source line without its end
 * @param start first marked UTF-16 code unit, from 0
 * @param end end of the mark, exclusive; beyond the line: up to its end
 * @param mark the character to mark with
 */
export function excerpt(line: string, start: number, end: number, mark: string): Excerpt {
  const cut = window(line, start);
  const from = start - cut.dropped;
  const until = Math.min(end - cut.dropped, cut.text.length);
  const before = shown(cut.text.slice(0, from));
  const marked = shown(cut.text.slice(from, Math.max(from, until)));
  const after = shown(cut.text.slice(Math.max(from, until)));
  const indent = columnsOf(cut.head + before);
  const width = Math.max(1, columnsOf(marked));
  return {
    code: cut.head + before + marked + after + cut.tail,
    marks: " ".repeat(indent) + mark.repeat(width),
  };
}

/** How many columns a text takes. To measure more than ASCII loads Unicode's tables, which few reports need. */
function columnsOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { default: stringWidth } = require("string-width") as typeof width;
  return stringWidth(text);
}

interface Window {
  readonly text: string;
  readonly dropped: number;
  readonly head: string;
  readonly tail: string;
}

/** Shows the part of an overlong line around the mark. */
function window(line: string, start: number): Window {
  if (line.length <= widest) return { text: line, dropped: 0, head: "", tail: "" };
  const dropped = start > widest - lead ? start - lead : 0;
  const text = line.slice(dropped, dropped + widest);
  return {
    text,
    dropped,
    head: dropped > 0 ? "…" : "",
    tail: dropped + widest < line.length ? "…" : "",
  };
}

/** Tabs as blanks, and nothing that could steer a terminal: each such character is one, so that marks stand below it. */
function shown(text: string): string {
  return text.replaceAll("\t", " ".repeat(tabWidth)).replace(steering, "\ufffd");
}
