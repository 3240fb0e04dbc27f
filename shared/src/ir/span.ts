/** A place in the source. Offsets count UTF-16 code units from the start of the file, end exclusive. */
export interface Span {
  /** Path of the file, with `/`; the workspace decides what it is relative to. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** Offsets within a file that the context names: start, end (exclusive), in UTF-16 code units. */
export type Range = readonly [start: number, end: number];

/** Zero-based line and column (UTF-16 code units) of an offset, from the offsets at which lines begin. */
export function positionAt(
  lineStarts: readonly number[],
  offset: number,
): { line: number; column: number } {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, column: offset - (lineStarts[low] ?? 0) };
}

/** The offsets at which the lines of a text begin; `\r\n`, `\n` and `\r` end a line. */
export function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** Whether one of two places lies within the other. */
export function nested(a: Span, b: Span): boolean {
  return within(a, b) || within(b, a);
}

/** Whether one place lies within another. */
export function within(inner: Span, outer: Span): boolean {
  return inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;
}

/** A text that is the same for the same place, and for no other. */
export function keyOfSpan({ file, start, end }: Span): string {
  return `${file}:${start}:${end}`;
}

/** Whether two spans are the same place. */
export function sameSpan(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}
