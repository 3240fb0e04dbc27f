import { ts } from "ts-morph";
import type { Expr, FactsGap, Stmt } from "../../../../shared/src/ir/facts";
import type { Range } from "../../../../shared/src/ir/span";

/**
 * How deep syntax may nest before the rest of it is `unknown`. Code that people write stays below 100; the limit keeps
 * generated code from overflowing the stack here and wherever facts are walked.
 */
const deepest = 300;

/** A loop or `switch` around, with its label. */
interface Jump {
  readonly loop: boolean;
  readonly label?: string;
}

/** What the lowering of one file, and within it of one function and one loop, carries along. */
export interface Context {
  readonly source: ts.SourceFile;
  /** Collects what was not understood. */
  readonly gaps: FactsGap[];
  /** Names of the function's `var`s that are declared at its start, so that a `var` further down is an assignment. */
  readonly hoisted: ReadonlySet<string>;
  /** The last part of the three-part `for` around, which `continue` must still run. */
  readonly update: readonly Stmt[];
  /** What `break` and `continue` may leave, outermost first. */
  readonly jumps: readonly Jump[];
  depth: number;
}

export function rootContext(source: ts.SourceFile): Context {
  return { source, gaps: [], hoisted: new Set(), update: [], jumps: [], depth: 0 };
}

/** The place of a node, without the comments and blanks before it. */
export function rangeOf(context: Context, node: ts.Node): Range {
  const start = node.getStart(context.source);
  return [start, Math.max(start, node.end)];
}

export function textOf(context: Context, node: ts.Node): string {
  return context.source.text.slice(...rangeOf(context, node));
}

/** Runs one step of the descent, or `otherwise` when the syntax nests deeper than the limit. */
export function descend<T>(context: Context, node: ts.Node, step: () => T, otherwise: () => T): T {
  if (context.depth >= deepest) {
    context.gaps.push({ because: tooDeep, at: rangeOf(context, node) });
    return otherwise();
  }
  context.depth += 1;
  const result = step();
  context.depth -= 1;
  return result;
}

export const tooDeep = "nested too deeply";

export function unknown(because: string, at: Range, parts: readonly Expr[] = []): Expr {
  return { k: "unknown", because, ...(parts.length > 0 ? { parts } : {}), at };
}

/** Evaluates all, yields the one at `position`: the comma operator and its kin, in words that facts have. */
export function sequence(parts: readonly Expr[], position: number, at: Range): Expr {
  const items = parts.map((value) => ({ value }));
  const key: Expr = { k: "lit", value: position, at };
  return { k: "index", of: { k: "array", items, at }, key, at };
}

/** A function without parameters that is called at once: statements where only an expression may stand. */
export function callOf(body: readonly Stmt[], at: Range): Expr {
  const callee: Expr = { k: "function", fn: { params: [], body, arrow: true, at }, at };
  return { k: "call", callee, args: [], at };
}

export function modifiersOf(node: ts.Node): readonly ts.ModifierLike[] {
  return ts.canHaveModifiers(node) || ts.canHaveDecorators(node) ? (node.modifiers ?? []) : [];
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return modifiersOf(node).some((modifier) => modifier.kind === kind);
}
