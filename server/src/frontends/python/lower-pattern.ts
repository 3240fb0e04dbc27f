import type { Pattern } from "../../../../shared/src/ir/facts";
import { addGap, deeper, textOf, unknown, type Context } from "./context";
import { lowerExpression } from "./lower-expression";
import { hasToken, namedOf, rangeOf, type Syntax } from "./syntax";

const groups: ReadonlySet<string> = new Set([
  "tuple_pattern",
  "list_pattern",
  "pattern_list",
  "tuple",
  "list",
  "expression_list",
]);

const wrappers: ReadonlySet<string> = new Set([
  "as_pattern_target",
  "parenthesized_expression",
  "list_splat_pattern",
  "list_splat",
  "dictionary_splat_pattern",
]);

/** What stands left of `=`, after `for`, `as` or in a parameter's place. */
export function lowerTarget(ctx: Context, node: Syntax): Pattern {
  return deeper(
    ctx,
    node,
    () => nowhere(node),
    () => {
      if (groups.has(node.type)) return lowerGroup(ctx, node);
      if (wrappers.has(node.type)) return lowerInner(ctx, node);
      if (node.type === "identifier" && !node.missing) return lowerName(ctx, node);
      return { k: "place", place: lowerExpression(ctx, node), at: rangeOf(node) };
    },
  );
}

/** Whether a pattern binds nothing but names, so that it declares them. */
export function bindsNames(pattern: Pattern): boolean {
  switch (pattern.k) {
    case "name":
      return true;
    case "place":
      return false;
    case "default":
      return bindsNames(pattern.target);
    case "array":
      return [...pattern.items, pattern.rest ?? null].every((item) => !item || bindsNames(item));
    case "object":
      return [...pattern.props.map((prop) => prop.target), pattern.rest].every(
        (item) => !item || bindsNames(item),
      );
  }
}

function lowerName(ctx: Context, node: Syntax): Pattern {
  return { k: "name", name: textOf(ctx, node), at: rangeOf(node) };
}

function lowerInner(ctx: Context, node: Syntax): Pattern {
  const inner = namedOf(node)[0];
  return inner ? lowerTarget(ctx, inner) : nowhere(node);
}

function lowerGroup(ctx: Context, node: Syntax): Pattern {
  const children = namedOf(node);
  const [only] = children;
  const parenthesised = node.type === "tuple_pattern" && !hasToken(node, ",");
  if (parenthesised && only && !isStar(only)) return lowerTarget(ctx, only);
  const star = children.findIndex(isStar);
  const items = children.map((child) => lowerTarget(ctx, child));
  if (star < 0) return { k: "array", items, at: rangeOf(node) };
  const [rest, ...after] = items.slice(star);
  if (!rest) return { k: "array", items, at: rangeOf(node) };
  return {
    k: "array",
    items: items.slice(0, star),
    rest: after.length === 0 ? rest : lastOnes(ctx, [rest, ...after]),
    at: rangeOf(node),
  };
}

function isStar(node: Syntax): boolean {
  return node.type === "list_splat_pattern" || node.type === "list_splat";
}

/**
 * In `a, *b, c = xs` the length of `xs` decides what `b` and `c` are: both are bound, to something unknown.
 */
function lastOnes(ctx: Context, targets: readonly Pattern[]): Pattern {
  const at = [targets[0]?.at[0] ?? 0, targets.at(-1)?.at[1] ?? 0] as const;
  addGap(ctx, "names after a starred one", at);
  const key = unknown(at, "a place counted from the end");
  return { k: "object", props: targets.map((target) => ({ key, target })), at };
}

/** A target that broken code lacks. */
export function nowhere(node: Syntax): Pattern {
  const at = rangeOf(node);
  return { k: "place", place: unknown(at, "not a target"), at };
}
