/** `defaultCorsPreflightOptions` and `addCorsPreflight`: which preflights a REST API's resources answer. */
import type { ExternValue, Property, AbstractValue } from "../../interpreter/core/values";
import type { CorsPolicy, IgnoredOption } from "../../model/model";
import { within } from "../../ir/span";
import { callProps, toProps } from "../library-value";
import type { Props } from "../library-value";
import { readPolicies, readPolicy } from "./policy";

/** What a resource answers to preflights by itself. */
export type Preflight =
  | { readonly kind: "none" }
  /** One of these; `conditional` ones may be absent. */
  | { readonly kind: "policies"; readonly of: readonly CorsPolicy[] }
  | { readonly kind: "unknown"; readonly because: string };

export const noPreflight: Preflight = { kind: "none" };

type RestForm = "restDefault" | "restResource";

/** Policies by the value (or the places) that they were read from: options that many resources share are one policy. */
export type PolicyCache = Map<AbstractValue | string, Partial<Record<RestForm, Preflight>>>;

/** `defaultCorsPreflightOptions` of an API or resource; `undefined` when it is not given, so that the parent's holds. */
export function defaultPreflight(
  cache: PolicyCache,
  value: ExternValue,
  props: Props,
): Preflight | undefined {
  const slot = props.slots.get("defaultCorsPreflightOptions");
  if (slot && isNothing(slot.value)) return undefined;
  if (!slot) return props.open === undefined ? undefined : { kind: "unknown", because: props.open };
  const preflight = cached(cache, slot.value, "restDefault", () => readSlot(slot, value));
  return slot.maybe ? conditionally(preflight) : preflight;
}

/** `null` and `undefined`, which CDK takes as "not given". */
export function isNothing(val: AbstractValue): boolean {
  return val.t === "const" && (val.value === undefined || val.value === null);
}

function readSlot(slot: Property, value: ExternValue): Preflight {
  return fromVal(slot.value, "restDefault", value, slot);
}

function fromVal(
  val: AbstractValue,
  form: RestForm,
  value: ExternValue,
  slot?: Property,
): Preflight {
  const policies = readPolicies(val, form, value.language, slot?.name ?? value.at);
  if (!policies)
    return {
      kind: "unknown",
      because: val.t === "unknown" ? val.because : "the policy is made elsewhere",
    };
  const preflight: Preflight = { kind: "policies", of: policies };
  return val.t === "oneOf" ? conditionally(preflight) : preflight;
}

function conditionally(preflight: Preflight): Preflight {
  if (preflight.kind !== "policies") return preflight;
  return { kind: "policies", of: preflight.of.map((policy) => ({ ...policy, conditional: true })) };
}

function cached(
  cache: PolicyCache,
  val: AbstractValue | string,
  form: RestForm,
  read: () => Preflight,
): Preflight {
  const earlier = cache.get(val) ?? {};
  const preflight = earlier[form] ?? read();
  cache.set(val, { ...earlier, [form]: preflight });
  return preflight;
}

/** `resource.addCorsPreflight({ … })`, in Python with keyword arguments. */
export function addedPreflight(cache: PolicyCache, call: ExternValue): Preflight {
  if (call.made.by !== "call") return noPreflight;
  const { args } = call.made;
  const [given] = args.positional;
  if (given && !toProps(given) && given.t !== "oneOf")
    return { kind: "unknown", because: "the options cannot be seen" };
  if (given)
    return cached(cache, given, "restResource", () => fromVal(given, "restResource", call));
  const props = callProps(call, 0);
  const outside = [...props.slots.values()]
    .map((slot) => slot.entry)
    .filter((entry) => !within(entry, args.at));
  if (outside.length > 0 && outside.length === props.slots.size && props.open === undefined) {
    const key = outside.map(({ file, start }) => `${file}:${start}`).join(" ");
    return cached(cache, key, "restResource", () => fromProps(props, call));
  }
  return fromProps(outside.length === 0 ? { ...props, block: args.at } : props, call);
}

function fromProps(props: Props, call: ExternValue): Preflight {
  return { kind: "policies", of: [readPolicy(props, "restResource", call.language, call.at)] };
}

const ignoredBecause: Readonly<Record<string, string>> = {
  addProxy:
    "A proxy resource does not pass it on. Give it to the resource above, or call addCorsPreflight on the proxy.",
  ProxyResource:
    "A proxy resource does not pass it on. Give it to the resource above, or call addCorsPreflight on the proxy.",
  SpecRestApi:
    "SpecRestApi has no such option. Write the OPTIONS operations into the OpenAPI document.",
};

/** `defaultCorsPreflightOptions` where CDK drops it, unless what holds in its place says the same. */
export function ignoredDefault(
  props: Props,
  on: string,
  construct: ExternValue,
  inherited: Preflight = noPreflight,
): IgnoredOption[] {
  const slot = props.slots.get("defaultCorsPreflightOptions");
  if (!slot || isNothing(slot.value)) return [];
  if (inherited.kind !== "none" && sameMeaning(readSlot(slot, construct), inherited)) return [];
  const option =
    construct.language === "python"
      ? "default_cors_preflight_options"
      : "defaultCorsPreflightOptions";
  return [{ option, on, at: slot.name, because: ignoredBecause[on] ?? "CDK drops it." }];
}

/** Whether two say the same, wherever they were written. */
function sameMeaning(a: Preflight, b: Preflight): boolean {
  return JSON.stringify(a, withoutPlaces) === JSON.stringify(b, withoutPlaces);
}

const places = new Set(["at", "name", "entry", "block"]);

function withoutPlaces(key: string, value: unknown): unknown {
  return places.has(key) ? undefined : value;
}
