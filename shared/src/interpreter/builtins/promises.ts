/**
 * Promises: a settled value is the value itself. `then`, `catch` and `finally` need words, and that it is still a promise
 * where nothing has awaited it.
 */
import type { Expr } from "../../ir/facts";
import type { Span } from "../../ir/span";
import { branches } from "../core/branches";
import { callValue } from "../syntax/calls";
import { evaluate, evaluateArgs } from "../syntax/expressions";
import { setPending } from "../core/heap";
import type { Method } from "./methods";
import { Thrown } from "../core/signals";
import type { Evaluation } from "../core/state";
import { known, oneOf, unknown } from "../core/values";
import type { CallArgs, CallPlaces, Scope, AbstractValue } from "../core/values";
import { implicitThrow } from "../syntax/unseen";

/** `p.then(f, g)` and `p.finally(f)` of any value. */
export function promiseMethod(
  run: Evaluation,
  scope: Scope,
  value: AbstractValue,
  name: string,
): Method | undefined {
  if (name === "finally") {
    return ({ positional: [after], at }) => {
      if (after) callValue(run, scope, after, callArgs([], at));
      return pending(run, value);
    };
  }
  if (name !== "then") return undefined;
  return ({ positional: [fulfilled, rejected], at }) => {
    const open = value.t === "extern" || value.t === "unknown";
    if (open && rejected && rejected.t !== "const") {
      const side = run.explorer?.fork(2);
      const fail = (): AbstractValue =>
        callValue(run, scope, rejected, callArgs([unknown("a rejection", at)], at));
      const succeed = (): AbstractValue => settle(run, scope, fulfilled, value, at);
      if (side === undefined) return pending(run, oneOf(branches(run, [succeed, fail], at), at));
      return pending(run, side === 0 ? succeed() : fail());
    }
    return pending(run, settle(run, scope, fulfilled, value, at));
  };
}

function settle(
  run: Evaluation,
  scope: Scope,
  fulfilled: AbstractValue | undefined,
  value: AbstractValue,
  at: Span,
): AbstractValue {
  if (!fulfilled || fulfilled.t === "const") return value;
  return callValue(run, scope, fulfilled, callArgs([value], at));
}

function callArgs(positional: AbstractValue[], at: Span): CallArgs {
  return { positional, named: new Map(), construct: false, at, calleeAt: at };
}

type CallExpr = Extract<Expr, { k: "call" }>;

/** `p.catch(f)`: what makes `p` is covered as by a `try`. */
export function promiseCatch(
  run: Evaluation,
  scope: Scope,
  expr: CallExpr,
  promise: Expr,
  places: CallPlaces,
): AbstractValue {
  const handler =
    evaluateArgs(run, scope, expr.args, places).positional[0] ?? known(undefined, places.at);
  const recover = (error: AbstractValue): AbstractValue =>
    callValue(run, scope, handler, callArgs([error], places.at));
  const oracle = run.explorer;
  if (!oracle) {
    const fail = (): AbstractValue => recover(unknown("a rejection", places.at));
    const results = branches(run, [() => evaluate(run, scope, promise), fail], places.at);
    return pending(run, oneOf(results, places.at));
  }
  const depth = oracle.tries.length;
  oracle.tries = [...oracle.tries, { depth: run.depth }];
  try {
    const value = evaluate(run, scope, promise);
    if (value.t === "extern" || value.t === "unknown") implicitThrow(run, places.at);
    return pending(run, value);
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    oracle.tries = oracle.tries.slice(0, depth);
    oracle.caught();
    return pending(run, recover(error.value));
  } finally {
    oracle.tries = oracle.tries.slice(0, depth);
  }
}

/** Notes that the value comes as a promise. */
export function pending(run: Evaluation, value: AbstractValue): AbstractValue {
  setPending(run.heap, value, true);
  return value;
}

/** The value once it was waited for; of `Promise.all` its elements too. */
export function awaited(run: Evaluation, value: AbstractValue): AbstractValue {
  setPending(run.heap, value, false);
  if (value.t === "array") for (const item of value.items) setPending(run.heap, item, false);
  return value;
}

/** Whether a value may be a promise that nothing has awaited. */
export function isPending(run: Evaluation, value: AbstractValue): boolean {
  if (value.t === "oneOf") return value.of.some((branch) => isPending(run, branch));
  return run.heap.pending.has(value);
}

/** What a `return` gives. In JavaScript a promise is handed on: what it rejects with leaves the function. */
export function returned(run: Evaluation, scope: Scope, expr: Expr): AbstractValue {
  if (run.explorer?.tries.length && scope.language === "typescript")
    markReturnedUnawaited(run, expr);
  return evaluate(run, scope, expr);
}

function markReturnedUnawaited(run: Evaluation, expr: Expr): void {
  if (expr.k === "call") run.returnedUnawaited.add(expr);
  if (expr.k === "conditional")
    [expr.then, expr.else].forEach((side) => markReturnedUnawaited(run, side));
  if (expr.k === "logical")
    [expr.left, expr.right].forEach((side) => markReturnedUnawaited(run, side));
}

/** Runs a function whose promises the active function hands on. */
export function forwardingPromise<T>(run: Evaluation, body: () => T): T {
  const { depth } = run;
  run.forwardsPromise.add(depth);
  try {
    return body();
  } finally {
    run.forwardsPromise.delete(depth);
  }
}

/** Runs code whose rejection no `try` of the functions sees that hand it on. */
export function returningUnawaited<T>(run: Evaluation, body: () => T): T {
  const { explorer: oracle } = run;
  let { depth } = run;
  while (run.forwardsPromise.has(depth - 1)) depth--;
  const first = oracle?.tries.findIndex((frame) => frame.depth >= depth) ?? -1;
  if (!oracle || first < 0) return body();
  const own = oracle.tries.slice(first);
  oracle.tries = oracle.tries.slice(0, first);
  try {
    return body();
  } catch (error) {
    if (error instanceof Thrown) error.past = depth;
    throw error;
  } finally {
    oracle.tries = [...oracle.tries.slice(0, first), ...own];
  }
}
