/** Edits of lists: in lines, in brackets, or as parts of one text (`'GET,POST'`). */
import { lineStart } from "../../write-common/source";
import type { Span } from "../../../../../shared/src/ir/span";
import type { ListNode, ScalarNode, TreeNode } from "../../../../../shared/src/ir/tree";
import { quoted } from "./render";
import {
  CannotWrite,
  columnOf,
  insert,
  isFlow,
  need,
  nextLine,
  nodeAt,
  replace,
  scalarAround,
  type Placed,
  type Source,
} from "./source";

export function addToList(source: Source, list: Span, items: readonly string[]): void {
  const placed = nodeAt(source, list);
  if (placed?.node.k === "list") return addItems(source, placed, placed.node, items);
  const { node, path } = need(scalarAround(source, list));
  if (node.k !== "scalar" || items.some((item) => /["'\\\n,]/.test(item))) throw new CannotWrite();
  const before = source.text.slice(list.start, list.end);
  if (before.includes("\n")) throw new CannotWrite();
  const separator = /,(\s*)/.exec(before)?.[1] ?? "";
  const added = items.map((item) => `,${separator}${item}`).join("");
  insert(source, list.end, before.trim() === "" ? added.slice(1) : added, path);
}

function addItems(
  source: Source,
  { path }: Placed,
  list: ListNode,
  items: readonly string[],
): void {
  const last = list.items.at(-1);
  if (!last) {
    const texts = items.map((item) => quoted(item, source.isJson));
    return replace(source, list.at, `[${texts.join(", ")}]`, path);
  }
  const texts = items.map((item) => itemText(source, last, item));
  const isOnLines = source.text.slice(list.at.start, last.at.start).includes("\n");
  if (isFlow(source, list)) {
    const separator = isOnLines ? `,\n${columnOf(source.text, last.at.start)}` : ", ";
    return insert(source, last.at.end, texts.map((text) => separator + text).join(""), path);
  }
  const indent = source.text.slice(lineStart(source.text, last.at.start), last.at.start);
  if (!/^[ \t]*-[ \t]+$/.test(indent)) throw new CannotWrite();
  const end = nextLine(source.text, last.at.end);
  const isLast = !source.text.slice(0, end).endsWith("\n");
  const lines = texts.map((text) => (isLast ? `\n${indent}${text}` : `${indent}${text}\n`));
  insert(source, end, lines.join(""), path);
}

/** In the quotes of its neighbour. */
function itemText(source: Source, like: TreeNode, item: string): string {
  const mark = source.text.charAt(like.at.start);
  if (mark === '"' || source.isJson) return JSON.stringify(item);
  return mark === "'" && !item.includes("'") ? `'${item}'` : quoted(item);
}

export function removeFromList(source: Source, item: Span): void {
  const placed = nodeAt(source, item);
  const list = placed?.parent?.node;
  if (placed && list?.k === "list") return removeItem(source, placed, list);
  const { node, path } = need(scalarAround(source, item));
  removePart(source, node as ScalarNode, item, path);
}

function removeItem(source: Source, placed: Placed, list: ListNode): void {
  const index = list.items.indexOf(placed.node);
  const { path } = need(placed.parent);
  if (list.items.length < 2) throw new CannotWrite();
  const { at } = placed.node;
  if (isFlow(source, list)) {
    const [before, after] = [list.items[index - 1], list.items[index + 1]];
    const range = after
      ? { start: at.start, end: after.at.start }
      : { start: before?.at.end ?? at.start, end: at.end };
    return replace(source, range, "", path);
  }
  const start = lineStart(source.text, at.start);
  if (!/^[ \t]*-[ \t]+$/.test(source.text.slice(start, at.start))) throw new CannotWrite();
  replace(source, { start, end: nextLine(source.text, at.end) }, "", path);
}

/** A part of `'GET,POST'` with a comma. */
function removePart(source: Source, { at }: ScalarNode, item: Span, path: string): void {
  const after = /^\s*,\s*/.exec(source.text.slice(item.end, at.end))?.[0];
  const before = /,\s*$/.exec(source.text.slice(at.start, item.start))?.[0];
  if (after !== undefined)
    return replace(source, { start: item.start, end: item.end + after.length }, "", path);
  if (before === undefined) throw new CannotWrite();
  replace(source, { start: item.start - before.length, end: item.end }, "", path);
}

/** Puts items in the place of a list, of one of its elements, or of the one text of SAM's `AllowOrigin`. */
export function setItems(source: Source, at: Span, items: readonly string[]): void {
  const placed = nodeAt(source, at);
  const [first, ...others] = items;
  if (first === undefined) throw new CannotWrite();
  if (placed?.node.k === "list") return replaceItems(source, placed, placed.node, items);
  if (placed && placed.parent?.node.k === "list") {
    const list = placed.parent.node;
    replace(source, at, itemText(source, placed.node, first), placed.parent.path);
    if (others.length === 0) return;
    if (list.items.at(-1) !== placed.node) throw new CannotWrite();
    return addItems(source, placed.parent, list, others);
  }
  const { path } = need(scalarAround(source, at));
  if (others.length > 0 || /["'\\\n]/.test(first)) throw new CannotWrite();
  replace(source, at, first, path);
}

/** The list as it is laid out, with other items. */
export function replaceItems(
  source: Source,
  { path }: Placed,
  list: ListNode,
  items: readonly string[],
): void {
  const [first] = list.items;
  const last = list.items.at(-1);
  if (!first || !last) return addItems(source, { node: list, path }, list, items);
  const texts = items.map((item) => itemText(source, first, item));
  const isOnLines = source.text.slice(list.at.start, first.at.start).includes("\n");
  const lead = source.text.slice(lineStart(source.text, first.at.start), first.at.start);
  if (!isFlow(source, list) && !/^[ \t]*-[ \t]+$/.test(lead)) throw new CannotWrite();
  const separator = !isFlow(source, list)
    ? `\n${lead}`
    : isOnLines
      ? `,\n${columnOf(source.text, first.at.start)}`
      : ", ";
  replace(source, { start: first.at.start, end: last.at.end }, texts.join(separator), path);
}
