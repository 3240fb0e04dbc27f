import { ts } from "ts-morph";
import type { Expr, Stmt } from "../../../../shared/src/ir/facts";
import type { Range } from "../../../../shared/src/ir/span";
import { type Context, descend, hasModifier, rangeOf, tooDeep, unknown } from "./context";
import { lowerClass } from "./lower-class";
import { lowerEnum, lowerNamespace, lowerVariables } from "./lower-declaration";
import { bare, lowerExpression } from "./lower-expression";
import { lowerFunction } from "./lower-function";
import { lowerJump, lowerLabeled, lowerLoop } from "./lower-loop";
import { exportsOf, isModuleStatement, lowerModuleStatement, withExport } from "./lower-module";
import { lowerStep } from "./lower-operator";
import { lowerBinding } from "./lower-pattern";
import { requiredModule } from "./lower-require";
import { lowerSwitch } from "./lower-switch";

const kind = ts.SyntaxKind;

export function lowerStatements(context: Context, nodes: readonly ts.Statement[]): Stmt[] {
  return nodes.flatMap((node) => lowerStatement(context, node));
}

/** Lowers a statement to none (type-only syntax), one or several. */
export function lowerStatement(context: Context, node: ts.Statement): readonly Stmt[] {
  return descend(
    context,
    node,
    () => lowerAny(context, node),
    () => unknownStatement(context, node, tooDeep),
  );
}

/** The statements of a block, or the single one that stands in its place. */
export function bodyOf(context: Context, node: ts.Statement): readonly Stmt[] {
  return ts.isBlock(node)
    ? lowerStatements(context, node.statements)
    : lowerStatement(context, node);
}

function lowerAny(context: Context, node: ts.Statement): readonly Stmt[] {
  if (ts.isExpressionStatement(node)) {
    return lowerDiscarded(context, node.expression, rangeOf(context, node));
  }
  if (ts.isVariableStatement(node)) return lowerVariableStatement(context, node);
  if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) {
    const value = node.expression && lowerExpression(context, node.expression);
    const k = ts.isReturnStatement(node) ? "return" : "throw";
    return [{ k, ...(value ? { value } : {}), at: rangeOf(context, node) }];
  }
  if (ts.isIfStatement(node)) return [lowerIf(context, node)];
  if (ts.isBlock(node)) {
    const body = lowerStatements(context, node.statements);
    return [{ k: "block", body, at: rangeOf(context, node) }];
  }
  if (ts.isTryStatement(node)) return [lowerTry(context, node)];
  if (ts.isSwitchStatement(node)) return [lowerSwitch(context, node)];
  if (ts.isIterationStatement(node, false)) return lowerLoop(context, node);
  if (ts.isBreakOrContinueStatement(node)) return lowerJump(context, node);
  if (ts.isLabeledStatement(node)) return lowerLabeled(context, node);
  if (isModuleStatement(node)) return lowerModuleStatement(context, node);
  return lowerDeclaration(context, node);
}

function lowerDeclaration(context: Context, node: ts.Statement): readonly Stmt[] {
  const at = rangeOf(context, node);
  // Unlike all else that is only declared, an enum has values that can be read off.
  if (ts.isEnumDeclaration(node)) {
    return [lowerEnum(context, node), ...exportsOf(context, node, [node.name])];
  }
  if (hasModifier(node, kind.DeclareKeyword)) return [];
  if (ts.isFunctionDeclaration(node)) {
    if (!node.body) return [];
    const fn = lowerFunction(context, node);
    return withExport(context, node, { k: "function", fn, at });
  }
  if (ts.isClassDeclaration(node)) {
    const cls = lowerClass(context, node);
    return withExport(context, node, { k: "class", cls, at });
  }
  if (ts.isModuleDeclaration(node)) return lowerNamespace(context, node);
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return [];
  if (ts.isEmptyStatement(node) || node.kind === kind.DebuggerStatement) return [];
  if (node.kind === kind.NamespaceExportDeclaration) return [];
  return unknownStatement(context, node, `syntax: ${kind[node.kind]}`);
}

function unknownStatement(context: Context, node: ts.Statement, because: string): Stmt[] {
  const at = rangeOf(context, node);
  if (because !== tooDeep) context.gaps.push({ because, at });
  return [{ k: "expr", expr: unknown(because, at), at }];
}

function lowerVariableStatement(context: Context, node: ts.VariableStatement): Stmt[] {
  if (hasModifier(node, kind.DeclareKeyword)) return [];
  const names = node.declarationList.declarations.map((declaration) => declaration.name);
  const declared = lowerVariables(context, node.declarationList, rangeOf(context, node));
  return [...declared, ...exportsOf(context, node, names)];
}

/** An expression whose value nobody uses. */
export function lowerDiscarded(context: Context, written: ts.Expression, at?: Range): Stmt[] {
  const operands = commaOperands(written);
  return operands.map((node): Stmt => {
    const range = operands.length === 1 && at ? at : rangeOf(context, node);
    if (ts.isDeleteExpression(node)) {
      return { k: "delete", place: lowerExpression(context, node.expression), at: range };
    }
    const from = requiredModule(node);
    if (from !== undefined) return { k: "import", from, names: [], at: range };
    return { k: "expr", expr: lowerUnused(context, node), at: range };
  });
}

function lowerUnused(context: Context, node: ts.Expression): Expr {
  if (ts.isPostfixUnaryExpression(node)) return lowerStep(context, node);
  return lowerExpression(context, ts.isVoidExpression(node) ? node.expression : node);
}

function commaOperands(written: ts.Expression): ts.Expression[] {
  const operands: ts.Expression[] = [];
  let node = bare(written);
  while (ts.isBinaryExpression(node) && node.operatorToken.kind === kind.CommaToken) {
    operands.push(bare(node.right));
    node = bare(node.left);
  }
  operands.push(node);
  return operands.reverse();
}

function lowerIf(context: Context, node: ts.IfStatement): Stmt {
  return {
    k: "if",
    test: lowerExpression(context, node.expression),
    then: bodyOf(context, node.thenStatement),
    else: node.elseStatement ? bodyOf(context, node.elseStatement) : [],
    at: rangeOf(context, node),
  };
}

function lowerTry(context: Context, node: ts.TryStatement): Stmt {
  const clause = node.catchClause;
  const target =
    clause?.variableDeclaration && lowerBinding(context, clause.variableDeclaration.name);
  const handlers = clause
    ? [{ ...(target ? { target } : {}), body: lowerStatements(context, clause.block.statements) }]
    : [];
  return {
    k: "try",
    body: lowerStatements(context, node.tryBlock.statements),
    handlers,
    else: [],
    finally: node.finallyBlock ? lowerStatements(context, node.finallyBlock.statements) : [],
    at: rangeOf(context, node),
  };
}
