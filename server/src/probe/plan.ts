/** What a probe will ask, from a description of the API. Pure; nothing is sent here. */
import {
  isSafelistedMethod,
  normalizeMethod,
  originOf,
  parseUrl,
  PROFILES,
  serializeOrigin,
  unsafeRequestHeaderNames,
  type Header,
} from "../../../shared/src/browser";

import type { DeclaredPolicy } from "./drift";

/** Requests per route and per run that no probe exceeds. */
export const ROUTE_BUDGET = 8;
export const RUN_BUDGET = 60;

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
  /** Response headers that the page reads. */
  readonly readsHeaders?: readonly string[];
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
}

export interface PlannedRoute {
  readonly url: string;
  readonly methods: readonly string[];
  /** Lower-case names of the unsafe request headers that every method has. */
  readonly headers: readonly string[];
  /** All of them, for methods that have more. */
  readonly methodHeaders: Readonly<Record<string, readonly string[]>>;
  readonly readsHeaders: readonly string[];
  readonly authorizer: boolean;
  /** Nothing is known about the requests: a preflight is tried, but no page is known to need it. */
  readonly assumed: boolean;
  /** A GET may be sent. */
  readonly sendsGet: boolean;
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
}

/** Lower-case names of the unsafe headers that the page sends with this method. */
export function headersFor(route: PlannedRoute, method: string): readonly string[] {
  return route.methodHeaders[method] ?? route.headers;
}

/** The URL of a route below an endpoint; parameters are filled in. */
export function routeUrl(endpoint: string, path: string): string {
  const filled = path.replace(/\{[^}]*\}/g, "cors-probe").replace(/^\/+/, "");
  return `${endpoint.replace(/\/+$/, "")}/${filled}`;
}

/** The endpoint is no URL that a browser could ask. */
export class PlanError extends Error {
  override readonly name = "PlanError";
}

const ASSUMED_ORIGIN = "https://page.cors-probe.example";
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
  const planned = routes.map((route) => planRoute(route, input, described.length === 0));
  const kept = planned.slice(0, RUN_BUDGET / 4);
  const skipped = planned
    .slice(kept.length)
    .map((route) => `${route.url}: beyond the run's budget`);
  return {
    endpoint: input.endpoint,
    origins: origins.length > 0 ? origins : [ASSUMED_ORIGIN],
    originsAssumed: origins.length === 0,
    credentials: input.credentials === true || input.api?.credentials === true,
    own: input.own === true,
    servesBrowsers: origins.length > 0 || input.api?.servesBrowsers === true,
    secrets: (input.headers ?? []).flatMap((header) => secretOf(header)),
    routes: kept,
    skipped,
    hosts: [serializeOrigin(url)],
    sends: ["OPTIONS", ...(kept.some(({ sendsGet }) => sendsGet) ? ["GET"] : [])],
    maxRequests: Math.min(RUN_BUDGET, kept.length * ROUTE_BUDGET),
  };
}

function bareRoute(input: PlanInput): RouteDescription {
  const methods = input.methods ?? [];
  return { path: "", methods: methods.length > 0 ? methods : ["GET"] };
}

function planRoute(route: RouteDescription, input: PlanInput, bare: boolean): PlannedRoute {
  const url = bare ? input.endpoint : routeUrl(input.endpoint, route.path);
  const given = [...(route.headers ?? []), ...(input.headers ?? [])];
  const unsafe = unsafeNames(given);
  const more = Object.entries(route.methodHeaders ?? {}).map(([method, headers]) => {
    return [normalizeMethod(method), unsafeNames([...given, ...headers])] as const;
  });
  const wanted = [...(input.methods ?? []), ...route.methods].map(normalizeMethod);
  const concrete = wanted.flatMap((method) => (method === "ANY" ? ["GET", "PUT"] : [method]));
  const methods = [...new Set(concrete)];
  return {
    url,
    methods: methods.filter((method) => method !== "OPTIONS"),
    headers: unsafe,
    methodHeaders: Object.fromEntries(more),
    readsHeaders: route.readsHeaders ?? [],
    authorizer: route.authorizer === true,
    assumed: bare && unsafe.length === 0 && methods.every(isSafelistedMethod),
    sendsGet:
      (bare || methods.includes("GET") || methods.includes("HEAD")) && !SIDE_EFFECT.test(url),
    parameter: route.path.includes("{"),
  };
}

function unsafeNames(headers: readonly string[]): readonly string[] {
  return unsafeRequestHeaderNames(headers.flatMap(asHeader), PROFILES.browsers);
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
  if (text === "null" || /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+$/i.test(text)) {
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
