/** Assignments, and tests of a text. */
import { ts } from "ts-morph";
import type { TestSubject } from "../../../../../shared/src/ir/text-test";
import type { Range } from "../../../../../shared/src/ir/span";
import type { TextTest } from "../../write-common/source";
import { nodeAt } from "./syntax";

const rangeIn = (ast: ts.SourceFile, node: ts.Node): Range => [node.getStart(ast), node.end];

/** See `Source.assigned`. */
export function assignedAt(ast: ts.SourceFile, at: Range): Range | undefined {
  const found = nodeAt(ast, at);
  const node = found && ts.isExpressionStatement(found) ? found.expression : found;
  if (!node || !ts.isBinaryExpression(node)) return undefined;
  const assigns = node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return assigns ? rangeIn(ast, node.right) : undefined;
}

/** Methods that give true or false. */
const boolean = new Set(["startsWith", "endsWith", "includes", "test"]);

/** See `Source.textTest`. */
export function textTestAt(ast: ts.SourceFile, at: Range, part: TestSubject): TextTest | undefined {
  const found = nodeAt(ast, at);
  const node = found && ts.isExpressionStatement(found) ? found.expression : found;
  if (!node || !ts.isCallExpression(node) || (typeof part === "string" && part !== "receiver"))
    return undefined;
  const { expression: callee } = node;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  if (!boolean.has(callee.name.text) && !isCondition(node)) return undefined;
  const [first] = node.arguments;
  const subject = part === "receiver" ? callee.expression : node.arguments[part];
  const other = part === "receiver" ? first : callee.expression;
  if (!subject || ts.isSpreadElement(subject)) return undefined;
  return {
    subject: rangeIn(ast, subject),
    ...(other ? { other: rangeIn(ast, other) } : {}),
    optional: ts.isOptionalChain(node),
    condition: isCondition(node),
    negated: false,
    bound: !isFree(node),
  };
}

/** See `Source.alternative`. */
export function alternativeAt(
  ast: ts.SourceFile,
  at: Range,
): { whole: Range; other: Range } | undefined {
  const node = nodeAt(ast, at);
  if (!node || !ts.isBinaryExpression(node.parent)) return undefined;
  const { parent } = node;
  if (parent.operatorToken.kind !== ts.SyntaxKind.BarBarToken) return undefined;
  const other = parent.left === node ? parent.right : parent.left;
  const around = ts.isParenthesizedExpression(parent.parent) && !ts.isBinaryExpression(other);
  return { whole: rangeIn(ast, around ? parent.parent : parent), other: rangeIn(ast, other) };
}

/** Only whether it is true counts here. */
function isCondition(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return isCondition(parent);
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    const joins =
      kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
    return joins && isCondition(parent);
  }
  return false;
}

/** A comparison may stand here as it is. */
function isFree(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    return (
      kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      kind === ts.SyntaxKind.BarBarToken ||
      (kind === ts.SyntaxKind.EqualsToken && parent.right === node)
    );
  }
  return (
    ts.isParenthesizedExpression(parent) ||
    ts.isArrowFunction(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isIfStatement(parent) ||
    ts.isConditionalExpression(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    (ts.isCallExpression(parent) && parent.expression !== node)
  );
}
