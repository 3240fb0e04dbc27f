/** Lays out new code: on one line when it is short, else one item a line, as formatters of both languages do. */
import type { Range } from "../../../../shared/src/ir/span";

/** Columns that a line may have. */
export const width = 100;

/** Code to write: text, text that already stands in the file, a bracketed list, or several of these in a row. */
export type Doc = string | Kept | Group | readonly Doc[];

export interface Kept {
  readonly keep: Range;
}

export interface Group {
  readonly open: string;
  readonly close: string;
  readonly items: readonly Doc[];
  /** Blanks inside the brackets when on one line. */
  readonly padded?: boolean;
  /** One item a line even when it would fit on one. */
  readonly broken?: boolean;
  /** A single item needs its comma, as in a Python tuple. */
  readonly tuple?: boolean;
}

export interface Style {
  /** One level of indentation. */
  readonly unit: string;
  readonly quote: '"' | "'";
  /** `;` or nothing. */
  readonly semicolon: string;
  /** A comma after the last of several lines. */
  readonly trailingComma: boolean;
  /** Blanks inside the braces of one-line literals. */
  readonly padded: boolean;
}

export interface Place {
  readonly text: string;
  readonly style: Style;
  /** Indentation of the line on which the code begins. */
  readonly indent: string;
  /** Column at which it begins. */
  readonly column: number;
  /** Columns that what follows on the line takes. */
  readonly tail: number;
}

/** Either new text or a range of the old text that stays as it is. */
export type Segment = string | Kept;

export function isGroup(doc: Doc): doc is Group {
  return typeof doc === "object" && "open" in doc;
}

function isKept(doc: Doc): doc is Kept {
  return typeof doc === "object" && "keep" in doc;
}

/** Lays out a document that stands at a place. */
export function layOut(doc: Doc, place: Place): Segment[] {
  const out: Output = { segments: [], column: place.column, text: place.text, style: place.style };
  put(out, doc, place.indent, place.tail);
  return out.segments;
}

/** The same for documents without kept text. */
export function print(doc: Doc, place: Place): string {
  return layOut(doc, place)
    .map((s) => (typeof s === "string" ? s : place.text.slice(...s.keep)))
    .join("");
}

/** `head[…]end`, a declaration of a list at the beginning of a line. */
export function printList(
  items: readonly Doc[],
  { text, style }: Pick<Place, "text" | "style">,
  head: string,
  end: string,
): string {
  const place = { text, style, indent: "", column: head.length, tail: end.length };
  return head + print({ open: "[", close: "]", items }, place) + end;
}

interface Output {
  readonly segments: Segment[];
  column: number;
  readonly text: string;
  readonly style: Style;
}

function emit(out: Output, segment: Segment): void {
  const text = typeof segment === "string" ? segment : out.text.slice(...segment.keep);
  const newline = text.lastIndexOf("\n");
  out.column = newline < 0 ? out.column + text.length : text.length - newline - 1;
  out.segments.push(segment);
}

function put(out: Output, doc: Doc, indent: string, tail: number): void {
  if (typeof doc === "string" || isKept(doc)) return emit(out, doc);
  const flatWidth = widthOf(doc, out);
  if (flatWidth !== undefined && out.column + flatWidth + tail <= width) return putFlat(out, doc);
  if (isGroup(doc)) return putBroken(out, doc, indent);
  doc.forEach((part, index) => {
    const rest = doc.slice(index + 1).map((p) => widthOf(p, out) ?? 0);
    put(out, part, indent, tail + rest.reduce((a, b) => a + b, 0));
  });
}

function putFlat(out: Output, doc: Doc): void {
  if (typeof doc === "string" || isKept(doc)) return emit(out, doc);
  if (!isGroup(doc)) return doc.forEach((part) => putFlat(out, part));
  const pad = doc.padded && doc.items.length > 0 ? " " : "";
  emit(out, doc.open + pad);
  doc.items.forEach((item, index) => {
    if (index > 0) emit(out, ", ");
    putFlat(out, item);
  });
  emit(out, (doc.tuple && doc.items.length === 1 ? "," : "") + pad + doc.close);
}

function putBroken(out: Output, group: Group, indent: string): void {
  const inner = indent + out.style.unit;
  emit(out, group.open);
  group.items.forEach((item, index) => {
    emit(out, `\n${inner}`);
    put(out, item, inner, 1);
    const last = index === group.items.length - 1;
    const single = group.tuple === true && group.items.length === 1;
    if (!last || single || out.style.trailingComma) emit(out, ",");
  });
  emit(out, `\n${indent}${group.close}`);
}

/** Columns on one line; undefined when it cannot stand on one. */
function widthOf(doc: Doc, out: Output): number | undefined {
  if (typeof doc === "string") return doc.includes("\n") ? undefined : doc.length;
  if (isKept(doc)) {
    return out.text.slice(...doc.keep).includes("\n") ? undefined : doc.keep[1] - doc.keep[0];
  }
  if (!isGroup(doc)) return sum(doc.map((part) => widthOf(part, out)));
  if (doc.broken && doc.items.length > 0) return undefined;
  const inside = sum(doc.items.map((item) => widthOf(item, out)));
  if (inside === undefined) return undefined;
  const commas = Math.max(doc.items.length - 1, 0) * 2;
  const pads = doc.padded && doc.items.length > 0 ? 2 : 0;
  return doc.open.length + inside + commas + pads + doc.close.length;
}

function sum(widths: readonly (number | undefined)[]): number | undefined {
  return widths.reduce<number | undefined>(
    (total, w) => (total === undefined || w === undefined ? undefined : total + w),
    0,
  );
}
