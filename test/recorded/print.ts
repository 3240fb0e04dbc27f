/**
 * Plain data as text that a person can compare: places are `@line:column+length`, known values stand for themselves, what
 * was told before at length is named by its path.
 */
import { lineStartsOf, positionAt, type Span } from "../../shared/src/ir/span";

/** Texts by file, for places. */
export type Texts = ReadonlyMap<string, string>;

const width = 140;

/** A value as lines. */
export function printed(value: object, texts: Texts): string {
  const starts = new Map([...texts].map(([file, text]) => [file, lineStartsOf(text)]));
  const told = new Map<object, string>();

  const place = ({ file, start, end }: Span): string => {
    const { line, column } = positionAt(starts.get(file) ?? [0], start);
    return `@${String(line + 1)}:${String(column + 1)}+${String(end - start)}`;
  };
  const short = (each: unknown): string => {
    if (typeof each !== "object" || each === null) return JSON.stringify(each) ?? "undefined";
    if (isSpan(each)) return place(each);
    if (Array.isArray(each)) return `[${each.map(short).join(", ")}]`;
    const all = entries(each);
    if (isKnown(each) && all.length === 3) return `${short(each.value)} ${place(each.at)}`;
    return `{${all.map(([key, inner]) => `${key}: ${short(inner)}`).join(", ")}}`;
  };
  const long = (each: unknown, label: string, indent: string, trail: string): string => {
    const line = `${indent}${label}${short(each)}`;
    if (line.length <= width || typeof each !== "object" || each === null) return line;
    const before = told.get(each);
    if (before !== undefined) return `${indent}${label}as ${before}`;
    told.set(each, trail);
    const parts = Array.isArray(each)
      ? each.map((inner, i) => long(inner, "- ", `${indent} `, `${trail}.${String(i)}`))
      : entries(each).map(([key, inner]) =>
          long(inner, `${key}: `, `${indent} `, `${trail}.${key}`),
        );
    return [`${indent}${label}`.trimEnd(), ...parts].join("\n");
  };
  return entries(value)
    .filter(([, inner]) => !Array.isArray(inner) || inner.length > 0)
    .map(([key, inner]) => long(inner, `${key}: `, "", key))
    .join("\n");
}

function entries(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, inner]) => inner !== undefined);
}

function isSpan(value: object): value is Span {
  return "file" in value && "start" in value && "end" in value;
}

function isKnown(value: object): value is { value: unknown; at: Span } {
  return "kind" in value && value.kind === "known" && "at" in value && "value" in value;
}
