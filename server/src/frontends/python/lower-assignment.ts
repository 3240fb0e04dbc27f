import type { Expr, Pattern, Stmt } from "../../../../shared/src/ir/facts";
import { fits, textOf, unknown, type Context } from "./context";
import { binaryOp, childExpression, lowerExpression } from "./lower-expression";
import { bindsNames, lowerTarget, nowhere } from "./lower-pattern";
import { childAt, childOf, rangeOf, type Syntax } from "./syntax";

/** The plain assignment that a statement consists of. */
export function assignmentOf(statement: Syntax): Syntax | undefined {
  return childOf(statement, "assignment");
}

interface Chain {
  readonly targets: readonly Syntax[];
  readonly value: Syntax | undefined;
  readonly type: Syntax | undefined;
}

/** `a = b = value` taken apart, outermost target first. */
export function chainOf(assignment: Syntax): Chain {
  const targets: Syntax[] = [];
  const type = childAt(assignment, "type");
  let node: Syntax | undefined = assignment;
  while (node?.type === "assignment") {
    const left = childAt(node, "left");
    if (left) targets.push(left);
    node = childAt(node, "right");
  }
  return { targets, value: node, type };
}

/**
 * A plain assignment. Names are declared by it (`let`), unless `global` or `nonlocal` said otherwise; anything else is
 * an `assign`. Of several targets the first that is a name takes the value and the others take it from there.
 */
export function lowerAssignment(ctx: Context, statement: Syntax, node: Syntax): Stmt[] {
  const { targets, value, type } = chainOf(node);
  const at = rangeOf(statement);
  const patterns = targets.map((target) => lowerTarget(ctx, target));
  const annotation = type ? textOf(ctx, type) : undefined;
  const [only, ...others] = patterns;
  if (!only) return [];
  if (!value) return annotationOnly(ctx, only, annotation, at);
  if (others.length === 0) return [assigned(ctx, only, lowerRight(ctx, value), at, annotation)];
  const holder = patterns.find((pattern) => pattern.k === "name");
  if (holder?.k !== "name") return [nested(ctx, patterns, lowerRight(ctx, value), at)];
  const held: Expr = { k: "name", name: holder.name, at: holder.at };
  const rest = patterns.filter((pattern) => pattern !== holder);
  return [
    assigned(ctx, holder, lowerRight(ctx, value), at),
    ...rest.map((pattern) => assigned(ctx, pattern, held, at)),
  ];
}

function assigned(ctx: Context, target: Pattern, value: Expr, at: Stmt["at"], type?: string): Stmt {
  if (!bindsNames(target) || isOuter(ctx, target)) {
    return { k: "expr", expr: { k: "assign", target, value, at }, at };
  }
  return { k: "let", target, value, ...(type === undefined ? {} : { type }), at };
}

/** `x: T` declares a name; `self.x: T` does nothing when it runs. */
function annotationOnly(
  ctx: Context,
  target: Pattern,
  type: string | undefined,
  at: Stmt["at"],
): Stmt[] {
  if (target.k !== "name" || isOuter(ctx, target)) return [];
  return [{ k: "let", target, ...(type === undefined ? {} : { type }), at }];
}

function isOuter(ctx: Context, target: Pattern): boolean {
  return target.k === "name" && ctx.scope.outer.has(target.name);
}

/** Targets that are all places: each takes the value of the assignment to its right. */
function nested(ctx: Context, targets: readonly Pattern[], value: Expr, at: Stmt["at"]): Stmt {
  if (!fits(ctx, targets.length)) {
    return { k: "expr", expr: unknown(at, "nested too deeply", [value]), at };
  }
  const expr = targets.reduceRight<Expr>(
    (right, target) => ({ k: "assign", target, value: right, at: [target.at[0], value.at[1]] }),
    value,
  );
  return { k: "expr", expr, at };
}

/** The right side of `=`, which may be an augmented assignment where the code is broken. */
function lowerRight(ctx: Context, node: Syntax): Expr {
  return node.type === "augmented_assignment"
    ? lowerAugmented(ctx, node)
    : lowerExpression(ctx, node);
}

/** `x += 1` */
export function lowerAugmented(ctx: Context, node: Syntax): Expr {
  const left = childAt(node, "left");
  const target = left ? lowerTarget(ctx, left) : nowhere(node);
  const op = binaryOp((childAt(node, "operator")?.type ?? "").slice(0, -1));
  const value = childExpression(ctx, node, "right");
  const at = rangeOf(node);
  if (op !== undefined) return { k: "assign", target, op, value, at };
  return { k: "assign", target, value: unknown(at, "an operator", [value]), at };
}
