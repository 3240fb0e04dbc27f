/** Escape hatches: what `node.defaultChild` is told after the construct was made. */
import { memoizeByIdentity } from "../../base/memoize";
import type { Evaluation } from "../../interpreter/core/state";
import type { ExternValue, Property, AbstractValue } from "../../interpreter/core/values";
import type { ApiCors, CorsPolicy, Field } from "../../model/model";
import type { Span } from "../../ir/span";
import { argument, isString, methodCall, toProps, toValue } from "../library-value";
import { policyField, readPolicies } from "./policy";

/** One change to a template property of an L1 construct. */
export interface Override {
  /** From the resource's properties down, as `["CorsConfiguration", "AllowOrigins"]`; `undefined` = not known. */
  readonly path: readonly string[] | undefined;
  /** `undefined`: the property is deleted. */
  readonly value: AbstractValue | undefined;
  /** Set as a property of the construct, with its names; else merged into the template, with CloudFormation's. */
  readonly assigned: boolean;
  readonly conditional: boolean;
  /** The path's text or the property's name, and the whole call. */
  readonly name: Span;
  readonly entry: Span;
}

type Event = Evaluation["events"][number];

/** The events of a program that was run which may change an L1 construct: few of many, and every API looks for its own. */
const escapesIn = memoizeByIdentity((events: readonly Event[]) =>
  events.filter(
    (event) =>
      event.k === "set" ||
      (event.k === "call" &&
        /^(add(Property)?(Deletion)?Override|(tryF|f)indChild)$/.test(
          methodCall(event.value)?.name ?? "",
        )),
  ),
);

/** What is changed on the L1 construct behind `value` (or on itself), in the order in which CDK applies it. */
export function overridesOf(run: Evaluation, value: ExternValue): readonly Override[] {
  const targets = new Set([value, ...childrenOf(run, value)]);
  const merged: Override[] = [];
  const assigned: Override[] = [];
  for (const event of escapesIn(run.events)) {
    if (event.k === "set") assigned.push(...assignment(event, targets));
    if (event.k !== "call") continue;
    const method = methodCall(event.value);
    if (method && targets.has(method.on))
      merged.push(...mergeOf(event.value, method.name, event.conditional));
  }
  return [...assigned, ...merged];
}

/** `node.defaultChild`, and what `node.findChild("Resource")` gives. */
function childrenOf(run: Evaluation, value: ExternValue): readonly ExternValue[] {
  const node = value.members.get("node");
  if (node?.t !== "extern") return [];
  const child = node.members.get("defaultChild");
  const found = escapesIn(run.events).flatMap((event) => {
    if (event.k !== "call") return [];
    const method = methodCall(event.value);
    return method?.on === node && /^(tryF|f)indChild$/.test(method.name) ? [event.value] : [];
  });
  return child?.t === "extern" ? [child, ...found] : found;
}

function assignment(
  event: Extract<Event, { k: "set" }>,
  targets: ReadonlySet<ExternValue>,
): Override[] {
  const { of, name, value, at, conditional } = event;
  const common = {
    assigned: true,
    conditional,
    name: at,
    entry: { ...at, end: value.at.file === at.file ? Math.max(at.end, value.at.end) : at.end },
  };
  if (targets.has(of)) return [{ ...common, path: [capital(name)], value }];
  // `cfnApi.corsConfiguration.allowOrigins = […]`
  const inner = of.made.by === "member" && targets.has(of.made.of) ? of.made.name : undefined;
  return inner === undefined ? [] : [{ ...common, path: [capital(inner), capital(name)], value }];
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function mergeOf(call: ExternValue, method: string, conditional: boolean): Override[] {
  if (!/^add(Property)?(Deletion)?Override$/.test(method) || call.made.by !== "call") return [];
  const path = argument(call, 0, method.includes("Property") ? "propertyPath" : "path");
  const text = path && toValue(path, isString);
  const common = {
    assigned: false,
    conditional,
    name: path?.at ?? call.at,
    entry: call.made.args.at,
  };
  const value = method.includes("Deletion")
    ? undefined
    : (argument(call, 1, "value") ??
      ({ t: "unknown", because: "no value", at: call.at } satisfies AbstractValue));
  if (text?.kind !== "known") return [{ ...common, path: undefined, value }];
  const parts = text.value.split(".");
  if (method.includes("Property")) return [{ ...common, path: parts, value }];
  return parts[0] === "Properties" ? [{ ...common, path: parts.slice(1), value }] : [];
}

/** Why a property is not what the construct's options say; `undefined` when nothing changes it. */
export function whyOverridden(
  run: Evaluation,
  value: ExternValue,
  property: string,
): string | undefined {
  const found = overridesOf(run, value).find(
    ({ path }) =>
      path === undefined ||
      path.length === 0 ||
      path.join(".").includes(property) ||
      property.startsWith(path.join(".")),
  );
  if (!found) return undefined;
  return found.assigned ? "an assignment to the L1 construct changes it" : "an override changes it";
}

/** The CORS configuration of an HTTP API after its escape hatches. */
export function withOverrides(run: Evaluation, value: ExternValue, cors: ApiCors): ApiCors {
  return overridesOf(run, value).reduce(
    (before, override) => afterOverride(before, override, value),
    cors,
  );
}

function afterOverride(cors: ApiCors, override: Override, on: ExternValue): ApiCors {
  const { path } = override;
  if (path === undefined || path.length === 0)
    return { kind: "unknown", because: "an override of a property that is not known" };
  if (path[0] !== "CorsConfiguration") return cors;
  if (override.conditional) return { kind: "unknown", because: "an override on some ways only" };
  const [, option, ...deeper] = path;
  if (option === undefined) return replaced(cors, override, on);
  if (deeper.length > 0) return { kind: "unknown", because: "an override of a part of a list" };
  if (override.value === undefined) {
    return cors.kind === "policy"
      ? { ...cors, of: cors.of.map((policy) => without(policy, option)) }
      : cors;
  }
  const slot: Property = { value: override.value, name: override.name, entry: override.entry };
  return merged(cors, new Map([[option, slot]]), override, on);
}

/** All of the configuration: assigned anew, merged, or deleted. */
function replaced(cors: ApiCors, override: Override, on: ExternValue): ApiCors {
  const { value, assigned, name } = override;
  if (value === undefined || (assigned && value.t === "const")) return { kind: "none" };
  if (assigned) {
    const policies = readPolicies(value, "cfnApi", on.language, name);
    return policies
      ? { kind: "policy", of: policies }
      : { kind: "unknown", because: "an assignment to the L1 construct changes it" };
  }
  const props = value.t === "object" ? toProps(value) : undefined;
  if (!props || props.open !== undefined)
    return { kind: "unknown", because: "an override changes it" };
  return merged(cors, props.slots, override, on);
}

/** CDK merges an override into the template; lists are replaced. */
function merged(
  cors: ApiCors,
  slots: ReadonlyMap<string, Property>,
  { name }: Override,
  on: ExternValue,
): ApiCors {
  if (cors.kind === "unknown") return cors;
  const fresh: CorsPolicy = {
    form: "cfnApi",
    language: on.language,
    at: name,
    ignored: [],
    complete: true,
  };
  const policies = cors.kind === "policy" ? cors.of : [fresh];
  const fields: Record<string, Field<unknown>> = {};
  for (const [option, slot] of slots) {
    const field = policyField("cfnApi", lower(option), slot);
    if (field) fields[lower(option)] = field;
  }
  return { kind: "policy", of: policies.map((policy) => ({ ...policy, ...fields })) };
}

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

function without(policy: CorsPolicy, option: string): CorsPolicy {
  return Object.fromEntries(
    Object.entries(policy).filter(([name]) => name !== lower(option)),
  ) as unknown as CorsPolicy;
}
