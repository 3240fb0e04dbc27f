/** What a probe will ask, from a description of the API. Pure; nothing is sent here. */
import { replacedBetween, withoutEnd, withoutStart } from "../../../shared/src/base/trim";
import {
  byteLowercase,
  isForbiddenRequestHeader,
  isSafelistedMethod,
  isToken,
  normalizeMethod,
  originOf,
  parseUrl,
  PROFILES,
  serializeOrigin,
  unsafeRequestHeaderNames,
  type Header,
} from "../../../shared/src/browser";

import type { DeclaredPolicy } from "./drift";

/** Requests per route and per run that no probe exceeds, and those that every route gets where a run has many. */
export const ROUTE_BUDGET = 8;
export const RUN_BUDGET = 60;
export const ROUTE_SHARE = 4;

/** One route of an API as the code or the user describes it. */
export interface RouteDescription {
  /** Path below the endpoint; `{id}` and `{proxy+}` stand for anything. */
  readonly path: string;
  readonly methods: readonly string[];
  /** The code puts an authorizer before the route. */
  readonly authorizer?: boolean;
  /** Request headers that the page sets. */
  readonly headers?: readonly string[];
  /** Those that it sets besides with one method only. */
  readonly methodHeaders?: Readonly<Record<string, readonly string[]>>;
  /** Response headers that the page reads, by the method of its request. */
  readonly readsHeaders?: Readonly<Record<string, readonly string[]>>;
  /** Methods of which no page is known: the headers are what pages usually send. */
  readonly guesses?: readonly string[];
}

/** An API as the code describes it. */
export interface ApiDescription {
  readonly routes: readonly RouteDescription[];
  /** Origins of the pages: the policy's and the ones found in the workspace. */
  readonly origins: readonly string[];
  /** A page sends credentials. */
  readonly credentials?: boolean;
  /** The code has a CORS policy, or a page calls the API: silence on the wire is then a fault. */
  readonly servesBrowsers?: boolean;
  /** What the code says that OPTIONS is answered with. */
  readonly declared?: DeclaredPolicy;
}

/** A request that may change data, to be sent once all the same: the user asked for this very one. */
export interface SendWish {
  readonly method: string;
  /** URL of the route; may be left out where there is only one. */
  readonly url?: string;
}

export interface PlanInput {
  /** Base URL of the API, or the URL to probe. */
  readonly endpoint: string;
  readonly api?: ApiDescription;
  readonly origins?: readonly string[];
  readonly methods?: readonly string[];
  /** Header names that the page sets, or `Name: value`; a value is sent to the endpoint only. */
  readonly headers?: readonly string[];
  readonly credentials?: boolean;
  /** The user's word that the host is theirs: allows the checks that try to get past the allow-list. */
  readonly own?: boolean;
  /** Without these only OPTIONS, GET and HEAD are sent. */
  readonly send?: readonly SendWish[];
}

export interface PlannedRoute {
  readonly url: string;
  readonly methods: readonly string[];
  /** Lower-case names of the unsafe request headers that every method has. */
  readonly headers: readonly string[];
  /** All of them, for methods that have more. */
  readonly methodHeaders: Readonly<Record<string, readonly string[]>>;
  readonly readsHeaders: Readonly<Record<string, readonly string[]>>;
  readonly guesses: readonly string[];
  readonly authorizer: boolean;
  /** Nothing is known about the requests: a preflight is tried, but no page is known to need it. */
  readonly assumed: boolean;
  /** The method whose request itself is sent from every page; null where each may change something. */
  readonly reads: "GET" | "HEAD" | null;
  /** Methods whose request itself is sent once, from the first page, because the user asked for it. */
  readonly sends: readonly string[];
  /** The path has a parameter, so that an unknown one asks for the handler's error path. */
  readonly parameter: boolean;
}

export interface ProbePlan {
  readonly endpoint: string;
  readonly origins: readonly string[];
  /** No page is known: the origins are the probe's own guess and prove nothing by being refused. */
  readonly originsAssumed: boolean;
  readonly credentials: boolean;
  readonly own: boolean;
  readonly servesBrowsers: boolean;
  /** Headers with values, for the real requests to the endpoint's own origin. */
  readonly secrets: readonly Header[];
  readonly routes: readonly PlannedRoute[];
  /** What the plan leaves out, and why. */
  readonly skipped: readonly string[];
  /** For the confirmation: nothing else is asked, no more is sent. */
  readonly hosts: readonly string[];
  readonly sends: readonly string[];
  readonly maxRequests: number;
  /** What is not sent unless the user asks for it: these requests may change data. */
  readonly withheld: readonly Required<SendWish>[];
}

/** Lower-case names of the unsafe headers that the page sends with this method. */
export function headersFor(route: PlannedRoute, method: string): readonly string[] {
  return route.methodHeaders[method] ?? route.headers;
}

/** The URL of a route below an endpoint; parameters are filled in. */
export function routeUrl(endpoint: string, path: string): string {
  const [base = endpoint] = endpoint.split(/[?#]/);
  const filled = withoutStart(replacedBetween(path, "{", "}", "cors-probe"), "/");
  return `${withoutEnd(base, "/")}/${filled}`;
}

/** The endpoint is no URL that a browser could ask. */
export class PlanError extends Error {
  override readonly name = "PlanError";
}

/** Requests that no page can send, and those that are sent without being asked for. */
const UNSENDABLE = ["OPTIONS", "CONNECT", "TRACE", "TRACK"];

/** The page that nobody named is as safe as the endpoint, so that mixed content is not its fault. */
const ASSUMED_HOST = "page.cors-probe.example";
const SIDE_EFFECT =
  /(^|[/_-])(log-?out|sign-?out|unsubscribe|delete|remove|reset|confirm)([/_-]|$)/i;

/** Makes the plan. Throws `PlanError` for an endpoint or an origin that is none. */
export function makePlan(input: PlanInput): ProbePlan {
  const url = parseUrl(input.endpoint);
  if (url === null || (url.scheme !== "http" && url.scheme !== "https")) {
    throw new PlanError(`${input.endpoint} is no http or https URL`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new PlanError("the URL contains a user name or password, which browsers refuse");
  }
  const given = [...(input.origins ?? []), ...(input.api?.origins ?? [])];
  const origins = [...new Set(given.map(checkedOrigin))];
  const described = input.api?.routes ?? [];
  const routes = described.length > 0 ? described : [bareRoute(input)];
  const all = routes.map((route) => planRoute(route, input, described.length === 0));
  const planned = withSends(all.slice(0, RUN_BUDGET / ROUTE_SHARE), input, origins);
  const skipped = all
    .slice(planned.length)
    .map(({ url: left }) => `${left}: beyond the run's budget`);
  return {
    endpoint: input.endpoint,
    origins: origins.length > 0 ? origins : [`${url.scheme}://${ASSUMED_HOST}`],
    originsAssumed: origins.length === 0,
    credentials: input.credentials === true || input.api?.credentials === true,
    own: input.own === true,
    servesBrowsers: origins.length > 0 || input.api?.servesBrowsers === true,
    secrets: (input.headers ?? []).flatMap((header) => secretOf(header)),
    routes: planned,
    skipped,
    hosts: [serializeOrigin(url)],
    sends: [
      ...new Set([
        "OPTIONS",
        ...planned.flatMap(({ reads, sends }) => [reads ?? [], sends].flat()),
      ]),
    ],
    maxRequests: Math.min(RUN_BUDGET, planned.length * ROUTE_BUDGET),
    withheld: planned.flatMap(withheldBy),
  };
}

function bareRoute(input: PlanInput): RouteDescription {
  const methods = [...(input.methods ?? []), ...(input.send ?? []).map(({ method }) => method)];
  return { path: "", methods: methods.length > 0 ? methods : ["GET"] };
}

function withheldBy({ url, methods, reads, sends }: PlannedRoute): readonly Required<SendWish>[] {
  return methods
    .filter((method) => method !== reads && method !== "HEAD")
    .filter((method) => isSendable(method) && !sends.includes(method))
    .map((method) => ({ method, url }));
}

function isSendable(method: string): boolean {
  return isToken(method) && !UNSENDABLE.includes(method.toUpperCase());
}

/** The routes with the requests that the user asked for. Throws `PlanError` where it is not clear what to send. */
function withSends(
  routes: readonly PlannedRoute[],
  { send = [] }: PlanInput,
  origins: readonly string[],
): readonly PlannedRoute[] {
  if (send.length > 0 && origins.length === 0)
    throw new PlanError(
      "a request that may change data is sent as a known page would: name its origin",
    );
  const agreed = new Map<string, readonly string[]>();
  for (const wish of send) {
    const method = normalizeMethod(wish.method);
    if (!isSendable(method))
      throw new PlanError(`${wish.method} is no request that a page can send`);
    const [only, ...others] = routes.filter(
      ({ url }) => wish.url === undefined || url === wish.url,
    );
    if (only === undefined) throw new PlanError(`${wish.url ?? ""} is not among what is asked`);
    if (others.length > 0)
      throw new PlanError(`${method} is sent to one address only: give the URL of a route`);
    agreed.set(only.url, [...(agreed.get(only.url) ?? []), method]);
  }
  return routes.map((route) => {
    const wanted = [...new Set(agreed.get(route.url) ?? [])];
    const methods = [...new Set([...route.methods, ...wanted])];
    // What is sent from every page anyway needs no wish.
    return { ...route, methods, sends: wanted.filter((method) => method !== route.reads) };
  });
}

function planRoute(route: RouteDescription, input: PlanInput, bare: boolean): PlannedRoute {
  const [whole = input.endpoint] = input.endpoint.split("#");
  const url = bare ? whole : routeUrl(input.endpoint, route.path);
  const given = [...(route.headers ?? []), ...(input.headers ?? []).map(checkedHeader)];
  const unsafe = unsafeNames(given);
  const more = Object.entries(route.methodHeaders ?? {}).map(([method, headers]) => {
    return [normalizeMethod(method), unsafeNames([...given, ...headers])] as const;
  });
  const wanted = [...(input.methods ?? []), ...route.methods].map(normalizeMethod);
  const concrete = wanted.flatMap((method) => (method === "ANY" ? ["GET", "PUT"] : [method]));
  const methods = [...new Set(concrete)].filter(isToken);
  return {
    url,
    methods: methods.filter((method) => method !== "OPTIONS"),
    headers: unsafe,
    methodHeaders: Object.fromEntries(more),
    readsHeaders: route.readsHeaders ?? {},
    guesses: route.guesses ?? [],
    authorizer: route.authorizer === true,
    assumed: bare && unsafe.length === 0 && methods.every(isSafelistedMethod),
    reads: SIDE_EFFECT.test(url) ? null : safeMethod(methods, bare),
    sends: [],
    parameter: route.path.includes("{"),
  };
}

/** GET tells most; of an address that nobody described it is tried, whatever its page uses. */
function safeMethod(methods: readonly string[], bare: boolean): PlannedRoute["reads"] {
  if (methods.includes("GET")) return "GET";
  if (methods.includes("HEAD")) return "HEAD";
  return bare ? "GET" : null;
}

function unsafeNames(headers: readonly string[]): readonly string[] {
  const named = headers.flatMap(asHeader).filter(([name]) => isToken(name));
  const sent = named.filter(([name, value]) => !isForbiddenRequestHeader(name, value));
  return unsafeRequestHeaderNames(sent, PROFILES.browsers);
}

/** Names come from users and from code that nobody vouches for: what is no name goes into no request. */
function checkedHeader(text: string): string {
  const name = headerName(text);
  if (!isToken(name)) throw new PlanError(`${JSON.stringify(name)} is no header name`);
  const [secret] = secretOf(text);
  if (secret === undefined) return text;
  const value = secret[1];
  // A cookie is what browsers add themselves; everything else of theirs is not the page's to set.
  if (isForbiddenRequestHeader(name, value) && byteLowercase(name) !== "cookie")
    throw new PlanError(`pages cannot set ${name}: the browser writes it`);
  if (/[\0\r\n]|[^\0-\xff]/.test(value)) throw new PlanError(`the value of ${name} cannot be sent`);
  return text;
}

/**
 * A header as the page sends it. Of a bare name the usual value is taken: JSON for Content-Type, a
 * safe one for the names that browsers safelist by value.
 */
function asHeader(text: string): Header[] {
  const name = headerName(text);
  const value = text.slice(name.length + 1).trim();
  if (value !== "") return [[name, value]];
  if (/^(accept|accept-language|content-language|range)$/i.test(name)) return [];
  return [[name, /^content-type$/i.test(name) ? "application/json" : "x"]];
}

function checkedOrigin(text: string): string {
  if (text === "null" || /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s\0-\x1f\x7f]+$/i.test(text)) {
    const origin = originOf(text);
    return origin ?? text;
  }
  const origin = originOf(text);
  if (origin === null) throw new PlanError(`${text} is no origin; write scheme://host[:port]`);
  return origin;
}

function headerName(header: string): string {
  return (header.split(":")[0] ?? "").trim();
}

function secretOf(header: string): Header[] {
  const colon = header.indexOf(":");
  const value = colon === -1 ? "" : header.slice(colon + 1).trim();
  return value === "" ? [] : [[headerName(header), value]];
}
