/** Header fields of a response, from `headers` and `multiValueHeaders`. */
import { resolvedPath } from "../../interpreter/core/header-names";
import { isTainted } from "../../interpreter/core/constraints";
import type { PathConstraint } from "../../interpreter/core/path-explorer";
import type {
  GuardTest,
  ObjectValue,
  Property,
  AbstractValue,
} from "../../interpreter/core/values";
import { isBoolean, isNumber, isString, toStrings, toValue } from "../library-value";
import type { Guard, HeaderField, Value } from "../../model/model";
import { within } from "../../ir/span";

export interface Headers {
  readonly fields: HeaderField[];
  readonly complete: boolean;
  readonly because?: string;
}

type ConstraintMap = ReadonlyMap<string, PathConstraint>;

export function readHeaders(response: ObjectValue, constraints: ConstraintMap): Headers {
  const parts = [
    fromSlot(response.props.get("headers"), constraints, false),
    fromSlot(
      response.props.get("multiValueHeaders") ?? response.props.get("multi_value_headers"),
      constraints,
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

function fromSlot(slot: Property | undefined, constraints: ConstraintMap, multi: boolean): Headers {
  if (!slot) return { fields: [], complete: true };
  const found = fromValue(slot.value, constraints, multi);
  return slot.maybe
    ? { ...found, fields: found.fields.map((field) => ({ ...field, maybe: true })) }
    : found;
}

function fromValue(value: AbstractValue, constraints: ConstraintMap, multi: boolean): Headers {
  if (value.t === "const") return { fields: [], complete: true };
  if (value.t === "oneOf") {
    const parts = value.of.map((branch) => fromValue(branch, constraints, multi));
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
    .flatMap(([name, slot]) => fieldsOf(name, slot, constraints, multi));
  return {
    fields,
    complete: value.open === undefined,
    ...(value.open === undefined ? {} : { because: value.open }),
  };
}

/** As header fields: the properties of an object that became none. */
export function fieldsIn(value: ObjectValue, constraints: ConstraintMap): HeaderField[] {
  return fromValue(value, constraints, false).fields;
}

/** A header is sent once for each element of its list in `multiValueHeaders`. */
function fieldsOf(
  name: string,
  slot: Property,
  constraints: ConstraintMap,
  multi: boolean,
): HeaderField[] {
  const { value } = slot;
  const listed =
    multi &&
    value.t === "array" &&
    value.open === undefined &&
    value.items.every((item) => item.t !== "maybe");
  return (listed ? value.items : [value]).map((item) =>
    fieldOf(name, slot, item, constraints, multi),
  );
}

function fieldOf(
  name: string,
  slot: Property,
  value: AbstractValue,
  constraints: ConstraintMap,
  multi: boolean,
): HeaderField {
  return {
    name,
    value: placed(headerValue(value, constraints), slot),
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
function placed(value: HeaderField["value"], slot: Property): HeaderField["value"] {
  if (value.kind !== "fromRequest") return value;
  const { at } = value;
  const { entry } = slot;
  return within(at, entry) ? value : { ...value, at: slot.name };
}

const isPlain = (value: unknown): value is string | number | boolean =>
  isString(value) || isNumber(value) || isBoolean(value);

/** A header's value; a part of the request keeps what was checked before it was let through. */
export function headerValue(
  value: AbstractValue,
  constraints: ConstraintMap,
): Value<string | number | boolean> {
  if (value.t === "request") {
    const path = resolvedPath(constraints, value.path);
    const found = constraints.get(path.join("\0"));
    if (found?.equals?.t === "const" && isString(found.equals.value)) {
      return { kind: "known", value: found.equals.value, at: value.at };
    }
    return {
      kind: "fromRequest",
      header: path[0] === "headers" ? (path[1] ?? "*") : "*",
      guard: guardOf(found?.guard),
      at: value.at,
    };
  }
  if (value.t === "array") {
    // A list of one is sent as that one, as far as is known.
    const several = value.open !== undefined || value.items.length > 1;
    const base = { kind: "unknown", because: "a list", at: value.at } as const;
    return several ? { ...base, several: true } : base;
  }
  if (value.t === "unknown" && joinsParts(value))
    return { kind: "unknown", because: value.because, several: true, at: value.at };
  if (value.t === "oneOf") {
    return {
      kind: "oneOf",
      of: value.of.map((branch) => headerValue(branch, constraints)),
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

/** `${a}, ${b}`: a comma between two parts, whatever they are. */
function joinsParts({ pieces = [] }: Extract<AbstractValue, { t: "unknown" }>): boolean {
  const isPart = (piece: AbstractValue | undefined): boolean =>
    piece !== undefined && piece.t !== "const";
  return pieces.some(
    (piece, i) =>
      piece.t === "const" &&
      /^\s*,\s*$/.test(String(piece.value)) &&
      isPart(pieces[i - 1]) &&
      isPart(pieces[i + 1]),
  );
}

/** What the evaluator found of a test, in the model's words. */
export function guardOf(guard: GuardTest | undefined): Guard {
  if (!guard) return { kind: "none" };
  if (guard.kind === "unknown") return guard;
  if (guard.kind === "bypassable") {
    const { beside, ...test } = guard;
    return beside ? { ...test, beside: toStrings(beside) } : test;
  }
  const { allowed } = guard;
  const list: AbstractValue =
    allowed.t === "const" ? { t: "array", items: [allowed], at: allowed.at } : allowed;
  return { kind: "exact", allowed: toStrings(list), at: guard.at };
}
