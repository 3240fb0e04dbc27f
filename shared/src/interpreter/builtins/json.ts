import type { Span } from "../../ir/span";
import { mostParts } from "../core/size";
import { array, known, object, unknown } from "../core/values";
import type { AbstractValue } from "../core/values";

/** Values in one another, and values of a file that are looked at: what lies deeper or behind them is not known. */
const deepest = 64;
const mostValues = 50_000;

/** A JSON value as the evaluator's; every part stands at `at`. What is too large of it is not known. */
export function fromJson(json: unknown, at: Span): AbstractValue {
  return converted(json, at, 0, { left: mostValues });
}

function converted(
  json: unknown,
  at: Span,
  depth: number,
  budget: { left: number },
): AbstractValue {
  if (
    json === null ||
    typeof json === "string" ||
    typeof json === "number" ||
    typeof json === "boolean"
  ) {
    return known(json, at);
  }
  if (typeof json !== "object") return unknown("a value that is not in the file", at);
  if (depth >= deepest) return unknown("JSON that nests too deeply", at);
  const inner = (value: unknown): AbstractValue => converted(value, at, depth + 1, budget);
  if (Array.isArray(json)) {
    const items: readonly unknown[] = json.slice(0, take(budget, json.length));
    return array(items.map(inner), at, items.length < json.length ? "a long list" : undefined);
  }
  const entries = Object.entries(json);
  const result = object(at);
  for (const [key, value] of entries.slice(0, take(budget, entries.length))) {
    result.props.set(key, { value: inner(value), name: at, entry: at });
  }
  if (result.props.size < entries.length) result.open = "an object with very many keys";
  return result;
}

/** How many of these may be looked at. */
function take(budget: { left: number }, count: number): number {
  const taken = Math.min(count, mostParts, budget.left);
  budget.left -= taken;
  return taken;
}
