/** Calls into code that is not seen: what they may change, throw and return. */
import type { Span } from "../../ir/span";
import { branches } from "../core/branches";
import { taintOf, taintOfCall } from "../core/constraints";
import { pending } from "../builtins/promises";
import { weaken } from "./members";
import { spanOf } from "../core/state";
import { Thrown } from "../core/signals";
import type { Evaluation } from "../core/state";
import { known, unknown } from "../core/values";
import type { AbstractValue, CallArgs, RequestValue, Scope, UnknownValue } from "../core/values";
import { callFunction } from "./calls";

export function callUnseen(
  run: Evaluation,
  scope: Scope,
  args: CallArgs,
  because: string,
  target?: AbstractValue,
): AbstractValue {
  const results = afterUnseen(run, scope, args, true);
  const reason = because.startsWith("the result of ") ? because : `the result of ${because}`;
  const taint = { ...taintOf(...results), ...taintOfCall(args, target) };
  const value = predicate(results, reason, args.at, taint);
  return mayPromise(scope, args) ? pending(run, value) : value;
}

/** What unseen code returns may be a promise; what it constructs is none. */
export function mayPromise({ language }: Scope, { construct }: CallArgs): boolean {
  return language === "typescript" && !construct;
}

/** `allowed.some((a) => origin.includes(a))`, `find`, `any` … of a list that is not seen: true only if the function once was. */
export function predicate(
  results: readonly AbstractValue[],
  because: string,
  at: Span,
  taint: Partial<UnknownValue>,
): AbstractValue {
  const [only] = results;
  const test = only?.t === "unknown" && only.test ? { test: only.test } : {};
  return unknown(because, at, { ...taint, ...test });
}

/** Why an object that unseen code was given may hold more than is seen. */
export const givenAway = "unseen code may have changed it";

/**
 * Unseen code may throw, may change the objects that it is given, and may call the functions that it is given; the
 * results are what these functions returned.
 */
export function afterUnseen(
  run: Evaluation,
  scope: Scope,
  args: CallArgs,
  mutates: boolean,
): AbstractValue[] {
  const given = [...args.positional, ...[...args.named.values()].map((slot) => slot.value)];
  if (mutates) {
    implicitThrow(run, args.at);
    for (const value of given)
      if (value.t === "object" && !value.cls) weaken(run, value, givenAway);
  }
  const results: AbstractValue[] = [];
  for (const value of given) {
    if (value.t !== "function" || value.fn.params.length > 6) continue;
    const params = value.fn.params.map((param) =>
      unknown("an argument from unseen code", spanOf(value.scope, param.at)),
    );
    const visit = (): AbstractValue =>
      callFunction(run, value, {
        positional: params,
        named: new Map(),
        construct: false,
        at: args.at,
        calleeAt: args.calleeAt,
      });
    if (run.explorer) results.push(visit());
    else results.push(...branches(run, [visit, () => known(undefined, args.at)], args.at));
  }
  return results;
}

/**
 * A place where code that is not seen may throw. In a `try` the way on which it does is followed too: once, and anew
 * where what answers are made of has been written since.
 * @param part what of the request may not be there, unless the code has found it
 */
export function implicitThrow(run: Evaluation, at: Span, part?: RequestValue): void {
  const oracle = run.explorer;
  if (run.speculation) run.speculation.mayThrow ??= at;
  if (!oracle) return;
  const frame = oracle.tries.at(-1);
  if (!frame) return run.hooks.mayThrow?.(at);
  // A part that the code has found is not absent: what throws then is what stands in it.
  const absent = part && oracle.constraintOn(part).truthy !== true ? part : undefined;
  // That a part is absent is not all that may throw: a way without that assumption is still to be followed.
  const kind = absent ? "absent" : "considered";
  if (frame[kind] === run.heap.writeVersion) return;
  oracle.consider(kind, run.heap.writeVersion);
  if (oracle.fork(2) === 0) return;
  if (absent) oracle.learn(absent, { truthy: false, refused: true });
  throw new Thrown(unknown("an exception of unseen code", at), at, true);
}
