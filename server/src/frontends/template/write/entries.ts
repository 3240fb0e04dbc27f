/** New entries of maps, laid out as their neighbours are. */
import { indentAt, lineStart } from "../../write-common/source";
import type { MapNode, TreeEntry } from "../../../../../shared/src/ir/tree";
import { inBrackets, rendered, type Layout, type Writable } from "./render";
import {
  CannotWrite,
  columnOf,
  insert,
  isFlow,
  needMap,
  nextLine,
  replace,
  type Placed,
  type Source,
} from "./source";

type NewEntry = readonly [key: string, value: Writable];

/** Adds entries behind the last one, or behind `after`. */
export function addEntries(
  source: Source,
  placed: Placed,
  entries: readonly NewEntry[],
  after?: TreeEntry,
): void {
  if (placed.node.k === "scalar" && placed.node.value === null && placed.entry)
    return fillEmpty(source, placed, placed.entry, entries);
  const map = needMap(placed);
  const last = after ?? map.entries.at(-1);
  if (!last) return fillBrackets(source, placed, map, entries);
  if (last.at.file !== source.file || !isOwn(map, last)) throw new CannotWrite();
  if (isFlow(source, map)) return addInBrackets(source, placed, map, last, entries);
  const indent = columnOf(source.text, last.at.start);
  const lines = entries.map((entry) => indent + rendered(...entry, layoutOf(source, indent)));
  const end = nextLine(source.text, last.at.end);
  const isLast = end === source.text.length && !source.text.endsWith("\n");
  insert(source, end, isLast ? `\n${lines.join("\n")}` : `${lines.join("\n")}\n`, placed.path);
}

/** An entry that an alias brings does not stand in the map's own text. */
function isOwn(map: MapNode, { at }: TreeEntry): boolean {
  return at.start >= map.at.start && at.end <= map.at.end;
}

/** Puts an entry on lines of its own before another one, with an empty line between them where the file has such. */
export function setEntry(source: Source, map: Placed, entry: NewEntry, before: TreeEntry): void {
  if (isFlow(source, needMap(map))) {
    const own = rendered(...entry, layoutOf(source, indentAt(source.text, before.at.start)));
    return insert(
      source,
      before.at.start,
      `${own},\n${indentAt(source.text, before.at.start)}`,
      map.path,
    );
  }
  const start = lineStart(source.text, before.at.start);
  const isAiry = /\n[ \t]*\r?\n$/.test(source.text.slice(0, start));
  const text = rendered(...entry, layoutOf(source, columnOf(source.text, before.at.start)));
  insert(source, start, `${text}\n${isAiry ? "\n" : ""}`, map.path);
}

function layoutOf({ isJson, step }: Source, indent: string): Layout {
  return { isJson, step, indent };
}

function addInBrackets(
  source: Source,
  placed: Placed,
  map: MapNode,
  last: TreeEntry,
  entries: readonly NewEntry[],
): void {
  const isOnLines = source.text.slice(map.at.start, last.at.start).includes("\n");
  const indent = columnOf(source.text, last.at.start);
  const texts = entries.map(([key, value]) =>
    isOnLines && source.isJson
      ? `,\n${indent}${rendered(key, value, layoutOf(source, indent))}`
      : `,${isOnLines ? `\n${indent}` : " "}${source.isJson ? JSON.stringify(key) : key}: ${inBrackets(value, source.isJson)}`,
  );
  insert(source, last.at.end, texts.join(""), placed.path);
}

/** `{}` */
function fillBrackets(
  source: Source,
  { path }: Placed,
  map: MapNode,
  entries: readonly NewEntry[],
): void {
  if (!isFlow(source, map)) throw new CannotWrite();
  const texts = entries.map(
    ([key, value]) =>
      `${source.isJson ? JSON.stringify(key) : key}: ${inBrackets(value, source.isJson)}`,
  );
  replace(source, map.at, `{ ${texts.join(", ")} }`, path);
}

/** `Properties:` with nothing behind it */
function fillEmpty(
  source: Source,
  { path }: Placed,
  { keyAt }: TreeEntry,
  entries: readonly NewEntry[],
): void {
  const colon = source.text.indexOf(":", keyAt.end);
  const rest = source.text.slice(colon + 1, nextLine(source.text, colon)).trim();
  if (source.isJson || colon < 0 || (rest !== "" && !rest.startsWith("#"))) throw new CannotWrite();
  const indent = columnOf(source.text, keyAt.start) + source.step;
  const lines = entries.map(
    (entry) => `${indent}${rendered(...entry, layoutOf(source, indent))}\n`,
  );
  insert(source, nextLine(source.text, colon), lines.join(""), path);
}
