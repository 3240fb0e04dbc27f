/** Header fields of a response, from `headers` and `multiValueHeaders`. */
import { isTainted } from "../../interpreter/core/constraints";
import type { Learnt } from "../../interpreter/core/path-explorer";
import type { GuardTest, ObjectVal, Slot, Val } from "../../interpreter/core/values";
import { isBoolean, isNumber, isString, toStrings, toValue } from "../library-value";
import type { Guard, HeaderField, Value } from "../../model/model";
import { within } from "../../ir/span";

export interface Headers {
  readonly fields: HeaderField[];
  readonly complete: boolean;
  readonly because?: string;
}

type LearntMap = ReadonlyMap<string, Learnt>;

export function readHeaders(response: ObjectVal, learnt: LearntMap): Headers {
  const parts = [
    fromSlot(response.props.get("headers"), learnt, false),
    fromSlot(
      response.props.get("multiValueHeaders") ?? response.props.get("multi_value_headers"),
      learnt,
      true,
    ),
  ];
  const because = parts.find((part) => !part.complete)?.because ?? response.open;
  return {
    fields: parts.flatMap((part) => part.fields),
    complete: because === undefined,
    ...(because === undefined ? {} : { because }),
  };
}

function fromSlot(slot: Slot | undefined, learnt: LearntMap, multi: boolean): Headers {
  if (!slot) return { fields: [], complete: true };
  const found = fromValue(slot.value, learnt, multi);
  return slot.maybe
    ? { ...found, fields: found.fields.map((field) => ({ ...field, maybe: true })) }
    : found;
}

function fromValue(value: Val, learnt: LearntMap, multi: boolean): Headers {
  if (value.t === "const") return { fields: [], complete: true };
  if (value.t === "oneOf") {
    const parts = value.of.map((branch) => fromValue(branch, learnt, multi));
    const because = parts.find((part) => !part.complete)?.because;
    const fields = parts.flatMap((part) =>
      part.fields.map((field) => ({ ...field, maybe: true as const })),
    );
    return {
      fields,
      complete: because === undefined,
      ...(because === undefined ? {} : { because }),
    };
  }
  if (value.t !== "object") {
    return {
      fields: [],
      complete: false,
      because: value.t === "unknown" ? value.because : "headers that cannot be seen",
    };
  }
  const fields = [...value.props]
    .filter(([, slot]) => !(slot.value.t === "const" && slot.value.value === undefined))
    .flatMap(([name, slot]) => fieldsOf(name, slot, learnt, multi));
  return {
    fields,
    complete: value.open === undefined,
    ...(value.open === undefined ? {} : { because: value.open }),
  };
}

/** As header fields: the properties of an object that became none. */
export function fieldsIn(value: ObjectVal, learnt: LearntMap): HeaderField[] {
  return fromValue(value, learnt, false).fields;
}

/** A header is sent once for each element of its list in `multiValueHeaders`. */
function fieldsOf(name: string, slot: Slot, learnt: LearntMap, multi: boolean): HeaderField[] {
  const { value } = slot;
  const listed =
    multi &&
    value.t === "array" &&
    value.open === undefined &&
    value.items.every((item) => item.t !== "maybe");
  return (listed ? value.items : [value]).map((item) => fieldOf(name, slot, item, learnt, multi));
}

function fieldOf(
  name: string,
  slot: Slot,
  value: Val,
  learnt: LearntMap,
  multi: boolean,
): HeaderField {
  return {
    name,
    value: placed(headerValue(value, learnt), slot),
    at: slot.name,
    entry: slot.entry,
    ...(slot.written ? { written: slot.written } : {}),
    ...(multi ? { multi: true } : {}),
    ...(slot.maybe ? { maybe: true } : {}),
    ...(slot.brought ? { brought: slot.brought } : {}),
    ...(slot.from ? { from: slot.from } : {}),
  };
}

/** What was read from the request elsewhere is found where it becomes a header. */
function placed(value: HeaderField["value"], slot: Slot): HeaderField["value"] {
  if (value.kind !== "fromRequest") return value;
  const { at } = value;
  const { entry } = slot;
  return within(at, entry) ? value : { ...value, at: slot.name };
}

const isPlain = (value: unknown): value is string | number | boolean =>
  isString(value) || isNumber(value) || isBoolean(value);

/** A header's value; a part of the request keeps what was checked before it was let through. */
export function headerValue(value: Val, learnt: LearntMap): Value<string | number | boolean> {
  if (value.t === "request") {
    const found = learnt.get(value.path.join("\0"));
    if (found?.equals?.t === "const" && isString(found.equals.value)) {
      return { kind: "known", value: found.equals.value, at: value.at };
    }
    return {
      kind: "fromRequest",
      header: value.path[0] === "headers" ? (value.path[1] ?? "*") : "*",
      guard: guardOf(found?.guard),
      at: value.at,
    };
  }
  if (value.t === "array") return { kind: "unknown", because: "a list", at: value.at };
  if (value.t === "oneOf") {
    return {
      kind: "oneOf",
      of: value.of.map((branch) => headerValue(branch, learnt)),
      at: value.at,
    };
  }
  if (value.t === "unknown" && value.about?.path.join() === "headers,origin") {
    // Put together from the origin: it hangs on who asks, and what lets it through cannot be judged.
    const guard: Guard = { kind: "unknown", at: value.at };
    return { kind: "fromRequest", header: "*", guard, at: value.at };
  }
  if (value.t === "unknown" && isTainted(value)) {
    return { kind: "unknown", because: "computed from the request", at: value.at };
  }
  return toValue(value, isPlain);
}

function guardOf(guard: GuardTest | undefined): Guard {
  if (!guard) return { kind: "none" };
  if (guard.kind === "unknown") return guard;
  if (guard.kind === "bypassable") {
    const { beside, ...test } = guard;
    return beside ? { ...test, beside: toStrings(beside) } : test;
  }
  const { allowed } = guard;
  const list: Val =
    allowed.t === "const" ? { t: "array", items: [allowed], at: allowed.at } : allowed;
  return { kind: "exact", allowed: toStrings(list), at: guard.at };
}
