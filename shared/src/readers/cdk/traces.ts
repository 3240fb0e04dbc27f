/** What a value leads back to: tokens such as `api.apiId` inside texts and CDK's functions. */
import type { CallArgs, ExternValue, AbstractValue } from "../../interpreter/core/values";
import { classOf } from "../library-value";

/** The objects that `wanted` accepts and of which the value is made, nearest first. */
export function madeOf(
  val: AbstractValue,
  wanted: (value: ExternValue) => boolean,
): readonly ExternValue[] {
  const found = new Set<ExternValue>();
  const seen = new Set<AbstractValue>();
  const visit = (value: AbstractValue): void => {
    if (seen.has(value) || seen.size > maxVisits) return;
    seen.add(value);
    for (const part of partsOf(value, wanted, found)) visit(part);
  };
  visit(val);
  return [...found];
}

/** The function whose ARN a URI is made of: `arn:…/functions/${fn.functionArn}/invocations`. */
export function functionIn(uri: AbstractValue | undefined): ExternValue | undefined {
  return uri && madeOf(uri, (value) => /Function$/.test(classOf(value) ?? ""))[0];
}

const maxVisits = 500;

/** Constructs that only hold others: `this.account` of a stack is not made of what the stack was given. */
const scopes = /^(cdk\.(App|Stage|Stack|NestedStack)|constructs\.Construct)\(\)$/;

/** A found object is not looked into. */
function partsOf(
  value: AbstractValue,
  wanted: (value: ExternValue) => boolean,
  found: Set<ExternValue>,
): readonly AbstractValue[] {
  switch (value.t) {
    case "extern":
      if (wanted(value)) {
        found.add(value);
        return [];
      }
      if (scopes.test(value.path)) return [];
      if (value.made.by === "member") return [value.made.of];
      if (value.made.by === "call") return [...given(value.made.args), value.made.callee];
      return [];
    case "object":
      // What a construct of the workspace was given is no part of what is made within it: `new Bucket(this, …)`.
      if (value.base) return wanted(value.base) ? [value.base] : [];
      return value.cls ? [] : [...value.props.values()].map((slot) => slot.value);
    case "array":
      return value.items;
    case "oneOf":
      return value.of;
    case "maybe":
      return [value.of];
    case "unknown":
      return value.mentions ?? [];
    default:
      return [];
  }
}

const given = (args: CallArgs): readonly AbstractValue[] => [
  ...args.positional,
  ...[...args.named.values()].map((slot) => slot.value),
];
