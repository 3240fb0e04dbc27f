/** Finds nodes and their brackets in a parsed file. */
import { ts } from "ts-morph";
import type { Range } from "../../../../../shared/src/ir/span";
import type { Container, Entry } from "../../write-common/source";

/** The outermost node that stands at a range. */
export function nodeAt(ast: ts.SourceFile, [start, end]: Range): ts.Node | undefined {
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (node.pos > start || node.end < end) return undefined;
    if (node.getStart(ast) === start && node.end === end) return node;
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
  if (!kind) return undefined;
  const children = node.getChildren(ast);
  const list = children.at(-2);
  const close = children.at(-1);
  if (list?.kind !== ts.SyntaxKind.SyntaxList || !close) return undefined;
  if (!/^[)\]}]$/.test(close.getText(ast))) return undefined;
  const callee =
    ts.isCallExpression(node) || ts.isNewExpression(node)
      ? node.expression.getText(ast)
      : undefined;
  return {
    kind,
    range: [node.getStart(ast), node.end],
    open: list.pos,
    close: close.getStart(ast),
    entries: entriesOf(ast, list),
    ...(callee === undefined ? {} : { callee }),
  };
}

function entriesOf(ast: ts.SourceFile, list: ts.Node): Entry[] {
  const entries: Entry[] = [];
  for (const child of list.getChildren(ast)) {
    const last = entries.pop();
    if (child.kind !== ts.SyntaxKind.CommaToken) {
      if (last) entries.push(last);
      entries.push(entryOf(ast, child));
    } else if (last) entries.push({ ...last, comma: child.getStart(ast) });
  }
  return entries;
}

function entryOf(ast: ts.SourceFile, node: ts.Node): Entry {
  const range: Range = [node.getStart(ast), node.end];
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
      ...(value ? { value: [value.getStart(ast), value.end] as Range } : {}),
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

/** Whether an identifier is the name of a member or a key, which means nothing by itself. */
export function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) {
    return parent.name === node;
  }
  return ts.isImportSpecifier(parent) && parent.propertyName === node;
}

/** The names that a declaration's pattern binds. */
export function namesBound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((each) => (ts.isBindingElement(each) ? namesBound(each.name) : []));
}

export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** `n++` and `--n` */
export function isStep(
  node: ts.Node,
): node is ts.PrefixUnaryExpression | ts.PostfixUnaryExpression {
  return (
    (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken ||
      node.operator === ts.SyntaxKind.MinusMinusToken)
  );
}
