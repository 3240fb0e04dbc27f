/** Promises: a settled value is the value itself, so only `then`, `catch` and `finally` need words. */
import type { Expr } from "../facts";
import type { Span } from "../span";
import { branches } from "./branches";
import { callValue, implicitThrow } from "./calls";
import { evaluate, evaluateArgs } from "./expressions";
import type { Method } from "./methods";
import { Thrown } from "./signals";
import type { Run } from "./run";
import { known, oneOf, unknown } from "./values";
import type { CallArgs, Scope, Val } from "./values";

/** `p.then(f, g)` and `p.finally(f)` of any value. */
export function promiseMethod(
  run: Run,
  scope: Scope,
  value: Val,
  name: string,
): Method | undefined {
  if (name === "finally") {
    return ({ positional: [after], at }) => {
      if (after) callValue(run, scope, after, callArgs([], at));
      return value;
    };
  }
  if (name !== "then") return undefined;
  return ({ positional: [fulfilled, rejected], at }) => {
    const open = value.t === "extern" || value.t === "unknown";
    if (open && rejected && rejected.t !== "const") {
      const side = run.oracle?.choose(2, at);
      const fail = (): Val =>
        callValue(run, scope, rejected, callArgs([unknown("a rejection", at)], at));
      const succeed = (): Val => settle(run, scope, fulfilled, value, at);
      if (side === undefined) return oneOf(branches(run, [succeed, fail], at), at);
      return side === 0 ? succeed() : fail();
    }
    return settle(run, scope, fulfilled, value, at);
  };
}

function settle(run: Run, scope: Scope, fulfilled: Val | undefined, value: Val, at: Span): Val {
  if (!fulfilled || fulfilled.t === "const") return value;
  return callValue(run, scope, fulfilled, callArgs([value], at));
}

function callArgs(positional: Val[], at: Span): CallArgs {
  return { positional, named: new Map(), construct: false, at, calleeAt: at };
}

type CallExpr = Extract<Expr, { k: "call" }>;

/** `p.catch(f)`: what makes `p` is covered as by a `try`. */
export function promiseCatch(
  run: Run,
  scope: Scope,
  expr: CallExpr,
  promise: Expr,
  places: Omit<CallArgs, "positional" | "named" | "open">,
): Val {
  const handler =
    evaluateArgs(run, scope, expr.args, places).positional[0] ?? known(undefined, places.at);
  const recover = (error: Val): Val => callValue(run, scope, handler, callArgs([error], places.at));
  const oracle = run.oracle;
  if (!oracle) {
    const fail = (): Val => recover(unknown("a rejection", places.at));
    return oneOf(branches(run, [() => evaluate(run, scope, promise), fail], places.at), places.at);
  }
  const depth = oracle.tries.length;
  oracle.tries.push({ considered: undefined });
  try {
    const value = evaluate(run, scope, promise);
    if (value.t === "extern" || value.t === "unknown") implicitThrow(run, places.at);
    return value;
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    oracle.tries.length = depth;
    oracle.catching++;
    return recover(error.value);
  } finally {
    oracle.tries.length = depth;
  }
}
