import type { Stmt } from "../../../../shared/src/ir/facts";
import { unknown, type Context } from "./context";
import { childExpression } from "./lower-expression";
import { lowerTarget, nowhere } from "./lower-pattern";
import { childBlock } from "./lower-statement";
import { childAt, rangeOf, type Syntax } from "./syntax";

export function lowerFor(ctx: Context, node: Syntax): Stmt[] {
  const left = childAt(node, "left");
  const loop: Stmt = {
    k: "for",
    target: left ? lowerTarget(ctx, left) : nowhere(node),
    iterable: childExpression(ctx, node, "right"),
    body: childBlock(ctx, node, "body"),
    at: rangeOf(node),
  };
  return [loop, ...lowerElse(ctx, node, loop.body)];
}

export function lowerWhile(ctx: Context, node: Syntax): Stmt[] {
  const loop: Stmt = {
    k: "while",
    test: childExpression(ctx, node, "condition"),
    body: childBlock(ctx, node, "body"),
    at: rangeOf(node),
  };
  return [loop, ...lowerElse(ctx, node, loop.body)];
}

/** A loop's `else` follows the loop; where the loop may break, whether it runs is unknown. */
function lowerElse(ctx: Context, loop: Syntax, body: readonly Stmt[]): Stmt[] {
  const clause = childAt(loop, "alternative");
  if (!clause) return [];
  const at = rangeOf(clause);
  const block: Stmt = { k: "block", body: childBlock(ctx, clause, "body"), at };
  if (!body.some(breaks)) return [block];
  return [{ k: "if", test: unknown(at, "whether the loop broke"), then: [block], else: [], at }];
}

/** Whether a statement may leave the loop around it by `break`. */
function breaks(statement: Stmt): boolean {
  switch (statement.k) {
    case "break":
      return true;
    case "if":
      return [...statement.then, ...statement.else].some(breaks);
    case "block":
      return statement.body.some(breaks);
    case "switch":
      return statement.cases.some((each) => each.body.some(breaks));
    case "try": {
      const handled = statement.handlers.flatMap((handler) => handler.body);
      return [...statement.body, ...handled, ...statement.else, ...statement.finally].some(breaks);
    }
    default:
      return false;
  }
}
