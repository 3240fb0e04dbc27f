import type { Expr } from "../../../../shared/src/ir/facts";
import { literal, textOf, unknown, type Context } from "./context";
import { lowerExpression } from "./lower-expression";
import { childAt, childOf, namedOf, rangeOf, type Syntax } from "./syntax";

/** A string literal, or an f-string, as a literal where its text is known and else as a template. */
export function lowerString(ctx: Context, node: Syntax): Expr {
  return joined(node, stringParts(ctx, node));
}

/** Adjacent literals are one string. */
export function lowerConcatenation(ctx: Context, node: Syntax): Expr {
  const strings = namedOf(node).filter((child) => child.type === "string");
  return joined(
    node,
    strings.flatMap((string) => stringParts(ctx, string)),
  );
}

/** The range of a string literal's text, quotes and prefix excluded; of any other node its own range. */
export function innerRange(node: Syntax): readonly [number, number] {
  if (node.type !== "string") return rangeOf(node);
  return [childOf(node, "string_start")?.end ?? node.start, contentEnd(node)];
}

function contentEnd(node: Syntax): number {
  return childOf(node, "string_end")?.start ?? node.end;
}

function joined(node: Syntax, parts: readonly Expr[]): Expr {
  const merged: Expr[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    const text = literalText(part);
    const before = last && literalText(last);
    if (text === "") continue;
    if (text === undefined || last === undefined || before === undefined) merged.push(part);
    else merged[merged.length - 1] = literal(before + text, [last.at[0], part.at[1]]);
  }
  const [only] = merged;
  if (only === undefined) return literal("", rangeOf(node));
  if (merged.length === 1 && only.k === "lit") return literal(only.value, rangeOf(node));
  return { k: "template", parts: merged, at: rangeOf(node) };
}

function literalText(expr: Expr): string | undefined {
  return expr.k === "lit" && typeof expr.value === "string" ? expr.value : undefined;
}

function stringParts(ctx: Context, node: Syntax): Expr[] {
  const prefix = prefixOf(ctx, node);
  if (!prefix.includes("f")) {
    const [start, end] = innerRange(node);
    return decode(ctx.text.slice(start, end), start, prefix);
  }
  return node.children.flatMap((child) => {
    if (child.type === "interpolation") return [lowerInterpolation(ctx, child)];
    if (child.type === "string_content") return decode(textOf(ctx, child), child.start, prefix);
    return [];
  });
}

function prefixOf(ctx: Context, node: Syntax): string {
  const start = childOf(node, "string_start");
  return start ? textOf(ctx, start).replace(/["']/g, "").toLowerCase() : "";
}

/** `{x}` is x; a conversion or a format that may change the text makes it unknown. */
function lowerInterpolation(ctx: Context, node: Syntax): Expr {
  const inner = childAt(node, "expression") ?? namedOf(node)[0];
  const conversion = childOf(node, "type_conversion");
  const format = childOf(node, "format_specifier");
  const value = inner
    ? lowerExpression(ctx, inner)
    : unknown(rangeOf(node), "an empty replacement");
  const debug = node.children.some((child) => child.type === "=");
  const converts = conversion !== undefined && textOf(ctx, conversion) !== "!s";
  const formats = format !== undefined && !/^:[sd]?$/.test(textOf(ctx, format));
  if (!debug && !converts && !formats) return value;
  const nested = format
    ? namedOf(format).flatMap((child) => namedOf(child).map((each) => lowerExpression(ctx, each)))
    : [];
  return unknown(rangeOf(node), "a formatted value", [value, ...nested]);
}

const simpleEscapes: Readonly<Record<string, string>> = {
  "\\": "\\", "'": "'", '"': '"', a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v",
}; // prettier-ignore

const escape =
  /\\(?:(\r\n|[^{}])(?:(?<=x)([\da-fA-F]{2})|(?<=u)([\da-fA-F]{4})|(?<=U)([\da-fA-F]{8})|(?<=N)(\{[^}]*\})|(?<=[0-7])([0-7]{1,2}))?)|\{\{|\}\}|\r\n?/g;

/** The text between the quotes as Python reads it. Character names (`\N{…}`) are not looked up. */
function decode(raw: string, start: number, prefix: string): Expr[] {
  const parts: Expr[] = [];
  let text = "";
  let textStart = 0;
  let end = 0;
  const flush = (until: number): void => {
    if (text !== "") parts.push(literal(text, [start + textStart, start + until]));
    text = "";
  };
  for (const match of raw.matchAll(escape)) {
    text += raw.slice(end, match.index);
    end = match.index + match[0].length;
    const value = valueOf(match, prefix);
    if (value !== undefined) text += value;
    else {
      flush(match.index);
      parts.push(unknown([start + match.index, start + end], "a character by name"));
      textStart = end;
    }
  }
  text += raw.slice(end);
  flush(raw.length);
  return parts;
}

/** What one match of `escape` stands for; undefined is a character that this reader does not know. */
function valueOf(match: RegExpExecArray, prefix: string): string | undefined {
  const [all, kind = "", x, u, U, name, octal = ""] = match;
  if (all === "{{" || all === "}}") return prefix.includes("f") ? all.slice(1) : all;
  // Python reads every end of line as "\n", inside literals too.
  if (!all.startsWith("\\")) return "\n";
  if (prefix.includes("r")) return all.replace(/\r\n?/g, "\n");
  if (/^[\r\n]/.test(kind)) return "";
  const wide = prefix.includes("b") ? undefined : (u ?? U);
  if (x !== undefined || wide !== undefined)
    return fromCodePoint(parseInt(x ?? wide ?? "", 16), all);
  if (name !== undefined && !prefix.includes("b")) return undefined;
  if (/[0-7]/.test(kind)) return String.fromCharCode(parseInt(kind + octal, 8));
  return simpleEscapes[kind] ?? all;
}

function fromCodePoint(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}
