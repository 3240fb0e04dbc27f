/** Reading a part of what is not there. */
import type { Span } from "../../ir/span";
import type { Evaluation } from "../core/state";
import type { AbstractValue, Scope } from "../core/values";
import { implicitThrow } from "./unseen";
import { isNullish } from "./members";

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
  const { truthy, equals } = run.explorer.constraintsOn(of);
  if (truthy !== true && equals === undefined) implicitThrow(run, at, of);
}
