/** Finds nodes and their brackets in a parsed file. */
import { ts } from "ts-morph";
import type { Range } from "../../../../../shared/src/model/span";
import type { Container, Entry } from "../../write-common/source";
import { sourceTextOf, startOf } from "../position";

/** The outermost node that stands at a range. */
export function nodeAt(ast: ts.SourceFile, [start, end]: Range): ts.Node | undefined {
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (node.pos > start || node.end < end) return undefined;
    if (startOf(ast, node) === start && node.end === end) return node;
    return ts.forEachChild(node, visit);
  };
  return ts.forEachChild(ast, visit);
}

/** The node without parentheses, casts and `await`. */
export function unwrapped(node: ts.Node | undefined): ts.Node | undefined {
  let inner = node;
  while (
    inner &&
    (ts.isParenthesizedExpression(inner) ||
      ts.isAsExpression(inner) ||
      ts.isSatisfiesExpression(inner) ||
      ts.isNonNullExpression(inner) ||
      ts.isTypeAssertionExpression(inner) ||
      ts.isAwaitExpression(inner) ||
      ts.isExpressionStatement(inner))
  ) {
    inner = inner.expression;
  }
  return inner;
}

const kinds = new Map<ts.SyntaxKind, Container["kind"]>([
  [ts.SyntaxKind.ObjectLiteralExpression, "object"],
  [ts.SyntaxKind.ArrayLiteralExpression, "list"],
  [ts.SyntaxKind.CallExpression, "call"],
  [ts.SyntaxKind.NewExpression, "call"],
  [ts.SyntaxKind.NamedImports, "names"],
  [ts.SyntaxKind.ObjectBindingPattern, "names"],
]);

/** The brackets of a node with what stands between their commas. */
export function containerOf(ast: ts.SourceFile, node: ts.Node): Container | undefined {
  const kind = kinds.get(node.kind);
  const list = listOf(node);
  const close = node.end - 1;
  // Where the closing bracket is missing, the node ends with its list.
  if (!kind || !list || close < list.end || !/[)\]}]/.test(ast.text.charAt(close)))
    return undefined;
  const callee =
    ts.isCallExpression(node) || ts.isNewExpression(node)
      ? sourceTextOf(ast, node.expression)
      : undefined;
  return {
    kind,
    range: [startOf(ast, node), node.end],
    open: list.pos,
    close,
    entries: list.map((entry, i) => entryWithComma(ast, entry, list[i + 1]?.pos ?? list.end)),
    ...(callee === undefined ? {} : { callee }),
  };
}

function listOf(node: ts.Node): ts.NodeArray<ts.Node> | undefined {
  if (ts.isObjectLiteralExpression(node)) return node.properties;
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return node.arguments;
  const isList =
    ts.isArrayLiteralExpression(node) || ts.isNamedImports(node) || ts.isObjectBindingPattern(node);
  return isList ? node.elements : undefined;
}

/** @param next where the text of the next entry begins, which is right behind the comma */
function entryWithComma(ast: ts.SourceFile, node: ts.Node, next: number): Entry {
  const entry = entryOf(ast, node);
  const hasComma = next > node.end && ast.text.charAt(next - 1) === ",";
  return hasComma ? { ...entry, comma: next - 1 } : entry;
}

function entryOf(ast: ts.SourceFile, node: ts.Node): Entry {
  const range: Range = [startOf(ast, node), node.end];
  if (ts.isSpreadAssignment(node) || ts.isSpreadElement(node)) {
    return { range, spread: true };
  }
  if (ts.isObjectLiteralElementLike(node)) {
    const key = node.name && keyOf(node.name);
    const value = ts.isPropertyAssignment(node) ? node.initializer : undefined;
    return {
      range,
      ...(key === undefined ? {} : { key }),
      ...(node.name && ts.isStringLiteralLike(node.name) ? { quoted: true } : {}),
      ...(value ? { value: [startOf(ast, value), value.end] as Range } : {}),
    };
  }
  return { range, value: range };
}

function keyOf(name: ts.PropertyName): string | undefined {
  if (ts.isComputedPropertyName(name)) {
    return ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
  }
  return name.text;
}

/** Whether a top-level statement brings in a module. */
export function isImport(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) return true;
  if (!ts.isVariableStatement(statement)) return false;
  const { declarations } = statement.declarationList;
  return declarations.every((d) => requiredModule(d.initializer) !== undefined);
}

/** `x` in `require("x")` and `require("x").y`. */
export function requiredModule(node: ts.Expression | undefined): string | undefined {
  if (!node) return undefined;
  if (ts.isPropertyAccessExpression(node)) return requiredModule(node.expression);
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const [argument] = node.arguments;
  if (node.expression.text !== "require" || !argument) return undefined;
  return ts.isStringLiteralLike(argument) ? argument.text : undefined;
}
