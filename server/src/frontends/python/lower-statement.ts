import type { CatchClause, Expr, Pattern, Stmt } from "../../../../shared/src/ir/facts";
import { addGap, deeper, textOf, unknown, type Context } from "./context";
import { lowerAssignment, lowerAugmented } from "./lower-assignment";
import { lowerClass, undecorated } from "./lower-class";
import { childExpression, isExpression, lowerExpression, lowerTuple } from "./lower-expression";
import { lowerFunction } from "./lower-function";
import { lowerImport, lowerImportFrom } from "./lower-import";
import { lowerFor, lowerWhile } from "./lower-loop";
import { lowerMatch } from "./lower-match";
import { lowerTarget } from "./lower-pattern";
import { childAt, childOf, childrenAt, hasToken, namedOf, rangeOf, type Syntax } from "./syntax";

type Lower = (ctx: Context, node: Syntax) => Stmt[];

const lowerings: ReadonlyMap<string, Lower> = new Map<string, Lower>([
  ["expression_statement", lowerExpressionStatement],
  ["import_statement", lowerImport],
  ["import_from_statement", lowerImportFrom],
  ["future_import_statement", lowerImportFrom],
  ["return_statement", lowerReturn],
  ["raise_statement", lowerRaise],
  ["assert_statement", lowerAssert],
  ["delete_statement", lowerDelete],
  ["pass_statement", () => []],
  ["break_statement", (_, node) => [{ k: "break", at: rangeOf(node) }]],
  ["continue_statement", (_, node) => [{ k: "continue", at: rangeOf(node) }]],
  ["global_statement", lowerOuter],
  ["nonlocal_statement", lowerOuter],
  ["type_alias_statement", () => []],
  ["print_statement", lowerForgotten],
  ["exec_statement", lowerForgotten],
  ["if_statement", (ctx, node) => [lowerIf(ctx, node)]],
  ["for_statement", lowerFor],
  ["while_statement", lowerWhile],
  ["try_statement", (ctx, node) => [lowerTry(ctx, node)]],
  ["with_statement", (ctx, node) => [lowerWith(ctx, node)]],
  ["match_statement", (ctx, node) => [lowerMatch(ctx, node)]],
  ["function_definition", lowerDefinition],
  ["class_definition", lowerDefinition],
  ["decorated_definition", lowerDefinition],
  ["block", (ctx, node) => lowerBlock(ctx, node)],
]);

/** The statements of a block or a module. */
export function lowerBlock(ctx: Context, node: Syntax): Stmt[] {
  return node.children.flatMap((child) => (child.named ? lowerStatement(ctx, child) : []));
}

/** One statement. What an `ERROR` still contains is kept, statement by statement and expression by expression. */
export function lowerStatement(ctx: Context, node: Syntax): Stmt[] {
  const tooDeep = (): Stmt[] => [];
  return deeper(ctx, node, tooDeep, () => {
    const lower = lowerings.get(node.type);
    if (lower) return lower(ctx, node);
    if (isExpression(node)) {
      return node.missing ? [] : [exprStatement(lowerExpression(ctx, node), node)];
    }
    if (node.type !== "ERROR") addGap(ctx, `syntax: ${node.type}`, rangeOf(node));
    return lowerPieces(ctx, node);
  });
}

/** The statements and expressions within what is neither. */
function lowerPieces(ctx: Context, node: Syntax): Stmt[] {
  const pieces: Stmt[] = [];
  const open = [...node.children].reverse();
  for (let child = open.pop(); child; child = open.pop()) {
    if (lowerings.has(child.type) || isExpression(child))
      pieces.push(...lowerStatement(ctx, child));
    else open.push(...[...child.children].reverse());
  }
  return pieces;
}

/** The block in a role of its parent, empty where broken code lacks it. */
export function childBlock(ctx: Context, node: Syntax | undefined, field: string): Stmt[] {
  const block = node && childAt(node, field);
  return block ? lowerBlock(ctx, block) : [];
}

function exprStatement(expr: Expr, node: Syntax): Stmt {
  return { k: "expr", expr, at: rangeOf(node) };
}

function lowerExpressionStatement(ctx: Context, node: Syntax): Stmt[] {
  const parts = namedOf(node);
  const [first] = parts;
  if (!first) return [];
  if (first.type === "assignment") return lowerAssignment(ctx, node, first);
  if (first.type === "augmented_assignment")
    return [exprStatement(lowerAugmented(ctx, first), node)];
  const isTuple = parts.length > 1 || hasToken(node, ",");
  return [exprStatement(isTuple ? lowerTuple(ctx, parts) : lowerExpression(ctx, first), node)];
}

function lowerReturn(ctx: Context, node: Syntax): Stmt[] {
  const [value] = namedOf(node);
  const at = rangeOf(node);
  return [value ? { k: "return", value: lowerExpression(ctx, value), at } : { k: "return", at }];
}

/** `raise e from cause`: the cause is only kept by the exception and is left out. */
function lowerRaise(ctx: Context, node: Syntax): Stmt[] {
  const value = namedOf(node).find((child) => child.field !== "cause");
  const at = rangeOf(node);
  return [value ? { k: "throw", value: lowerExpression(ctx, value), at } : { k: "throw", at }];
}

/** `assert x, m` throws `AssertionError(m)` unless x. */
function lowerAssert(ctx: Context, node: Syntax): Stmt[] {
  const [condition, ...messages] = namedOf(node);
  if (!condition) return [];
  const at = rangeOf(node);
  const of = lowerExpression(ctx, condition);
  const callee: Expr = { k: "name", name: "AssertionError", at };
  const args = messages.map((each) => ({ value: lowerExpression(ctx, each), at: rangeOf(each) }));
  const value: Expr = { k: "call", callee, args, at };
  const test: Expr = { k: "not", of, at: of.at };
  return [{ k: "if", test, then: [{ k: "throw", value, at }], else: [], at }];
}

/** `del a, b[1]`: one fact for each place. */
function lowerDelete(ctx: Context, node: Syntax): Stmt[] {
  return placesOf(namedOf(node)).map((place) => ({
    k: "delete",
    place: lowerExpression(ctx, place),
    at: rangeOf(node),
  }));
}

/** The places in lists and tuples of places. */
function placesOf(nodes: readonly Syntax[]): Syntax[] {
  const places: Syntax[] = [];
  const open = [...nodes].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    if (["expression_list", "tuple", "list"].includes(node.type)) {
      open.push(...namedOf(node).reverse());
    } else places.push(node);
  }
  return places;
}

function lowerOuter(ctx: Context, node: Syntax): Stmt[] {
  for (const name of namedOf(node)) ctx.scope.outer.add(textOf(ctx, name));
  return [];
}

/** Statements of Python 2. */
function lowerForgotten(ctx: Context, node: Syntax): Stmt[] {
  const parts = namedOf(node)
    .filter(isExpression)
    .map((child) => lowerExpression(ctx, child));
  return [exprStatement(unknown(rangeOf(node), `syntax: ${node.type}`, parts), node)];
}

/** `elif` is an `if` in the `else` of the one before. */
function lowerIf(ctx: Context, node: Syntax): Stmt {
  const alternatives = childrenAt(node, "alternative");
  const last = alternatives.find((clause) => clause.type === "else_clause");
  const branches = [node, ...alternatives.filter((clause) => clause.type === "elif_clause")];
  return lowerBranches(ctx, branches, last, node.end);
}

function lowerBranches(
  ctx: Context,
  [branch, ...others]: readonly Syntax[],
  last: Syntax | undefined,
  end: number,
): Stmt {
  if (!branch) return { k: "block", body: childBlock(ctx, last, "body"), at: [end, end] };
  const rest = (): Stmt[] =>
    others.length === 0
      ? childBlock(ctx, last, "body")
      : deeper(
          ctx,
          branch,
          () => [],
          () => [lowerBranches(ctx, others, last, end)],
        );
  return {
    k: "if",
    test: childExpression(ctx, branch, "condition"),
    then: childBlock(ctx, branch, "consequence"),
    else: rest(),
    at: [branch.start, end],
  };
}

function lowerTry(ctx: Context, node: Syntax): Stmt {
  const handlers = node.children.filter((child) => child.type === "except_clause");
  const finallyClause = childOf(node, "finally_clause");
  const finallyBlock = finallyClause && childOf(finallyClause, "block");
  return {
    k: "try",
    body: childBlock(ctx, node, "body"),
    handlers: handlers.map((handler) => lowerExcept(ctx, handler)),
    else: childBlock(ctx, childOf(node, "else_clause"), "body"),
    finally: finallyBlock ? lowerBlock(ctx, finallyBlock) : [],
    at: rangeOf(node),
  };
}

function lowerExcept(ctx: Context, node: Syntax): CatchClause {
  const block = childOf(node, "block");
  const values = namedOf(node).filter((child) => child !== block && child.field !== "alias");
  const [first] = values;
  const aliased = first?.type === "as_pattern" ? asPattern(ctx, first) : undefined;
  const alias = childAt(node, "alias");
  const target = aliased?.target ?? (alias && lowerTarget(ctx, alias));
  const classes = aliased?.value ? [aliased.value] : values;
  const types = classes
    .flatMap((each) => (each.type === "tuple" ? namedOf(each) : [each]))
    .map((each) => lowerExpression(ctx, each));
  return {
    ...(types.length > 0 ? { types } : {}),
    ...(target ? { target } : {}),
    body: block ? lowerBlock(ctx, block) : [],
  };
}

/** `value as target` */
function asPattern(ctx: Context, node: Syntax): { value?: Syntax; target?: Pattern } {
  const [value] = namedOf(node);
  const alias = childAt(node, "alias");
  return {
    ...(value && value !== alias ? { value } : {}),
    ...(alias ? { target: lowerTarget(ctx, alias) } : {}),
  };
}

/** A block: what `__enter__` returns is bound by `as`; without `as` the manager is only evaluated. */
function lowerWith(ctx: Context, node: Syntax): Stmt {
  const clause = childOf(node, "with_clause");
  const isAsync = hasToken(node, "async");
  const items = clause ? withItems(clause) : [];
  const managers = items.map((item) => lowerManager(ctx, item, isAsync));
  return { k: "block", body: [...managers, ...childBlock(ctx, node, "body")], at: rangeOf(node) };
}

/** The managers; the grammar reads `with (a as b, c as d):` as items, as one tuple or in parentheses. */
function withItems(clause: Syntax): Syntax[] {
  return namedOf(clause).flatMap((item) => {
    const value = childAt(item, "value") ?? item;
    return ["tuple", "parenthesized_expression"].includes(value.type) ? namedOf(value) : [value];
  });
}

function lowerManager(ctx: Context, item: Syntax, isAsync: boolean): Stmt {
  const { value = item, target } = item.type === "as_pattern" ? asPattern(ctx, item) : {};
  const at = rangeOf(item);
  const manager = lowerExpression(ctx, value);
  if (!target) return { k: "expr", expr: manager, at };
  const entered = enter(manager, isAsync);
  if (target.k === "place") {
    return { k: "expr", expr: { k: "assign", target, value: entered, at }, at };
  }
  return { k: "let", target, value: entered, at };
}

function enter(manager: Expr, isAsync: boolean): Expr {
  const at = manager.at;
  const name = isAsync ? "__aenter__" : "__enter__";
  const callee: Expr = { k: "member", of: manager, name, nameAt: at, at };
  const call: Expr = { k: "call", callee, args: [], at };
  return isAsync ? { k: "await", of: call, at } : call;
}

function lowerDefinition(ctx: Context, node: Syntax): Stmt[] {
  const { definition, marks } = undecorated(node);
  const at = rangeOf(node);
  if (definition.type === "function_definition") {
    return [{ k: "function", fn: lowerFunction(ctx, definition, marks), at }];
  }
  if (definition.type === "class_definition") {
    return [{ k: "class", cls: lowerClass(ctx, definition, marks), at }];
  }
  return [];
}
