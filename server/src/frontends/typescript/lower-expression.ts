import { ts } from "ts-morph";
import type { Arg, Expr } from "../../../../shared/src/ir/facts";
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

/** Asks for the kind once: this is where most of the time of lowering goes. */
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
    case kind.StringLiteral:
    case kind.NoSubstitutionTemplateLiteral:
      return { k: "lit", value: (node as ts.StringLiteralLike).text, at };
    case kind.NumericLiteral:
      return lowerNumber(node as ts.NumericLiteral, at);
    case kind.RegularExpressionLiteral:
      return lowerRegex(node as ts.RegularExpressionLiteral, at);
    case kind.TemplateExpression:
      return lowerTemplate(context, node as ts.TemplateExpression);
    case kind.ArrayLiteralExpression:
      return lowerArray(context, node as ts.ArrayLiteralExpression);
    case kind.ObjectLiteralExpression:
      return lowerObject(context, node as ts.ObjectLiteralExpression);
    case kind.Identifier:
      return lowerIdentifier(node as ts.Identifier, at);
    case kind.PrivateIdentifier:
      return { k: "lit", value: (node as ts.PrivateIdentifier).text, at };
    case kind.PropertyAccessExpression:
      return lowerMember(context, node as ts.PropertyAccessExpression, at);
    case kind.ElementAccessExpression:
      return lowerIndex(context, node as ts.ElementAccessExpression, at);
    case kind.CallExpression:
    case kind.NewExpression:
      return lowerCall(context, node as ts.CallExpression | ts.NewExpression, at);
    case kind.FunctionExpression:
    case kind.ArrowFunction: {
      const fn = lowerFunction(context, node as ts.FunctionExpression | ts.ArrowFunction);
      return { k: "function", fn, at };
    }
    case kind.ClassExpression:
      return { k: "class", cls: lowerClass(context, node as ts.ClassExpression), at };
    case kind.BinaryExpression:
      return lowerBinary(context, node as ts.BinaryExpression);
    case kind.PrefixUnaryExpression:
      return lowerUnary(context, node as ts.PrefixUnaryExpression);
    case kind.AwaitExpression:
      return { k: "await", of: lowerOperand(context, node as ts.AwaitExpression), at };
    case kind.TypeOfExpression:
      return { k: "typeof", of: lowerOperand(context, node as ts.TypeOfExpression), at };
    default:
      return lowerRare(context, node, at);
  }
}

function lowerOperand(context: Context, node: ts.AwaitExpression | ts.TypeOfExpression): Expr {
  return lowerExpression(context, node.expression);
}

function lowerIndex(context: Context, node: ts.ElementAccessExpression, at: Expr["at"]): Expr {
  const of = lowerExpression(context, node.expression);
  return { k: "index", of, key: lowerExpression(context, node.argumentExpression), at };
}

function lowerRare(context: Context, node: ts.Expression, at: Expr["at"]): Expr {
  if (ts.isConditionalExpression(node)) {
    return {
      k: "conditional",
      test: lowerExpression(context, node.condition),
      then: lowerExpression(context, node.whenTrue),
      else: lowerExpression(context, node.whenFalse),
      at,
    };
  }
  if (ts.isPostfixUnaryExpression(node)) {
    // The value is that of the operand before the step.
    return sequence([lowerExpression(context, node.operand), lowerStep(context, node)], 0, at);
  }
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

function lowerMember(context: Context, node: ts.PropertyAccessExpression, at: Expr["at"]): Expr {
  const of = lowerExpression(context, node.expression);
  const name = node.name.text;
  if (name === "") return unknown("missing name after the dot", at, [of]);
  const nameAt = rangeOf(context, node.name);
  if (!node.questionDotToken) return { k: "member", of, name, nameAt, at };
  return { k: "member", of, name, nameAt, optional: true, at };
}

function lowerCall(
  context: Context,
  node: ts.CallExpression | ts.NewExpression,
  at: Expr["at"],
): Expr {
  const callee = lowerExpression(context, node.expression);
  const args = (node.arguments ?? []).map((argument) => lowerArgument(context, argument));
  if (ts.isNewExpression(node)) return { k: "call", callee, args, new: true, at };
  if (!node.questionDotToken) return { k: "call", callee, args, at };
  return { k: "call", callee, args, optional: true, at };
}

function lowerArgument(context: Context, node: ts.Expression): Arg {
  const at = rangeOf(context, node);
  if (!ts.isSpreadElement(node)) return { value: lowerExpression(context, node), at };
  return { value: lowerExpression(context, node.expression), spread: "items", at };
}
