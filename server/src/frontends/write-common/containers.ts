/** Adds, replaces and removes entries of literals and calls, keeping the way they are laid out. */
import type { Range } from "../../../../shared/src/ir/span";
import type { Change } from "./text-buffer";
import { layOut, print, width, type Doc, type Group, type Segment } from "./layout";
import {
  afterComment,
  indentAt,
  leadsLine,
  lineEnd,
  lineStart,
  type Container,
  type Entry,
  type Source,
} from "./source";

/** Adds entries at the end. */
export function append(source: Source, container: Container, docs: readonly Doc[]): Change[] {
  return insertAfter(source, container, container.entries.length - 1, docs);
}

/** Adds a name to a list of imports: in its place where the list is sorted, else at the end. */
export function insertName(source: Source, container: Container, name: string): Change[] {
  const names = container.entries.map((e) => source.text.slice(...e.range).toLowerCase());
  const sorted = names.every((n, i) => i === 0 || (names[i - 1] ?? "") <= n);
  if (names.length < 2 || !sorted) return append(source, container, [name]);
  const before = names.filter((n) => n < name.toLowerCase()).length;
  return insertAfter(source, container, before - 1, [name]);
}

/** Adds entries after the one with the given index; -1 is the beginning. */
export function insertAfter(
  source: Source,
  container: Container,
  index: number,
  docs: readonly Doc[],
): Change[] {
  if (docs.length === 0) return [];
  if (container.entries.length === 0 && !hasComment(source, container)) {
    return spread(source, container, docs);
  }
  if (container.entries.length === 0) return insertBesideComment(source, container, docs);
  const previous = container.entries[index];
  const next = container.entries[index + 1];
  const shared = next && !source.text.slice(previous?.range[1], next.range[0]).includes("\n");
  if (previous && leads(source, previous) && !shared) {
    return insertLines(source, previous, !next, indentOf(source, previous), docs);
  }
  if (next && leads(source, next)) {
    return previous
      ? insertLines(source, previous, false, indentOf(source, next), docs)
      : insertFirstLines(source, container, indentOf(source, next), docs);
  }
  return insertInline(source, container, index, docs);
}

function leads(source: Source, entry: Entry): boolean {
  return leadsLine(source.text, entry.range[0]);
}

function indentOf(source: Source, entry: Entry): string {
  return indentAt(source.text, entry.range[0]);
}

function insertLines(
  source: Source,
  previous: Entry,
  last: boolean,
  indent: string,
  docs: readonly Doc[],
): Change[] {
  const lines = docs.map((doc) => `\n${indent}${printAt(source, doc, indent)}`);
  if (previous.comma !== undefined) {
    const at = afterComment(source.text, previous.comma + 1);
    return [{ start: at, end: at, text: lines.map((line) => `${line},`).join("") }];
  }
  const end = previous.range[1];
  const at = afterComment(source.text, end);
  const text = lines.join(",");
  if (!last || at === end) return [{ start: end, end, text: `,${text}` }];
  return [
    { start: end, end, text: "," },
    { start: at, end: at, text },
  ];
}

function insertFirstLines(
  source: Source,
  container: Container,
  indent: string,
  docs: readonly Doc[],
): Change[] {
  const at = afterComment(source.text, container.open);
  const text = docs.map((doc) => `\n${indent}${printAt(source, doc, indent)},`).join("");
  return [{ start: at, end: at, text }];
}

function insertInline(
  source: Source,
  container: Container,
  index: number,
  docs: readonly Doc[],
): Change[] {
  const previous = container.entries[index];
  const at = previous ? previous.range[1] : (container.entries[0]?.range[0] ?? container.open);
  const indent = indentAt(source.text, at);
  const text = docs.map((doc) => printFlat(source, doc, indent));
  const joined = previous ? `, ${text.join(", ")}` : `${text.join(", ")}, `;
  const line = lineEnd(source.text, at) - lineStart(source.text, at);
  if (!joined.includes("\n") && line + joined.length <= width) {
    return [{ start: at, end: at, text: joined }];
  }
  const broken = breakLine(source, container, index, docs);
  if (broken) return broken;
  const other = container.entries.find((entry) => leads(source, entry));
  if (previous && other && index === container.entries.length - 1) {
    return insertLines(source, previous, true, indentOf(source, other), docs);
  }
  return [{ start: at, end: at, text: joined }];
}

function insertBesideComment(source: Source, container: Container, docs: readonly Doc[]): Change[] {
  const inner = source.text.slice(container.open, container.close);
  const at = container.open + inner.trimEnd().length;
  const base = indentAt(source.text, container.range[0]);
  const indent = base + source.style.unit;
  if (!inner.includes("\n")) {
    const text = docs.map((doc) => printFlat(source, doc, base)).join(", ");
    return [{ start: at, end: at, text: ` ${text}` }];
  }
  const lines = docs.map((doc) => `\n${indent}${printAt(source, doc, indent)}`);
  const comma = source.style.trailingComma || container.kind === "tuple" ? "," : "";
  return [{ start: at, end: at, text: lines.join(",") + comma }];
}

/** Fills empty brackets. */
function spread(source: Source, container: Container, docs: readonly Doc[]): Change[] {
  const around = source.around(container.range).find((c) => c.open === container.open);
  const broken = around && breakLine(source, container, -1, docs, true);
  if (broken) return broken;
  const group = groupOf(source, container, docs);
  return segmentsToChanges(container, layOut(group, placeOf(source, container)));
}

/**
 * Lays out anew the outermost literal of the line, with entries added to the one given. Undefined when comments would be
 * moved or the literal has several lines already.
 */
function breakLine(
  source: Source,
  container: Container,
  index: number,
  docs: readonly Doc[],
  mayFit = false,
): Change[] | undefined {
  const path = oneLinePath(source, container.range);
  const [outer] = path;
  if (!outer || path.at(-1)?.open !== container.open) return undefined;
  const group = regroup(source, path, (items) => items.splice(index + 1, 0, ...docs));
  const whole: Group = mayFit ? group : { ...group, broken: true };
  return segmentsToChanges(outer, layOut(whole, placeOf(source, outer)));
}

/** The literals around a place that stand on one line without comments, outermost first. */
function oneLinePath(source: Source, range: Range): Container[] {
  const path: Container[] = [];
  for (const around of source.around(range)) {
    const oneLine = !source.text.slice(around.open, around.close).includes("\n");
    if (!oneLine || hasComment(source, around)) break;
    path.unshift(around);
  }
  return path;
}

/** The literals of a path as one document; `change` is given the entries of the innermost. */
function regroup(
  source: Source,
  path: readonly Container[],
  change: (items: Doc[]) => unknown,
): Group {
  const [container, inner] = path;
  if (!container) throw new Error("a path has at least one container");
  const items: Doc[] = container.entries.map((entry) => {
    const holds = inner && entry.range[0] <= inner.open && inner.close < entry.range[1];
    if (!holds) return { keep: entry.range };
    return [
      { keep: [entry.range[0], inner.open] },
      regroup(source, path.slice(1), change),
      { keep: [inner.close, entry.range[1]] },
    ];
  });
  if (!inner) change(items);
  return groupOf(source, container, items);
}

function groupOf(source: Source, container: Container, items: readonly Doc[]): Group {
  const braces = container.kind === "object" || container.kind === "names";
  return {
    open: "",
    close: "",
    items,
    padded: braces && source.text[container.open - 1] === "{" && source.style.padded,
    tuple: container.kind === "tuple",
  };
}

/** The place of what stands between the brackets. */
function placeOf(source: Source, container: Container): Parameters<typeof layOut>[1] {
  const { text, style } = source;
  return {
    text,
    style,
    indent: indentAt(text, container.open),
    column: container.open - lineStart(text, container.open),
    tail: lineEnd(text, container.close) - container.close,
  };
}

/** Kept text stays where it is; what stands between is replaced. */
function segmentsToChanges(container: Container, segments: readonly Segment[]): Change[] {
  const changes: Change[] = [];
  let start = container.open;
  let text = "";
  for (const segment of segments) {
    if (typeof segment === "string") text += segment;
    else {
      changes.push({ start, end: segment.keep[0], text });
      start = segment.keep[1];
      text = "";
    }
  }
  changes.push({ start, end: container.close, text });
  return changes;
}

/** Whether something other than commas stands between the entries. */
export function hasComment(source: Source, container: Container): boolean {
  let rest = "";
  let at = container.open;
  for (const entry of container.entries) {
    rest += source.text.slice(at, entry.range[0]);
    at = entry.range[1];
  }
  return /[^\s,]/.test(rest + source.text.slice(at, container.close));
}

function printAt(source: Source, doc: Doc, indent: string): string {
  const { text, style } = source;
  return print(doc, { text, style, indent, column: indent.length, tail: 1 });
}

/** On one line unless that is impossible. */
function printFlat(source: Source, doc: Doc, indent: string): string {
  const { text, style } = source;
  return print(doc, { text, style, indent, column: Number.NEGATIVE_INFINITY, tail: 0 });
}

/** Puts new code in the place of an entry's value, or of another expression. */
export function replace(source: Source, range: Range, doc: Doc): Change[] {
  const { text, style } = source;
  const [start, end] = range;
  const place = {
    text,
    style,
    indent: indentAt(text, start),
    column: start - lineStart(text, start),
    tail: lineEnd(text, end) - end,
  };
  const code = print(doc, place);
  const tooLong = code.includes("\n") || place.column + code.length + place.tail > width;
  const broken = tooLong && breakAround(source, range, doc);
  return broken || [{ start, end, text: code }];
}

/** Lays out anew the one-line literals around an expression that grows too long for the line. */
function breakAround(source: Source, [start, end]: Range, doc: Doc): Change[] | undefined {
  const around = oneLinePath(source, [start, end]);
  const path = around.filter((c) => c.open <= start && end <= c.close);
  const [outer] = path;
  const index = path.at(-1)?.entries.findIndex((e) => e.range[0] <= start && end <= e.range[1]);
  const entry = index === undefined ? undefined : path.at(-1)?.entries[index];
  if (!outer || !entry || index === undefined) return undefined;
  const before: Doc = { keep: [entry.range[0], start] };
  const group = regroup(source, path, (items) => {
    items[index] = [before, doc, { keep: [end, entry.range[1]] }];
  });
  const whole: Group = { ...group, broken: true };
  return segmentsToChanges(outer, layOut(whole, placeOf(source, outer)));
}

/** Removes an entry with its comma and, when it stands alone on them, its lines. */
export function removeEntry(source: Source, container: Container, index: number): Change[] {
  const { text } = source;
  const entry = container.entries[index];
  if (!entry) return [];
  const previous = container.entries[index - 1];
  const next = container.entries[index + 1];
  if (!previous && !next && !hasComment(source, container)) {
    return [{ start: container.open, end: container.close, text: "" }];
  }
  const keepsComma = container.kind === "tuple" && container.entries.length === 2;
  const end = afterComment(text, (entry.comma ?? entry.range[1] - 1) + 1);
  const orphan =
    entry.comma === undefined && previous?.comma !== undefined && !keepsComma
      ? [{ start: previous.comma, end: previous.comma + 1, text: "" }]
      : [];
  if (leads(source, entry) && lineEnd(text, end) === end && end < text.length) {
    const from = lineStart(text, entry.range[0]);
    return [...orphan, { start: from, end: text.indexOf("\n", end) + 1, text: "" }];
  }
  if (next) {
    const single = keepsComma && next.comma === undefined;
    const comma = single ? [{ start: next.range[1], end: next.range[1], text: "," }] : [];
    return [{ start: entry.range[0], end: next.range[0], text: "" }, ...comma];
  }
  if (!previous) return [{ start: entry.range[0], end, text: "" }];
  const from = keepsComma && entry.comma === undefined ? previous.comma : undefined;
  return [
    { start: from === undefined ? previous.range[1] : from + 1, end: entry.range[1], text: "" },
  ];
}
