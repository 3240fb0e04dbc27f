/**
 * The headers that CORS middleware adds to answers, read from its options. What each library really does was found by
 * running it: some send `*` beside credentials, others then send back whatever Origin the request names.
 */
import { callProps, isBoolean, toStrings, toValue } from "../library-value";
import type { Props } from "../library-value";
import type { ExternValue, Property, AbstractValue } from "../../interpreter/core/values";
import type { HeaderField, Value } from "../../model/model";
import type { Span } from "../../ir/span";
import { givenAway } from "../../interpreter/syntax/unseen";

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
}

const likeHono: MiddlewareOptions = {
  origins: ["origin"],
  credentials: "credentials",
  default: "*",
  openWithCredentials: "*",
  starInList: false,
  textIsSent: false,
};

export const middlewareOptions = {
  /** npm cors */
  express: { ...likeHono, textIsSent: true },
  hono: likeHono,
  /** Powertools for TypeScript */
  powertoolsTs: { ...likeHono, starInList: true },
  /** @fastify/cors */
  fastify: { ...likeHono, textIsSent: true, starInList: true, overriddenBy: ["delegator"] },
  /** @middy/http-cors; `getOrigin` is a function. */
  middy: {
    origins: ["origins", "origin"],
    credentials: "credentials",
    default: "*",
    openWithCredentials: "origin",
    starInList: true,
    textIsSent: true,
    overriddenBy: ["getOrigin"],
  },
  /** CORSMiddleware of Starlette and FastAPI; older versions do so for requests with cookies only. */
  starlette: {
    origins: ["allowOrigins"],
    credentials: "allowCredentials",
    default: "nothing",
    openWithCredentials: "origin",
    starInList: true,
    textIsSent: false,
    overriddenBy: ["allowOriginRegex"],
  },
  flask: {
    origins: ["origins"],
    credentials: "supportsCredentials",
    default: "*",
    openWithCredentials: "origin",
    starInList: true,
    textIsSent: false,
    overriddenBy: ["sendWildcard"],
  },
  chalice: {
    origins: ["allowOrigin"],
    credentials: "allowCredentials",
    default: "*",
    openWithCredentials: "*",
    starInList: false,
    textIsSent: true,
  },
  /** CORSConfig of Powertools for Python */
  powertoolsPy: {
    origins: ["allowOrigin"],
    credentials: "allowCredentials",
    default: "*",
    openWithCredentials: "no credentials",
    starInList: false,
    textIsSent: false,
  },
} satisfies Readonly<Record<string, MiddlewareOptions>>;

/** The headers of answers, one list for each set of options; empty where they cannot be seen. */
export type Sends = readonly (readonly HeaderField[])[];

/** What middleware sends that is given its options as argument `index`, or by keywords. */
export function sentBy(value: ExternValue, index: number, options: MiddlewareOptions): Sends {
  return sentWith(callProps(value, index), options, value.at);
}

export function sentWith(given: Props, options: MiddlewareOptions, at: Span): Sends {
  const { slots } = given;
  // Given to the middleware itself, as all options are.
  const open = given.open === givenAway ? undefined : given.open;
  if (open !== undefined || options.overriddenBy?.some((name) => slots.has(name))) return [];
  const slot = options.origins.map((name) => slots.get(name)).find((one) => one !== undefined);
  const allowed = originsOf(slot, options, at);
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

/** `*` for every origin; else what becomes of the request's. `undefined` when it cannot be seen, or is nothing. */
function originsOf(
  slot: Property | undefined,
  options: MiddlewareOptions,
  at: Span,
): Value<string> | "*" | undefined {
  if (!slot) return options.default === "*" ? "*" : undefined;
  const { value } = slot;
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
