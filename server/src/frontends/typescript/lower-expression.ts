import { ts } from "ts-morph";
import type { Arg, Expr } from "../../../../shared/src/model/facts";
import { type Context, callOf, descend, rangeOf, sequence, tooDeep, unknown } from "./context";
import { lowerClass } from "./lower-class";
import { lowerFunction } from "./lower-function";
import { lowerJsx } from "./lower-jsx";
import {
  lowerArray,
  lowerNumber,
  lowerObject,
  lowerRegex,
  lowerTemplate,
  templateExpressions,
} from "./lower-literal";
import { lowerBinary, lowerStep, lowerUnary } from "./lower-operator";

const kind = ts.SyntaxKind;

/** Lowers an expression; whatever has no counterpart is `unknown`. */
export function lowerExpression(context: Context, written: ts.Expression): Expr {
  const node = bare(written);
  return descend(
    context,
    node,
    () => lowerBare(context, node),
    () => unknown(tooDeep, rangeOf(context, node)),
  );
}

/** An expression without what vanishes: parentheses and type-only syntax. */
export function bare(node: ts.Expression): ts.Expression {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner) ||
    ts.isExpressionWithTypeArguments(inner)
  ) {
    inner = inner.expression;
  }
  return inner;
}

function lowerBare(context: Context, node: ts.Expression): Expr {
  const at = rangeOf(context, node);
  switch (node.kind) {
    case kind.NullKeyword:
      return { k: "lit", value: null, at };
    case kind.TrueKeyword:
      return { k: "lit", value: true, at };
    case kind.FalseKeyword:
      return { k: "lit", value: false, at };
    case kind.ThisKeyword:
      return { k: "this", at };
    case kind.SuperKeyword:
      return { k: "super", at };
    case kind.ImportKeyword:
      return { k: "name", name: "import", at };
    case kind.OmittedExpression:
      return { k: "undefined", at };
  }
  if (ts.isStringLiteralLike(node)) return { k: "lit", value: node.text, at };
  if (ts.isNumericLiteral(node)) return lowerNumber(node, at);
  if (ts.isRegularExpressionLiteral(node)) return lowerRegex(node, at);
  if (ts.isTemplateExpression(node)) return lowerTemplate(context, node);
  if (ts.isArrayLiteralExpression(node)) return lowerArray(context, node);
  if (ts.isObjectLiteralExpression(node)) return lowerObject(context, node);
  if (ts.isIdentifier(node)) return lowerIdentifier(node, at);
  if (ts.isPrivateIdentifier(node)) return { k: "lit", value: node.text, at };
  if (ts.isPropertyAccessExpression(node)) return lowerMember(context, node);
  if (ts.isElementAccessExpression(node)) {
    const of = lowerExpression(context, node.expression);
    return { k: "index", of, key: lowerExpression(context, node.argumentExpression), at };
  }
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return lowerCall(context, node);
  if (ts.isFunctionExpression(node) || ts.isArrowFunction(node)) {
    return { k: "function", fn: lowerFunction(context, node), at };
  }
  if (ts.isClassExpression(node)) return { k: "class", cls: lowerClass(context, node), at };
  if (ts.isBinaryExpression(node)) return lowerBinary(context, node);
  if (ts.isPrefixUnaryExpression(node)) return lowerUnary(context, node);
  if (ts.isPostfixUnaryExpression(node)) {
    // The value is that of the operand before the step.
    return sequence([lowerExpression(context, node.operand), lowerStep(context, node)], 0, at);
  }
  if (ts.isConditionalExpression(node)) {
    return {
      k: "conditional",
      test: lowerExpression(context, node.condition),
      then: lowerExpression(context, node.whenTrue),
      else: lowerExpression(context, node.whenFalse),
      at,
    };
  }
  if (ts.isAwaitExpression(node)) {
    return { k: "await", of: lowerExpression(context, node.expression), at };
  }
  if (ts.isTypeOfExpression(node)) {
    return { k: "typeof", of: lowerExpression(context, node.expression), at };
  }
  return lowerRare(context, node);
}

function lowerRare(context: Context, node: ts.Expression): Expr {
  const at = rangeOf(context, node);
  if (ts.isVoidExpression(node)) {
    const of = lowerExpression(context, node.expression);
    return of.k === "lit" ? { k: "undefined", at } : sequence([of, { k: "undefined", at }], 1, at);
  }
  if (ts.isDeleteExpression(node)) {
    const place = lowerExpression(context, node.expression);
    const done: Expr = { k: "lit", value: true, at };
    return callOf([{ k: "delete", place, at }, { k: "return", value: done, at }], at); // prettier-ignore
  }
  if (ts.isMetaProperty(node)) {
    if (node.keywordToken !== kind.ImportKeyword) return unknown("new.target", at);
    const of: Expr = { k: "name", name: "import", at: [at[0], at[0] + "import".length] };
    return { k: "member", of, name: node.name.text, nameAt: rangeOf(context, node.name), at };
  }
  if (ts.isYieldExpression(node)) {
    const value = node.expression && lowerExpression(context, node.expression);
    return unknown("yield", at, value && [value]);
  }
  if (ts.isTaggedTemplateExpression(node)) {
    const parts = [node.tag, ...templateExpressions(node.template)];
    return unknown("tagged template", at, lowerAll(context, parts));
  }
  if (ts.isSpreadElement(node)) {
    return unknown("misplaced spread", at, [lowerExpression(context, node.expression)]);
  }
  if (ts.isBigIntLiteral(node)) return unknown("bigint", at);
  if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) {
    return lowerJsx(context, node);
  }
  return unknown(`syntax: ${kind[node.kind]}`, at);
}

function lowerAll(context: Context, nodes: readonly ts.Expression[]): Expr[] {
  return nodes.map((node) => lowerExpression(context, node));
}

/** An empty name is what the parser puts where an expression is missing. */
function lowerIdentifier(node: ts.Identifier, at: Expr["at"]): Expr {
  if (node.text === "") return unknown("missing expression", at);
  return node.text === "undefined" ? { k: "undefined", at } : { k: "name", name: node.text, at };
}

function lowerMember(context: Context, node: ts.PropertyAccessExpression): Expr {
  const at = rangeOf(context, node);
  const of = lowerExpression(context, node.expression);
  if (node.name.text === "") return unknown("missing name after the dot", at, [of]);
  return {
    k: "member",
    of,
    name: node.name.text,
    nameAt: rangeOf(context, node.name),
    ...(node.questionDotToken ? { optional: true } : {}),
    at,
  };
}

function lowerCall(context: Context, node: ts.CallExpression | ts.NewExpression): Expr {
  const optional = ts.isCallExpression(node) && node.questionDotToken !== undefined;
  return {
    k: "call",
    callee: lowerExpression(context, node.expression),
    args: (node.arguments ?? []).map((argument) => lowerArgument(context, argument)),
    ...(ts.isNewExpression(node) ? { new: true } : {}),
    ...(optional ? { optional } : {}),
    at: rangeOf(context, node),
  };
}

function lowerArgument(context: Context, node: ts.Expression): Arg {
  const at = rangeOf(context, node);
  if (!ts.isSpreadElement(node)) return { value: lowerExpression(context, node), at };
  return { value: lowerExpression(context, node.expression), spread: "items", at };
}
