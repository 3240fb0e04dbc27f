/**
 * The headers that CORS middleware adds to answers, read from its options. What each library really does was found by
 * running it: some send `*` beside credentials, others then send back whatever Origin the request names.
 */
import { callProps, isBoolean, toStrings, toValue } from "../library-value";
import type { Props } from "../library-value";
import { givenAway } from "../../interpreter/syntax/calls";
import type { ExternVal, Slot, Val } from "../../interpreter/core/values";
import type { HeaderField, Value } from "../../model/model";
import type { Span } from "../../ir/span";

/** How one library names its options, and what it makes of them. */
export interface Dialect {
  /** Options for the allowed origins, by their names in camel case; a single text, or a list. */
  readonly origins: readonly string[];
  readonly credentials: string;
  /** Allowed when no origin is given: every one, or none. */
  readonly otherwise: "*" | "nothing";
  /** What is sent when every origin and credentials are allowed. */
  readonly openWithCredentials: "*" | "origin" | "no credentials";
  /** `*` among other entries of a list allows every origin. */
  readonly starInList: boolean;
  /** A single text is sent to everyone; else only the page that it names gets it. */
  readonly textIsSent: boolean;
  /** Options that decide otherwise about origins. */
  readonly instead?: readonly string[];
}

const likeHono: Dialect = {
  origins: ["origin"],
  credentials: "credentials",
  otherwise: "*",
  openWithCredentials: "*",
  starInList: false,
  textIsSent: false,
};

export const dialects = {
  /** npm cors */
  express: { ...likeHono, textIsSent: true },
  hono: likeHono,
  /** Powertools for TypeScript */
  powertoolsTs: { ...likeHono, starInList: true },
  /** @fastify/cors */
  fastify: { ...likeHono, textIsSent: true, starInList: true, instead: ["delegator"] },
  /** @middy/http-cors; `getOrigin` is a function. */
  middy: {
    origins: ["origins", "origin"],
    credentials: "credentials",
    otherwise: "*",
    openWithCredentials: "origin",
    starInList: true,
    textIsSent: true,
    instead: ["getOrigin"],
  },
  /** CORSMiddleware of Starlette and FastAPI; older versions do so for requests with cookies only. */
  starlette: {
    origins: ["allowOrigins"],
    credentials: "allowCredentials",
    otherwise: "nothing",
    openWithCredentials: "origin",
    starInList: true,
    textIsSent: false,
    instead: ["allowOriginRegex"],
  },
  flask: {
    origins: ["origins"],
    credentials: "supportsCredentials",
    otherwise: "*",
    openWithCredentials: "origin",
    starInList: true,
    textIsSent: false,
    instead: ["sendWildcard"],
  },
  chalice: {
    origins: ["allowOrigin"],
    credentials: "allowCredentials",
    otherwise: "*",
    openWithCredentials: "*",
    starInList: false,
    textIsSent: true,
  },
  /** CORSConfig of Powertools for Python */
  powertoolsPy: {
    origins: ["allowOrigin"],
    credentials: "allowCredentials",
    otherwise: "*",
    openWithCredentials: "no credentials",
    starInList: false,
    textIsSent: false,
  },
} satisfies Readonly<Record<string, Dialect>>;

/** The headers of answers, one list for each set of options; empty where they cannot be seen. */
export type Sends = readonly (readonly HeaderField[])[];

/** What middleware sends that is given its options as argument `index`, or by keywords. */
export function sentBy(value: ExternVal, index: number, dialect: Dialect): Sends {
  return sentWith(callProps(value, index), dialect, value.at);
}

export function sentWith(options: Props, dialect: Dialect, at: Span): Sends {
  const { slots } = options;
  // Given to the middleware itself, as all options are.
  const open = options.open === givenAway ? undefined : options.open;
  if (open !== undefined || dialect.instead?.some((name) => slots.has(name))) return [];
  const slot = dialect.origins.map((name) => slots.get(name)).find((one) => one !== undefined);
  const allowed = originsOf(slot, dialect, at);
  if (allowed === undefined) return [];
  const credentials = credentialsOf(slots.get(dialect.credentials));
  const every = allowed === "*";
  if (every && credentials?.maybe) return [];
  const drops = every && dialect.openWithCredentials === "no credentials";
  const reflects = every && credentials !== undefined && dialect.openWithCredentials === "origin";
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
  slot: Slot | undefined,
  dialect: Dialect,
  at: Span,
): Value<string> | "*" | undefined {
  if (!slot) return dialect.otherwise === "*" ? "*" : undefined;
  const { value } = slot;
  if (value.t === "const") {
    if (value.value === true)
      return { kind: "fromRequest", header: "origin", guard: { kind: "none" }, at: value.at };
    if (typeof value.value !== "string" || value.value === "") return undefined;
    if (value.value === "*") return "*";
    if (dialect.textIsSent) return { kind: "known", value: value.value, at: value.at };
  }
  const one = value.t === "const" ? { t: "array" as const, items: [value], at: value.at } : value;
  const allowed = toStrings(one);
  if (allowed.kind !== "known" || allowed.value.length === 0) return undefined;
  const stars = allowed.value.some((item) => item.kind === "known" && item.value === "*");
  if (stars) return dialect.starInList ? "*" : undefined;
  return {
    kind: "fromRequest",
    header: "origin",
    guard: { kind: "exact", allowed, at },
    at: slot.name,
  };
}

function starAt(value: Val): Span {
  if (value.t !== "array") return value.at;
  return value.items.find((item) => item.t === "const" && item.value === "*")?.at ?? value.at;
}

function credentialsOf(slot: Slot | undefined): HeaderField | undefined {
  if (!slot) return undefined;
  const given = toValue(slot.value, isBoolean);
  if (given.kind === "known" && !given.value) return undefined;
  const base = { name: "Access-Control-Allow-Credentials", at: slot.name, entry: slot.entry };
  const value: Value<string> = { kind: "known", value: "true", at: given.at };
  return given.kind === "known" ? { ...base, value } : { ...base, value, maybe: true };
}
