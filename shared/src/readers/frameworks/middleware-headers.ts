/**
 * The headers that CORS middleware adds to answers, read from its options. What each library really does was found by
 * running it: some send `*` beside credentials, others then send back whatever Origin the request names.
 */
import type { Guard } from "../../model/guard";
import { guardOf } from "../handler/headers";
import { elementsOf } from "../../interpreter/core/elements";
import { patternGuard } from "../../interpreter/builtins/string-tests";
import { callProps, isBoolean, toStrings, toValue } from "../library-value";
import type { Props } from "../library-value";
import type { ExternValue, Property, AbstractValue } from "../../interpreter/core/values";
import type { HeaderField, Value } from "../../model/model";
import type { Span } from "../../ir/span";
import { givenAway } from "../../interpreter/syntax/unseen";
import type { Evaluation } from "../../interpreter/core/state";
import { decidedBy } from "./origin-functions";
import type { Deciding } from "./origin-functions";

/** How one library names its options, and what it makes of them. */
export interface MiddlewareOptions {
  /** Options for the allowed origins, by their names in camel case; a single text, or a list. */
  readonly origins: readonly string[];
  readonly credentials: string;
  /** Allowed when no origin is given: every one, or none. */
  readonly default: "*" | "nothing";
  /** What is sent when every origin and credentials are allowed. */
  readonly openWithCredentials: "*" | "origin" | "no credentials";
  /** `*` among other entries of a list allows every origin. */
  readonly starInList: boolean;
  /** A single text is sent to everyone; else only the page that it names gets it. */
  readonly textIsSent: boolean;
  /** Options that decide otherwise about origins. */
  readonly overriddenBy?: readonly string[];
  /** An option for further origins, beside the first. */
  readonly more?: string;
  /** An option for a pattern that has to match the whole origin. */
  readonly pattern?: string;
  /** Options that may be given by their position. */
  readonly positional?: readonly string[];
  /** A regular expression among the origins, or in their place, is matched anywhere in the origin. */
  readonly matches?: true;
  /** A function in the place of origins decides, and says so in this way. */
  readonly decides?: Deciding;
}

/** The options of Hono's middleware, and how most others differ from them. */
export const likeHono: MiddlewareOptions = {
  origins: ["origin"],
  credentials: "credentials",
  default: "*",
  openWithCredentials: "*",
  starInList: false,
  textIsSent: false,
};

/** The headers of answers, one list for each set of options; empty where they cannot be seen. */
export type Sends = readonly (readonly HeaderField[])[];

/** What middleware sends that is given its options as argument `index`, or by keywords. */
export function sentBy(
  value: ExternValue,
  index: number,
  options: MiddlewareOptions,
  run?: Evaluation,
): Sends {
  return sentWith(optionsOf(value, index, options), options, value.at, run);
}

/** The options of a call, those among them that are given by their position. */
function optionsOf(
  value: ExternValue,
  index: number,
  { positional = [] }: MiddlewareOptions,
): Props {
  const props = callProps(value, index);
  const given = value.made.by === "call" ? value.made.args.positional : [];
  const named = positional.flatMap((name, i) => {
    const arg = given[i];
    return arg ? [[name, { value: arg, name: arg.at, entry: arg.at }] as const] : [];
  });
  return { ...props, slots: new Map([...named, ...props.slots]) };
}

/** `run` is asked where a function decides about origins. */
export function sentWith(
  given: Props,
  options: MiddlewareOptions,
  at: Span,
  run?: Evaluation,
): Sends {
  const { slots } = given;
  // Given to the middleware itself, as all options are.
  const open = given.open === givenAway ? undefined : given.open;
  if (open !== undefined || options.overriddenBy?.some((name) => slots.has(name))) return [];
  const slot = options.origins.map((name) => slots.get(name)).find((one) => one !== undefined);
  const pattern = options.pattern === undefined ? undefined : slots.get(options.pattern);
  const more = options.more === undefined ? undefined : slots.get(options.more);
  const decide = slot?.value.t === "function" ? slot.value : undefined;
  const listed =
    decide && options.decides && run
      ? decidedBy(run, decide, options.decides)
      : originsOf(withMore(slot, more), options, at);
  const allowed = pattern ? withPattern(listed, pattern) : listed;
  if (allowed === undefined) return [];
  const credentials = credentialsOf(slots.get(options.credentials));
  const every = allowed === "*";
  if (every && credentials?.maybe) return [];
  const drops = every && options.openWithCredentials === "no credentials";
  const reflects = every && credentials !== undefined && options.openWithCredentials === "origin";
  const star = slot ? starAt(slot.value) : at;
  const value: Value<string> =
    allowed !== "*"
      ? allowed
      : reflects
        ? { kind: "fromRequest", header: "origin", guard: { kind: "none" }, at: star }
        : { kind: "known", value: "*", at: star };
  const origin: HeaderField = {
    name: "Access-Control-Allow-Origin",
    at: slot?.name ?? at,
    value,
    ...(slot ? { entry: slot.entry } : {}),
  };
  return [[origin, ...(credentials && !drops ? [credentials] : [])]];
}

/** The first origin and the others as one list. */
function withMore(slot: Property | undefined, more: Property | undefined): Property | undefined {
  if (!slot || !more || (more.value.t === "const" && !more.value.value)) return slot;
  if (slot.value.t === "const" && slot.value.value === "*") return slot;
  const { items, open } = elementsOf(more.value);
  const value: AbstractValue = {
    t: "array",
    items: [slot.value, ...items],
    open,
    at: slot.value.at,
  };
  return { ...slot, value };
}

/** What a pattern lets through, beside a list. */
function withPattern(
  listed: Value<string> | "*" | undefined,
  { value, name }: Property,
): Value<string> | "*" | undefined {
  if (listed === "*" || (value.t === "const" && !value.value)) return listed;
  const written =
    value.t === "regex"
      ? value.pattern
      : value.t === "const" && typeof value.value === "string"
        ? value.value
        : undefined;
  const test: Guard =
    written === undefined
      ? { kind: "unknown", at: value.at }
      : guardOf(patternGuard(`^${written.replace(/^\^|\$$/g, "")}$`, 0, value, value.at));
  const matched: Value<string> = { kind: "fromRequest", header: "origin", guard: test, at: name };
  return listed ? { kind: "oneOf", of: [listed, matched], at: name } : matched;
}

/** Regular expressions in the place of origins, or among them. */
function matchedBy(slot: Property): Value<string> | undefined {
  const { items, open } =
    slot.value.t === "array" ? slot.value : { items: [slot.value], open: undefined };
  const patterns = items.flatMap((item) => (item.t === "regex" ? [item] : []));
  if (patterns.length === 0) return undefined;
  const texts = items.filter((item) => item.t !== "regex");
  const guards = patterns.map((item) => guardOf(patternGuard(item.pattern, 0, item, item.at)));
  const rest: AbstractValue = { t: "array", items: texts, open, at: slot.value.at };
  if (texts.length > 0)
    guards.unshift({ kind: "exact", allowed: toStrings(rest), at: slot.value.at });
  const of = guards.map((guard): Value<string> => ({
    kind: "fromRequest",
    header: "origin",
    guard,
    at: slot.name,
  }));
  const [only] = of;
  return of.length === 1 && only ? only : { kind: "oneOf", of, at: slot.name };
}

/** `*` for every origin; else what becomes of the request's. `undefined` when it cannot be seen, or is nothing. */
function originsOf(
  slot: Property | undefined,
  options: MiddlewareOptions,
  at: Span,
): Value<string> | "*" | undefined {
  if (!slot) return options.default === "*" ? "*" : undefined;
  const { value } = slot;
  const matched = options.matches ? matchedBy(slot) : undefined;
  if (matched) return matched;
  if (value.t === "const") {
    if (value.value === true)
      return { kind: "fromRequest", header: "origin", guard: { kind: "none" }, at: value.at };
    if (typeof value.value !== "string" || value.value === "") return undefined;
    if (value.value === "*") return "*";
    if (options.textIsSent) return { kind: "known", value: value.value, at: value.at };
  }
  const one = value.t === "const" ? { t: "array" as const, items: [value], at: value.at } : value;
  const allowed = toStrings(one);
  if (allowed.kind !== "known" || allowed.value.length === 0) return undefined;
  const stars = allowed.value.some((item) => item.kind === "known" && item.value === "*");
  if (stars) return options.starInList ? "*" : undefined;
  return {
    kind: "fromRequest",
    header: "origin",
    guard: { kind: "exact", allowed, at },
    at: slot.name,
  };
}

/** The option for credentials, where the library leaves these out because every origin is allowed. */
export function droppedCredentials(
  value: ExternValue,
  options: MiddlewareOptions,
): Span | undefined {
  const { slots, open } = optionsOf(value, Infinity, options);
  const slot = options.origins.map((name) => slots.get(name)).find((one) => one !== undefined);
  const credentials = slots.get(options.credentials);
  const wanted = credentials?.value.t === "const" && credentials.value.value === true;
  const every = originsOf(slot, options, value.at) === "*";
  return open === undefined && wanted && every && options.openWithCredentials === "no credentials"
    ? credentials.name
    : undefined;
}

function starAt(value: AbstractValue): Span {
  if (value.t !== "array") return value.at;
  return value.items.find((item) => item.t === "const" && item.value === "*")?.at ?? value.at;
}

function credentialsOf(slot: Property | undefined): HeaderField | undefined {
  if (!slot) return undefined;
  const given = toValue(slot.value, isBoolean);
  if (given.kind === "known" && !given.value) return undefined;
  const base = { name: "Access-Control-Allow-Credentials", at: slot.name, entry: slot.entry };
  const value: Value<string> = { kind: "known", value: "true", at: given.at };
  return given.kind === "known" ? { ...base, value } : { ...base, value, maybe: true };
}
