import { ts } from "ts-morph";
import type { Stmt } from "../../../../shared/src/ir/facts";
import { type Context, rangeOf } from "./context";

/**
 * `var` belongs to the function, not to the block it stands in. So a name that a nested `var` declares is declared at
 * the function's start, and each of its `var`s becomes an assignment.
 *
 * @param parameters names that are bound already
 */
export function hoistVars(
  context: Context,
  body: ts.Node | undefined,
  parameters: ReadonlySet<string>,
): { hoisted: ReadonlySet<string>; stmts: Stmt[] } {
  const hoisted = new Set<string>();
  const stmts: Stmt[] = [];
  if (body === undefined || !hasStatements(body)) return { hoisted, stmts };
  for (const list of nestedVars(body)) {
    for (const declaration of list.declarations) {
      for (const identifier of identifiersOf(declaration.name)) {
        const name = identifier.text;
        if (hoisted.has(name)) continue;
        hoisted.add(name);
        if (parameters.has(name)) continue;
        const at = rangeOf(context, identifier);
        stmts.push({ k: "let", target: { k: "name", name, at }, at });
      }
    }
  }
  return { hoisted, stmts };
}

export function boundNames(name: ts.BindingName): string[] {
  return identifiersOf(name).map((identifier) => identifier.text);
}

/** The identifiers that a pattern binds, in order of writing. */
export function identifiersOf(name: ts.BindingName): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const pending: ts.BindingName[] = [name];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (ts.isIdentifier(next)) {
      if (next.text !== "") found.push(next);
      continue;
    }
    const inner = next.elements.flatMap((each) => (ts.isBindingElement(each) ? [each.name] : []));
    pending.push(...inner.reverse());
  }
  return found;
}

type Body = ts.Block | ts.ModuleBlock | ts.SourceFile;

function hasStatements(node: ts.Node): node is Body {
  return ts.isBlock(node) || ts.isModuleBlock(node) || ts.isSourceFile(node);
}

/** `var` lists in statements within the body's own statements; the heads of `for … of` and `for … in` bind by themselves. */
function nestedVars(body: Body): ts.VariableDeclarationList[] {
  const found: ts.VariableDeclarationList[] = [];
  const pending: ts.Node[] = [];
  const enter = (statement: ts.Node) => {
    if (mayHoldStatements(statement))
      ts.forEachChild(statement, (child) => void pending.push(child));
  };
  // The head of a `for` that stands directly in the body is as good as a statement there.
  const direct = (child: ts.Node) => {
    if (!ts.isVariableDeclarationList(child)) pending.push(child);
  };
  for (const statement of body.statements) {
    if (mayHoldStatements(statement)) ts.forEachChild(statement, direct);
  }
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const list = ts.isVariableStatement(next) ? next.declarationList : next;
    if (ts.isForOfStatement(next) || ts.isForInStatement(next)) pending.push(next.statement);
    else if (ts.isVariableDeclarationList(list)) found.push(...(isVar(list) ? [list] : []));
    else enter(next);
  }
  return found.sort((a, b) => a.pos - b.pos);
}

export function isVar(list: ts.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.BlockScoped) === 0;
}

function mayHoldStatements(node: ts.Node): boolean {
  return (
    ts.isBlock(node) ||
    ts.isIfStatement(node) ||
    ts.isIterationStatement(node, false) ||
    ts.isSwitchStatement(node) ||
    ts.isCaseBlock(node) ||
    ts.isCaseOrDefaultClause(node) ||
    ts.isTryStatement(node) ||
    ts.isCatchClause(node) ||
    ts.isLabeledStatement(node)
  );
}
