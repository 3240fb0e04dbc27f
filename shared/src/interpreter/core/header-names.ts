/**
 * Headers of the request that are looked up one after another, by their names in whatever case: a loop over them is
 * followed once, with a name and a value that stand for any. What the code learns of the name decides which header the
 * value is: after `k.toLowerCase() === "origin"` it is the request's Origin.
 */
import type { PathConstraint } from "./path-explorer";
import type { Span } from "../../ir/span";
import type { Evaluation } from "./state";
import { array } from "./values";
import type { ArrayValue, RequestValue, AbstractValue } from "./values";

const NAME = "\u0001name ";
const VALUE = "\u0001value ";

/** Whether a value is all of the request's headers. */
export function isHeaders(value: AbstractValue): boolean {
  return value.t === "request" && value.path.length === 1 && value.path[0] === "headers";
}

/** The name of any header, and its value. Each call of a function that goes through them looks for one of its own. */
export function anyHeader(
  run: Evaluation,
  at: Span,
): { readonly name: RequestValue; readonly value: RequestValue } {
  const id = [...run.callSites.slice(-4), at].map(({ start }) => start).join(" ");
  return {
    name: { t: "request", path: ["headers", NAME + id], at },
    value: { t: "request", path: ["headers", VALUE + id], at },
  };
}

/** All headers as a list of names, of values, or of both. */
export function headerList(
  run: Evaluation,
  kind: "keys" | "values" | "entries",
  at: Span,
): ArrayValue {
  const { name, value } = anyHeader(run, at);
  if (kind === "keys") return array([name], at);
  return array([kind === "values" ? value : array([name, value], at)], at);
}

/** Whether a value is the name of any header. */
export function isAnyName(value: AbstractValue | undefined): value is RequestValue {
  return value?.t === "request" && value.path[1]?.startsWith(NAME) === true;
}

/** The value of the header of that name. */
export function valueOfName({ path, at }: RequestValue): RequestValue {
  return { t: "request", path: ["headers", VALUE + (path[1] ?? "").slice(NAME.length)], at };
}

/** All headers, of which the name is one. */
export function headersOf({ at }: RequestValue): RequestValue {
  return { t: "request", path: ["headers"], at };
}

/** Whether a value is that of the header with this name. */
export function belongTogether(
  name: AbstractValue | undefined,
  value: AbstractValue | undefined,
): boolean {
  if (!isAnyName(name) || value?.t !== "request") return false;
  return valueOfName(name).path.join() === value.path.join();
}

/** The path of a request's part, where what is known of a name tells which header a value is. */
export function resolvedPath(
  constraints: ReadonlyMap<string, PathConstraint>,
  path: readonly string[],
): readonly string[] {
  const [first = "", second = ""] = path;
  if (!second.startsWith(VALUE)) return path;
  const name = constraints.get([first, NAME + second.slice(VALUE.length)].join("\0"))?.equals;
  return name?.t === "const" ? [first, String(name.value).toLowerCase()] : path;
}

/** Whether a header was looked for by its name and not found. */
export function isSoughtInVain(
  constraints: ReadonlyMap<string, PathConstraint>,
  header: string,
): boolean {
  return [...constraints].some(
    ([key, { differs }]) =>
      key.split("\0")[1]?.startsWith(NAME) === true &&
      differs.some((value) => value.t === "const" && value.value === header),
  );
}

/** Whether a condition compares the name of any header. */
export function asksForName(test: AbstractValue): boolean {
  return test.t === "unknown" && test.test?.k === "equals" && isAnyName(test.test.subject);
}
