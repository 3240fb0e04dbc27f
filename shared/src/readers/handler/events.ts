/** Which events a way is taken for. */
import type { PathConstraint } from "../../interpreter/core/path-explorer";
import type { AbstractValue } from "../../interpreter/core/values";

/** What an event of API Gateway or of a Function URL holds, payload 1.0 and 2.0. */
const eventKeys = new Set(
  (
    "resource path httpMethod headers multiValueHeaders queryStringParameters multiValueQueryStringParameters " +
    "pathParameters stageVariables requestContext body isBase64Encoded version routeKey rawPath rawQueryString cookies"
  ).split(" "),
);

/** The way is taken only for events that no HTTP request makes: records, schedules, a call of itself with an `action`. */
export function isOtherEvent(known: ReadonlyMap<string, PathConstraint>): boolean {
  for (const [key, learnt] of known) {
    const [part = "", more] = key.split("\0");
    if (part === "" || eventKeys.has(part)) continue;
    if (more !== undefined || learnt.truthy === true || isPresent(learnt.equals)) return true;
  }
  return false;
}

/** The path is taken only for an Origin that no browser sends: `*` stands for every one in answers, and is none. */
export function isNoOrigin(known: ReadonlyMap<string, PathConstraint>): boolean {
  const equals = known.get("headers\0origin")?.equals;
  return equals?.t === "const" && equals.value === "*";
}

function isPresent(value: AbstractValue | undefined): boolean {
  return (
    value?.t === "const" && value.value !== null && value.value !== undefined && value.value !== ""
  );
}
