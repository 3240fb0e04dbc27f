import { ts } from "ts-morph";
import type { Expr } from "../../../../shared/src/ir/facts";
import { type Context, rangeOf, unknown } from "./context";
import { lowerExpression } from "./lower-expression";

type JsxRoot = ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment;

/** Markup has no counterpart; the expressions embedded in it (event handlers above all) are kept as its parts. */
export function lowerJsx(context: Context, node: JsxRoot): Expr {
  const parts: Expr[] = [];
  const add = (expression: ts.Expression | undefined) => {
    if (expression) parts.push(lowerExpression(context, expression));
  };
  if (!ts.isJsxFragment(node)) attributesOf(node).forEach(add);
  if (!ts.isJsxSelfClosingElement(node)) {
    for (const child of node.children) {
      if (ts.isJsxExpression(child)) add(child.expression);
      else if (!ts.isJsxText(child)) add(child);
    }
  }
  return unknown("JSX", rangeOf(context, node), parts);
}

function attributesOf(node: ts.JsxElement | ts.JsxSelfClosingElement): ts.Expression[] {
  const opening = ts.isJsxElement(node) ? node.openingElement : node;
  return opening.attributes.properties.flatMap((attribute) => {
    if (ts.isJsxSpreadAttribute(attribute)) return [attribute.expression];
    const value = attribute.initializer;
    if (value === undefined || ts.isStringLiteral(value)) return [];
    if (!ts.isJsxExpression(value)) return [value];
    return value.expression ? [value.expression] : [];
  });
}
