import { ts } from "ts-morph";
import type { Expr, Pattern } from "../../../../shared/src/ir/facts";
import { type Context, descend, rangeOf, tooDeep, unknown } from "./context";
import { bare, lowerExpression } from "./lower-expression";
import { lowerKey } from "./lower-literal";

type Prop = Extract<Pattern, { k: "object" }>["props"][number];

/** What a declaration or parameter binds. */
export function lowerBinding(context: Context, name: ts.BindingName): Pattern {
  const at = rangeOf(context, name);
  if (ts.isIdentifier(name)) return { k: "name", name: name.text, at };
  return descend(
    context,
    name,
    () =>
      ts.isObjectBindingPattern(name) ? objectBinding(context, name) : arrayBinding(context, name),
    () => ({ k: "place", place: unknown(tooDeep, at), at }),
  );
}

function objectBinding(context: Context, node: ts.ObjectBindingPattern): Pattern {
  const props: Prop[] = [];
  let rest: Pattern | undefined;
  for (const element of node.elements) {
    if (element.dotDotDotToken) rest = lowerBinding(context, element.name);
    else
      props.push({ key: bindingKey(context, element), target: bindingElement(context, element) });
  }
  return { k: "object", props, ...(rest ? { rest } : {}), at: rangeOf(context, node) };
}

function bindingKey(context: Context, element: ts.BindingElement): Expr {
  if (element.propertyName) return lowerKey(context, element.propertyName).key;
  const at = rangeOf(context, element.name);
  // A nested pattern without a name before it is a syntax error.
  if (!ts.isIdentifier(element.name)) return unknown("missing property name", at);
  return { k: "lit", value: element.name.text, at };
}

function arrayBinding(context: Context, node: ts.ArrayBindingPattern): Pattern {
  const items: (Pattern | null)[] = [];
  let rest: Pattern | undefined;
  for (const element of node.elements) {
    if (ts.isOmittedExpression(element)) items.push(null);
    else if (element.dotDotDotToken) rest = lowerBinding(context, element.name);
    else items.push(bindingElement(context, element));
  }
  return { k: "array", items, ...(rest ? { rest } : {}), at: rangeOf(context, node) };
}

function bindingElement(context: Context, element: ts.BindingElement): Pattern {
  const target = lowerBinding(context, element.name);
  return withDefault(context, target, element.initializer, element);
}

function withDefault(
  context: Context,
  target: Pattern,
  initializer: ts.Expression | undefined,
  node: ts.Node,
): Pattern {
  if (initializer === undefined) return target;
  const value = lowerExpression(context, initializer);
  return { k: "default", target, value, at: rangeOf(context, node) };
}

/** What an assignment assigns to: the same patterns, written as expressions. */
export function lowerTarget(context: Context, written: ts.Expression): Pattern {
  const node = bare(written);
  const at = rangeOf(context, node);
  if (ts.isIdentifier(node) && node.text !== "") return { k: "name", name: node.text, at };
  return descend(
    context,
    node,
    () => targetPattern(context, node),
    () => ({ k: "place", place: unknown(tooDeep, at), at }),
  );
}

function targetPattern(context: Context, node: ts.Expression): Pattern {
  if (ts.isObjectLiteralExpression(node)) return objectTarget(context, node);
  if (ts.isArrayLiteralExpression(node)) return arrayTarget(context, node);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    return withDefault(context, lowerTarget(context, node.left), node.right, node);
  }
  return { k: "place", place: lowerExpression(context, node), at: rangeOf(context, node) };
}

function objectTarget(context: Context, node: ts.ObjectLiteralExpression): Pattern {
  const props: Prop[] = [];
  let rest: Pattern | undefined;
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) rest = lowerTarget(context, property.expression);
    else
      props.push({
        key: lowerKey(context, property.name).key,
        target: propTarget(context, property),
      });
  }
  return { k: "object", props, ...(rest ? { rest } : {}), at: rangeOf(context, node) };
}

function propTarget(
  context: Context,
  node: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
): Pattern {
  if (ts.isPropertyAssignment(node)) return lowerTarget(context, node.initializer);
  if (ts.isShorthandPropertyAssignment(node)) {
    const target = lowerTarget(context, node.name);
    return withDefault(context, target, node.objectAssignmentInitializer, node);
  }
  const at = rangeOf(context, node);
  return { k: "place", place: unknown("no target of an assignment", at), at };
}

function arrayTarget(context: Context, node: ts.ArrayLiteralExpression): Pattern {
  const items: (Pattern | null)[] = [];
  let rest: Pattern | undefined;
  for (const element of node.elements) {
    if (ts.isOmittedExpression(element)) items.push(null);
    else if (ts.isSpreadElement(element)) rest = lowerTarget(context, element.expression);
    else items.push(lowerTarget(context, element));
  }
  return { k: "array", items, ...(rest ? { rest } : {}), at: rangeOf(context, node) };
}
