import type { Expr, FactsGap, Literal } from "../../../../shared/src/ir/facts";
import type { Range } from "../../../../shared/src/ir/span";
import { rangeOf, type Syntax } from "./syntax";

/** What lowering needs to know of the text and of the function around a node. */
export interface Context {
  readonly text: string;
  readonly scope: Scope;
  readonly progress: Progress;
}

/** A function, or the module. */
export interface Scope {
  /** The name of the method's first parameter, whose uses become `this`. */
  readonly self?: string;
  /** Names that `global` and `nonlocal` declare: assigning to them declares nothing here. */
  readonly outer: Set<string>;
  /** Set when a `yield` is met. */
  yields: boolean;
}

/** Shared by all contexts of one file. */
interface Progress {
  readonly gaps: FactsGap[];
  depth: number;
  /** Something was left out because it nests too deeply. */
  tooDeep: boolean;
}

/**
 * How many syntax nodes may lie in each other. A level costs a handful of stack frames here and in whoever walks the
 * facts later; code written by people stays far below.
 */
const deepest = 400;

export function contextOf(text: string): Context {
  return { text, scope: newScope(), progress: { gaps: [], depth: 0, tooDeep: false } };
}

export function newScope(self?: string): Scope {
  return { outer: new Set(), yields: false, ...(self === undefined ? {} : { self }) };
}

/** Whether so many levels more are not too deep; for lists in the text that become nested facts. */
export function fits(ctx: Context, levels: number): boolean {
  return ctx.progress.depth + levels < deepest;
}

/** Lowers one level down, or gives `otherwise` where the nesting is too deep for the stack. */
export function deeper<T>(ctx: Context, node: Syntax, otherwise: () => T, lower: () => T): T {
  if (ctx.progress.depth >= deepest) {
    ctx.progress.tooDeep = true;
    addGap(ctx, "nested too deeply", rangeOf(node));
    return otherwise();
  }
  ctx.progress.depth++;
  try {
    return lower();
  } finally {
    ctx.progress.depth--;
  }
}

/** Records something that the facts do not show at all. */
export function addGap(ctx: Context, because: string, at: Range): void {
  ctx.progress.gaps.push({ because, at });
}

export function textOf(ctx: Context, node: Syntax): string {
  return ctx.text.slice(node.start, node.end);
}

export function unknown(at: Range, because: string, parts: readonly Expr[] = []): Expr {
  return parts.length === 0 ? { k: "unknown", because, at } : { k: "unknown", because, parts, at };
}

export function literal(value: Literal, at: Range): Expr {
  return { k: "lit", value, at };
}
