/** Whether options of `fetch` hold a body for certain. */
import type { AbstractValue } from "../../interpreter/core/values";
import type { Span } from "../../ir/span";
import { objectOf } from "./call-draft";

/** The option `body`, where its value is neither `null` nor `undefined` on any way. */
export function certainBody(options: readonly (AbstractValue | undefined)[]): Span | undefined {
  for (const given of [...options].reverse()) {
    if (given === undefined || given.t === "const") continue;
    const object = objectOf(given);
    if (object?.open !== undefined || !object) return undefined;
    const slot = object.props.get("body");
    if (slot) return slot.maybe !== true && isBody(slot.value) ? slot.name : undefined;
  }
  return undefined;
}

function isBody(value: AbstractValue): boolean {
  switch (value.t) {
    case "const":
      return value.value !== undefined && value.value !== null;
    case "object":
    case "array":
      return true;
    case "oneOf":
      return value.of.every(isBody);
    case "extern": {
      if (value.made.by !== "call") return false;
      const { callee, args } = value.made;
      const [first] = args.positional;
      // `JSON.stringify(undefined)` is no text.
      if (callee.path === "global:JSON.stringify") return first !== undefined && isRecord(first);
      return /^global:(window\.|globalThis\.)?(FormData|URLSearchParams|Blob)$/.test(callee.path);
    }
    default:
      return false;
  }
}

const isRecord = (value: AbstractValue): boolean =>
  value.t === "object" || value.t === "array" || (value.t === "const" && value.value !== undefined);
