/** Lists of statements, and what each statement does with names. */
import { ts } from "ts-morph";
import type { Range } from "../../../../../shared/src/ir/span";
import type { Listed } from "../../write-common/source";
import { isAssignment, isImport, isMemberName, isStep, namesBound, unwrapped } from "./syntax";

/** See `Source.statements`. */
export function statementsAt(ast: ts.SourceFile, [start, end]: Range): Listed[] {
  let list: readonly ts.Statement[] = [];
  const visit = (node: ts.Node): void => {
    if (node.pos > start || node.end < end) return;
    const own = listIn(node);
    if (own?.some((each) => each.getStart(ast) <= start && end <= each.end)) list = own;
    ts.forEachChild(node, visit);
  };
  visit(ast);
  return list.map((statement) => listed(ast, statement));
}

/** The statements of a node that is a list of them. */
export function listIn(node: ts.Node): readonly ts.Statement[] | undefined {
  const holds =
    ts.isSourceFile(node) ||
    ts.isBlock(node) ||
    ts.isModuleBlock(node) ||
    ts.isCaseOrDefaultClause(node);
  return holds ? node.statements : undefined;
}

function listed(ast: ts.SourceFile, statement: ts.Statement): Listed {
  const on = receiverOf(statement);
  const names = new Set<string>();
  const binds = new Set(declaredBy(statement));
  const sets = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isMemberName(node)) names.add(node.text);
    const target = assignedIn(node);
    const root = target && rootOf(target);
    if (root !== undefined) (ts.isIdentifier(target ?? node) ? binds : sets).add(root);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  const range: Range = [statement.getStart(ast), statement.end];
  return {
    range,
    kind: kindOf(statement),
    names,
    binds,
    sets,
    ...(on === undefined ? {} : { on }),
  };
}

function kindOf(statement: ts.Statement): Listed["kind"] {
  if (isImport(statement)) return "import";
  if (ts.isVariableStatement(statement)) {
    const constant = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
    return constant && !isExported(statement) ? "constant" : "other";
  }
  const declares =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isExportDeclaration(statement);
  if (declares) return "declaration";
  const inner = ts.isExpressionStatement(statement) && unwrapped(statement);
  return inner && ts.isCallExpression(inner) ? "call" : "other";
}

function isExported(statement: ts.VariableStatement): boolean {
  return statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

function receiverOf(statement: ts.Statement): string | undefined {
  const inner = ts.isExpressionStatement(statement) ? unwrapped(statement) : undefined;
  if (!inner) return undefined;
  if (ts.isCallExpression(inner)) return rootOf(inner.expression);
  return ts.isBinaryExpression(inner) ? rootOf(inner.left) : undefined;
}

/** `app` of `app`, `app.get` and `app.get("/").use`; `this` has no name. */
function rootOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  const further =
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node);
  return further ? rootOf(node.expression) : undefined;
}

/** What a node gives another value. */
function assignedIn(node: ts.Node): ts.Node | undefined {
  if (isAssignment(node)) return node.left;
  if (ts.isDeleteExpression(node)) return node.expression;
  return isStep(node) ? node.operand : undefined;
}

function declaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => namesBound(name));
  }
  if (ts.isImportDeclaration(statement)) {
    const { importClause: clause } = statement;
    const bindings = clause?.namedBindings;
    const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
    const space = bindings && ts.isNamespaceImport(bindings) ? [bindings.name.text] : [];
    const own = clause?.name ? [clause.name.text] : [];
    return [...own, ...space, ...named.map(({ name }) => name.text)];
  }
  const declares =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isImportEqualsDeclaration(statement);
  return declares && statement.name ? [statement.name.text] : [];
}
