import { ts } from "ts-morph";
import type { BinaryOp, Expr } from "../../../../shared/src/ir/facts";
import { type Context, rangeOf, sequence, unknown } from "./context";
import { bare, lowerExpression } from "./lower-expression";
import { lowerTarget } from "./lower-pattern";

const kind = ts.SyntaxKind;

type AssignOp = BinaryOp | "and" | "or" | "nullish";

const binary: ReadonlyMap<ts.SyntaxKind, BinaryOp> = new Map<ts.SyntaxKind, BinaryOp>([
  [kind.PlusToken, "+"],
  [kind.MinusToken, "-"],
  [kind.AsteriskToken, "*"],
  [kind.SlashToken, "/"],
  [kind.PercentToken, "%"],
  [kind.AsteriskAsteriskToken, "**"],
  [kind.BarToken, "|"],
  [kind.AmpersandToken, "&"],
  [kind.CaretToken, "^"],
  [kind.LessThanLessThanToken, "<<"],
  [kind.GreaterThanGreaterThanToken, ">>"],
  [kind.EqualsEqualsToken, "=="],
  [kind.EqualsEqualsEqualsToken, "=="],
  [kind.ExclamationEqualsToken, "!="],
  [kind.ExclamationEqualsEqualsToken, "!="],
  [kind.LessThanToken, "<"],
  [kind.LessThanEqualsToken, "<="],
  [kind.GreaterThanToken, ">"],
  [kind.GreaterThanEqualsToken, ">="],
  [kind.InKeyword, "in"],
  [kind.InstanceOfKeyword, "instanceof"],
]);

const logical: ReadonlyMap<ts.SyntaxKind, "and" | "or" | "nullish"> = new Map([
  [kind.AmpersandAmpersandToken, "and"],
  [kind.BarBarToken, "or"],
  [kind.QuestionQuestionToken, "nullish"],
] as const);

/** The operator before `=`; plain `=` has none. */
const compound: ReadonlyMap<ts.SyntaxKind, AssignOp | undefined> = new Map<
  ts.SyntaxKind,
  AssignOp | undefined
>([
  [kind.EqualsToken, undefined],
  [kind.PlusEqualsToken, "+"],
  [kind.MinusEqualsToken, "-"],
  [kind.AsteriskEqualsToken, "*"],
  [kind.SlashEqualsToken, "/"],
  [kind.PercentEqualsToken, "%"],
  [kind.AsteriskAsteriskEqualsToken, "**"],
  [kind.BarEqualsToken, "|"],
  [kind.AmpersandEqualsToken, "&"],
  [kind.CaretEqualsToken, "^"],
  [kind.LessThanLessThanEqualsToken, "<<"],
  [kind.GreaterThanGreaterThanEqualsToken, ">>"],
  [kind.AmpersandAmpersandEqualsToken, "and"],
  [kind.BarBarEqualsToken, "or"],
  [kind.QuestionQuestionEqualsToken, "nullish"],
]);

export function lowerBinary(context: Context, node: ts.BinaryExpression): Expr {
  const at = rangeOf(context, node);
  const operator = node.operatorToken.kind;
  if (compound.has(operator)) {
    const value = lowerExpression(context, node.right);
    return assign(context, node.left, compound.get(operator), value, at);
  }
  const left = lowerExpression(context, node.left);
  const right = lowerExpression(context, node.right);
  if (operator === kind.CommaToken) return sequence([left, right], 1, at);
  const junction = logical.get(operator);
  if (junction !== undefined) return { k: "logical", op: junction, left, right, at };
  const op = binary.get(operator);
  if (op !== undefined) return { k: "binary", op, left, right, at };
  const text = ts.tokenToString(operator) ?? kind[operator];
  const result = unknown(`operator ${text}`, at, [left, right]);
  // What remains is `>>>` and `>>>=`, which still changes its target.
  return text.endsWith("=") ? assign(context, node.left, undefined, result, at) : result;
}

export function lowerUnary(context: Context, node: ts.PrefixUnaryExpression): Expr {
  if (node.operator === kind.PlusPlusToken || node.operator === kind.MinusMinusToken) {
    return lowerStep(context, node);
  }
  const at = rangeOf(context, node);
  const of = lowerExpression(context, node.operand);
  switch (node.operator) {
    case kind.ExclamationToken:
      return { k: "not", of, at };
    case kind.MinusToken:
      return { k: "negate", of, at };
    case kind.PlusToken:
      if (of.k === "lit" && typeof of.value === "number") return { ...of, at };
      return unknown("unary +", at, [of]);
    case kind.TildeToken:
      return unknown("operator ~", at, [of]);
  }
}

/** `++x`, and `x++` where its value is not used: `x += 1`. */
export function lowerStep(
  context: Context,
  node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
): Expr {
  const at = rangeOf(context, node);
  const op = node.operator === kind.PlusPlusToken ? "+" : "-";
  return assign(context, node.operand, op, { k: "lit", value: 1, at }, at);
}

function assign(
  context: Context,
  left: ts.Expression,
  op: AssignOp | undefined,
  value: Expr,
  at: Expr["at"],
): Expr {
  const target = lowerTarget(context, bare(left));
  return { k: "assign", target, ...(op === undefined ? {} : { op }), value, at };
}
