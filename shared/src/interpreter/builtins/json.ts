import type { Span } from "../../ir/span";
import { array, known, object, unknown } from "../core/values";
import type { AbstractValue } from "../core/values";

/** A JSON value as the evaluator's; every part stands at `at`. */
export function fromJson(json: unknown, at: Span): AbstractValue {
  if (
    json === null ||
    typeof json === "string" ||
    typeof json === "number" ||
    typeof json === "boolean"
  ) {
    return known(json, at);
  }
  if (Array.isArray(json))
    return array(
      json.map((item: unknown) => fromJson(item, at)),
      at,
    );
  if (typeof json !== "object" || json === undefined)
    return unknown("a value that is not in the file", at);
  const result = object(at);
  for (const [key, value] of Object.entries(json)) {
    result.props.set(key, { value: fromJson(value, at), name: at, entry: at });
  }
  return result;
}
