import { ts } from "ts-morph";
import type { Entry, Expr, Item } from "../../../../shared/src/ir/facts";
import type { Range } from "../../../../shared/src/ir/span";
import { type Context, rangeOf, unknown } from "./context";
import { lowerExpression } from "./lower-expression";
import { lowerFunction } from "./lower-function";

/** The parser has already resolved separators and the hexadecimal, octal and binary notations. */
export function lowerNumber(node: ts.NumericLiteral, at: Range): Expr {
  const value = Number(node.text);
  return Number.isFinite(value) ? { k: "lit", value, at } : unknown("number out of range", at);
}

export function lowerRegex(node: ts.RegularExpressionLiteral, at: Range): Expr {
  const end = node.text.lastIndexOf("/");
  if (end < 1) return unknown("unterminated regular expression", at);
  return { k: "regex", pattern: node.text.slice(1, end), flags: node.text.slice(end + 1), at };
}

export function lowerTemplate(context: Context, node: ts.TemplateExpression): Expr {
  const parts: Expr[] = [];
  const addText = (piece: ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail) => {
    if (piece.text === "") return;
    parts.push({ k: "lit", value: piece.text, at: insideOf(context, piece) });
  };
  addText(node.head);
  for (const span of node.templateSpans) {
    parts.push(lowerExpression(context, span.expression));
    addText(span.literal);
  }
  return { k: "template", parts, at: rangeOf(context, node) };
}

/** The embedded expressions of a template. */
export function templateExpressions(node: ts.TemplateLiteral): ts.Expression[] {
  return ts.isTemplateExpression(node) ? node.templateSpans.map((span) => span.expression) : [];
}

export function lowerArray(context: Context, node: ts.ArrayLiteralExpression): Expr {
  const items = node.elements.map((element): Item => {
    if (!ts.isSpreadElement(element)) return { value: lowerExpression(context, element) };
    return { value: lowerExpression(context, element.expression), spread: true };
  });
  return { k: "array", items, at: rangeOf(context, node) };
}

export function lowerObject(context: Context, node: ts.ObjectLiteralExpression): Expr {
  const entries = node.properties.map((property) => lowerEntry(context, property));
  return { k: "object", entries, at: rangeOf(context, node) };
}

function lowerEntry(context: Context, node: ts.ObjectLiteralElementLike): Entry {
  const at = rangeOf(context, node);
  if (ts.isSpreadAssignment(node)) return { spread: lowerExpression(context, node.expression), at };
  const { key, keyAt } = lowerKey(context, node.name);
  return { key, keyAt, value: lowerEntryValue(context, node), at };
}

function lowerEntryValue(
  context: Context,
  node: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
): Expr {
  if (ts.isPropertyAssignment(node)) return lowerExpression(context, node.initializer);
  if (ts.isShorthandPropertyAssignment(node)) return lowerExpression(context, node.name);
  return { k: "function", fn: lowerFunction(context, node), at: rangeOf(context, node) };
}

/** A property's key: its name as a literal, or the computed expression. `keyAt` excludes quotes and brackets. */
export function lowerKey(context: Context, name: ts.PropertyName): { key: Expr; keyAt: Range } {
  if (ts.isComputedPropertyName(name)) {
    const key = lowerExpression(context, name.expression);
    const keyAt = ts.isStringLiteralLike(name.expression)
      ? insideOf(context, name.expression)
      : rangeOf(context, name.expression);
    return { key, keyAt };
  }
  const at = rangeOf(context, name);
  if (ts.isNumericLiteral(name)) return { key: lowerNumber(name, at), keyAt: at };
  const keyAt = ts.isStringLiteralLike(name) ? insideOf(context, name) : at;
  return { key: { k: "lit", value: name.text, at }, keyAt };
}

/** The range of a literal's text, quotes and template marks excluded; one that never ends has no closing mark. */
function insideOf(
  context: Context,
  node: ts.StringLiteralLike | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail,
): Range {
  const [start, end] = rangeOf(context, node);
  const opensSpan = ts.isTemplateHead(node) || ts.isTemplateMiddle(node);
  const closing = node.isUnterminated ? 0 : opensSpan ? 2 : 1;
  return [start + 1, Math.max(start + 1, end - closing)];
}
