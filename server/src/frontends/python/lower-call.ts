import type { Arg, Expr } from "../../../../shared/src/ir/facts";
import { textOf, unknown, type Context } from "./context";
import { childExpression, lowerExpression } from "./lower-expression";
import { childAt, namedOf, rangeOf, type Syntax } from "./syntax";

/** A call; `super()`, `super().__init__(…)` and `isinstance(a, b)` have facts of their own. */
export function lowerCall(ctx: Context, node: Syntax): Expr {
  const callee = childAt(node, "function");
  const args = lowerArguments(ctx, childAt(node, "arguments"));
  if (isSuper(ctx, node)) return { k: "super", at: rangeOf(node) };
  const base = callee && superConstructor(ctx, callee);
  if (base) return { k: "call", callee: base, args, at: rangeOf(node) };
  const [left, right] = args;
  const plain = args.length === 2 && args.every((arg) => !arg.spread && arg.name === undefined);
  if (plain && left && right && isNamed(ctx, callee, "isinstance")) {
    return {
      k: "binary",
      op: "instanceof",
      left: left.value,
      right: right.value,
      at: rangeOf(node),
    };
  }
  return { k: "call", callee: childExpression(ctx, node, "function"), args, at: rangeOf(node) };
}

/** The arguments of a call, or of a class (its bases). */
export function lowerArguments(ctx: Context, node: Syntax | undefined): Arg[] {
  if (!node) return [];
  if (node.type !== "argument_list")
    return [{ value: lowerExpression(ctx, node), at: rangeOf(node) }];
  return node.children.flatMap((child, i) => {
    if (!child.named || child.type === "ERROR") return [];
    return [unfinished(ctx, child, node.children[i + 1]) ?? lowerArgument(ctx, child)];
  });
}

/** `name=` while its value is still to be typed: the grammar sees a name and an error. */
function unfinished(ctx: Context, node: Syntax, next: Syntax | undefined): Arg | undefined {
  if (node.type !== "identifier") return undefined;
  if (next?.type !== "ERROR" || !textOf(ctx, next).startsWith("=")) return undefined;
  const value = unknown([next.end, next.end], "missing in the text");
  return { value, name: textOf(ctx, node), nameAt: rangeOf(node), at: [node.start, next.end] };
}

function lowerArgument(ctx: Context, node: Syntax): Arg {
  const at = rangeOf(node);
  if (node.type === "keyword_argument") {
    const name = childAt(node, "name");
    const value = childExpression(ctx, node, "value");
    return name ? { value, name: textOf(ctx, name), nameAt: rangeOf(name), at } : { value, at };
  }
  const spread = spreadOf(node);
  if (spread === undefined) return { value: lowerExpression(ctx, node), at };
  const inner = namedOf(node)[0];
  const value = inner ? lowerExpression(ctx, inner) : unknown(at, "missing in the text");
  return { value, spread, at };
}

function spreadOf(node: Syntax): "items" | "named" | undefined {
  if (node.type === "list_splat" || node.type === "list_splat_pattern") return "items";
  return node.type === "dictionary_splat" ? "named" : undefined;
}

/** `super()`, and `super(Class, self)` as older code writes it. */
function isSuper(ctx: Context, node: Syntax): boolean {
  if (node.type !== "call" || !isNamed(ctx, childAt(node, "function"), "super")) return false;
  const args = childAt(node, "arguments");
  return args !== undefined && [0, 2].includes(namedOf(args).length);
}

/** `super().__init__` as `super` itself. */
function superConstructor(ctx: Context, callee: Syntax): Expr | undefined {
  const object = childAt(callee, "object");
  if (callee.type !== "attribute" || !object || !isSuper(ctx, object)) return undefined;
  if (!isNamed(ctx, childAt(callee, "attribute"), "__init__")) return undefined;
  return { k: "super", at: rangeOf(callee) };
}

function isNamed(ctx: Context, node: Syntax | undefined, name: string): boolean {
  return node?.type === "identifier" && textOf(ctx, node) === name;
}
