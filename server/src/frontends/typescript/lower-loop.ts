import { ts } from "ts-morph";
import type { Pattern, Stmt } from "../../../../shared/src/ir/facts";
import { type Context, rangeOf, unknown } from "./context";
import { isVar } from "./hoist";
import { lowerVariables } from "./lower-declaration";
import { lowerExpression } from "./lower-expression";
import { lowerBinding, lowerTarget } from "./lower-pattern";
import { bodyOf, lowerDiscarded, lowerStatement } from "./lower-statement";

/** Lowers a loop that may have a label. */
export function lowerLoop(
  context: Context,
  node: ts.IterationStatement,
  label?: string,
): readonly Stmt[] {
  if (ts.isForStatement(node)) return lowerFor(context, node, label);
  const body = bodyOf(within(context, [], label), node.statement);
  const at = rangeOf(context, node);
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    const target = lowerHead(context, node.initializer);
    const iterable = lowerExpression(context, node.expression);
    return [{ k: "for", target, iterable, ...(ts.isForInStatement(node) ? { keys: true } : {}), body, at }]; // prettier-ignore
  }
  if (!ts.isDoStatement(node) && !ts.isWhileStatement(node)) return [];
  const test = lowerExpression(context, node.expression);
  return [{ k: "while", test, body, ...(ts.isDoStatement(node) ? { atLeastOnce: true } : {}), at }];
}

function within(context: Context, update: readonly Stmt[], label: string | undefined): Context {
  const jump = { loop: true, ...(label === undefined ? {} : { label }) };
  return { ...context, update, jumps: [...context.jumps, jump] };
}

/** Three parts become a `while`; its variables live in a block around it, unless they are `var`s. */
function lowerFor(context: Context, node: ts.ForStatement, label: string | undefined): Stmt[] {
  const at = rangeOf(context, node);
  const update = node.incrementor ? lowerDiscarded(context, node.incrementor) : [];
  const body = [...bodyOf(within(context, update, label), node.statement), ...update];
  const loop: Stmt = {
    k: "while",
    test: node.condition
      ? lowerExpression(context, node.condition)
      : { k: "lit", value: true, at: [at[0], at[0]] },
    body,
    at,
  };
  const head = node.initializer;
  if (head === undefined) return [loop];
  if (!ts.isVariableDeclarationList(head)) return [...lowerDiscarded(context, head), loop];
  const declared = lowerVariables(context, head, rangeOf(context, head));
  return isVar(head) ? [...declared, loop] : [{ k: "block", body: [...declared, loop], at }];
}

function lowerHead(context: Context, head: ts.ForInitializer): Pattern {
  if (!ts.isVariableDeclarationList(head)) return lowerTarget(context, head);
  const name = head.declarations[0]?.name;
  if (name) return lowerBinding(context, name);
  const at = rangeOf(context, head);
  return { k: "place", place: unknown("missing loop variable", at), at };
}

export function lowerLabeled(context: Context, node: ts.LabeledStatement): readonly Stmt[] {
  if (!ts.isIterationStatement(node.statement, false))
    return lowerStatement(context, node.statement);
  return lowerLoop(context, node.statement, node.label.text);
}

/**
 * `break` and `continue`. One that leaves more than the innermost loop or switch has no counterpart: it is noted, and
 * leaves that one.
 */
export function lowerJump(context: Context, node: ts.BreakOrContinueStatement): readonly Stmt[] {
  const at = rangeOf(context, node);
  const leaves = ts.isBreakStatement(node);
  const jumps = leaves ? context.jumps : context.jumps.filter((each) => each.loop);
  if (node.label && node.label.text !== jumps.at(-1)?.label) {
    const because = "jump to an outer label";
    context.gaps.push({ because, at });
    const noted: Stmt = { k: "expr", expr: unknown(because, at), at };
    return context.jumps.length === 0 ? [noted] : [noted, { k: "break", at }];
  }
  return leaves ? [{ k: "break", at }] : [...context.update, { k: "continue", at }];
}
