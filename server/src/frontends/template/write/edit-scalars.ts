/** Edits of texts, numbers and keys. */
import type { Span } from "../../../../../shared/src/ir/span";
import type { ScalarNode } from "../../../../../shared/src/ir/tree";
import { quoted } from "./render";
import { CannotWrite, entryAt, need, nodeAt, replace, scalarAround, type Source } from "./source";

/** Replaces a whole text, or a part of one as an element of `'GET,POST'` is. */
export function setString(source: Source, at: Span, text: string): void {
  const whole = nodeAt(source, at);
  if (whole?.node.k === "scalar")
    return replace(source, at, likeBefore(source, whole.node, text), whole.path);
  const around = need(scalarAround(source, at));
  if (/["'\\\n,]/.test(text)) throw new CannotWrite();
  replace(source, at, text, around.path);
}

/** In the quotes that the text had before, if it can stand in them. */
export function likeBefore(
  { text: source, isJson }: Source,
  node: ScalarNode,
  text: string,
): string {
  const before = source.slice(node.at.start, node.at.end);
  if (before.startsWith('"') || isJson) return JSON.stringify(text);
  if (before.startsWith("'")) return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
  if (/^[|>]/.test(before)) throw new CannotWrite();
  return quoted(text);
}

/** Replaces the digits, so that quotes around and within them stay. */
export function setNumber(source: Source, at: Span, number: number): void {
  const { node, path } = need(nodeAt(source, at));
  const before = source.text.slice(node.at.start, node.at.end);
  if (node.k !== "scalar" || !/\d/.test(before)) throw new CannotWrite();
  replace(source, node.at, before.replace(/-?\d+/, String(number)), path);
}

/** Renames a key, keeping its quotes. */
export function rename(source: Source, name: Span, to: string): void {
  const { entry, parent } = need(entryAt(source, name));
  const { keyAt } = need(entry);
  const [quote = ""] = /^["']?/.exec(source.text.slice(keyAt.start, keyAt.end)) ?? [];
  replace(source, keyAt, quote + to + quote, need(parent).path);
}
