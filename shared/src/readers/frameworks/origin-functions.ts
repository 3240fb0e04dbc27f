/**
 * Functions that decide about origins: `cors({ origin: (origin, callback) => … })` of Express and Fastify, Hono's
 * `cors({ origin: (origin) => … })`. They are followed as handlers are: what a path checked is what it lets through.
 */
import { assumeOrFork, testOf } from "../../interpreter/core/constraints";
import type { PathConstraint } from "../../interpreter/core/path-explorer";
import type { Evaluation } from "../../interpreter/core/state";
import type { AbstractValue, FunctionValue, RequestValue } from "../../interpreter/core/values";
import { known } from "../../interpreter/core/values";
import type { Value } from "../../model/model";
import { guardOf, headerValue } from "../handler/headers";
import { explorePaths } from "../handler/paths";
import { isString, toStrings } from "../library-value";

/** How such a function says what it decides. */
export type Deciding = "returns" | "calls back";

/**
 * What the function lets through: `undefined` where that cannot be seen, or is nothing. Requests without an origin are left
 * out, as no page makes them.
 */
export function decidedBy(
  run: Evaluation,
  decide: FunctionValue,
  how: Deciding,
): Value<string> | undefined {
  const origin: RequestValue = { t: "request", path: ["headers", "origin"], at: decide.at };
  const logged = run.events.length;
  const { paths, complete } = explorePaths(run, decide.scope, decide, decide.at, (callback) =>
    how === "returns" ? [origin] : [origin, decidingBy(run, decide, callback)],
  );
  run.events.length = logged;
  if (!complete) return undefined;
  const asked = paths.filter(({ constraints }) => constraints.get(key)?.truthy !== false);
  const decisions = asked.flatMap(({ answers, constraints }) =>
    answers
      .filter(({ by }) => (by === "callback") === (how === "calls back"))
      .map(({ value }) => allowed(value, origin, constraints)),
  );
  if (decisions.includes("unseen")) return undefined;
  const of = decisions.filter((one) => one !== "nothing" && one !== "unseen");
  const [only] = of;
  return of.length > 1 ? { kind: "oneOf", of, at: decide.at } : only;
}

/** `callback(null, allowed.has(origin))`: either side of a test is a path of its own. */
function decidingBy(
  run: Evaluation,
  { scope }: FunctionValue,
  callback: AbstractValue,
): AbstractValue {
  if (callback.t !== "native") return callback;
  return {
    ...callback,
    call: (args) => {
      const [error, value, ...others] = args.positional;
      if (!error || value?.t !== "unknown" || !testOf(value)) return callback.call(args);
      const holds = known(assumeOrFork(run, scope, value), value.at);
      return callback.call({ ...args, positional: [error, holds, ...others] });
    },
  };
}

const key = "headers\0origin";

/** What one decision stands for: `true` for the origin that asks, a text for itself, a list for the origins in it. */
function allowed(
  value: AbstractValue,
  origin: RequestValue,
  constraints: ReadonlyMap<string, PathConstraint>,
): Value<string> | "nothing" | "unseen" {
  if (value.t === "const") {
    if (value.value === true) return allowed(origin, origin, constraints);
    if (typeof value.value !== "string") return value.value ? "unseen" : "nothing";
    return value.value === "" ? "nothing" : { kind: "known", value: value.value, at: value.at };
  }
  if (value.t === "request") {
    const found = headerValue(value, constraints);
    if (found.kind === "fromRequest") return found;
    return found.kind === "known" && isString(found.value)
      ? { ...found, value: found.value }
      : "unseen";
  }
  if (value.t !== "array") return "unseen";
  const list = toStrings(value);
  if (list.kind !== "known") return "unseen";
  const guard = guardOf({ kind: "exact", allowed: value, at: value.at });
  return { kind: "fromRequest", header: "origin", guard, at: value.at };
}
