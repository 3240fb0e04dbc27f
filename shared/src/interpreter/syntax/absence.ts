/** Reading a part of what is not there. */
import type { Span } from "../../ir/span";
import { assumeOrFork } from "../core/constraints";
import { Thrown } from "../core/signals";
import type { Evaluation } from "../core/state";
import { known, oneOf, unknown } from "../core/values";
import type { AbstractValue, ObjectValue, Scope } from "../core/values";
import { isNullish } from "./members";
import { membership } from "./operators";
import { implicitThrow } from "./unseen";

/** Parts of an event that API Gateway sends as `null`, or leaves out, where the request has none; and what is below them. */
const nullable = new Set([
  "queryStringParameters",
  "multiValueQueryStringParameters",
  "stageVariables",
  "body",
  "cookies",
]);

/**
 * Reading a member of nothing throws in JavaScript, which matters to a `try` around it. That a part of the request is there
 * is known where it was asked for before.
 */
export function mayStop(run: Evaluation, scope: Scope, of: AbstractValue, at: Span): void {
  if (scope.language !== "typescript" || !run.explorer?.tries.length) return;
  if (of.t !== "request") {
    if (isNullish(of)) implicitThrow(run, at);
    return;
  }
  const [first = "", ...rest] = of.path;
  const isHeader = first === "headers" && rest.length === 1;
  if (!nullable.has(first) && !isHeader) return;
  const { truthy, equals } = run.explorer.constraintOn(of);
  if (truthy !== true && equals === undefined) implicitThrow(run, at, of);
}

/** What a part of the request picks from a record: one of its values, or nothing. */
export function chosenBy(
  run: Evaluation,
  scope: Scope,
  value: ObjectValue,
  key: AbstractValue,
  at: Span,
): AbstractValue {
  const values = [...value.props.values()].map((slot) => slot.value);
  const nothing = known(undefined, at);
  if (values.length === 0) return nothing;
  if (!run.explorer) return oneOf([...values, nothing], at);
  if (assumeOrFork(run, scope, membership(value, key, at, true))) return oneOf(values, at);
  if (scope.language === "typescript" || run.explorer.tries.length === 0) return nothing;
  // Python raises where a dict has no such key.
  throw new Thrown(unknown("a KeyError", at), at, true);
}
