/** What the code knows about an API becomes what the probe asks. Pure. */
import { apiTraits } from "../../../shared/src/model/kinds";
import { normalizeMethod, parseUrl, serializeOrigin } from "../../../shared/src/browser";
import { rankOf } from "../../../shared/src/gateway/routes";
import type {
  Api,
  BrowserRequest,
  CorsModel,
  CorsPolicy,
  Route,
} from "../../../shared/src/model/model";
import { browserEvidence } from "../../../shared/src/model/query/exposure";
import { effective, policiesFor, policiesOf } from "../../../shared/src/model/query/platform";
import { knownBranches, constantOf } from "../../../shared/src/model/value";
import { originsOf } from "../../../shared/src/advice/page-origins";
import { headersNeeded, requestsTo, unsafeHeaders } from "../../../shared/src/advice/needs";
import type { DeclaredPolicy } from "./drift";
import { type ApiDescription, routeUrl, type RouteDescription } from "./plan";

/** An API to probe at an address. */
export interface Target {
  /** The base URL of the API; the route that a longer URL named was taken off it. */
  readonly endpoint: string;
  readonly api: ApiDescription;
  /** The routes of the model that each description stands for, in the same order. */
  readonly routes: readonly (readonly Route[])[];
}

/**
 * The plan's input for an API of the model. `url` is the API's base URL or the URL of one of its routes; then only that
 * route is asked. `origins` are the ones the user chose; without them those of `originsOf` are taken.
 */
export function targetOf(
  model: CorsModel,
  api: Api,
  url: string,
  origins?: readonly string[],
): Target {
  const groups = groupsOf(api);
  const named = routeIn(url, [...groups.keys()]);
  const kept = [...groups].filter(([path]) => named === undefined || path === named.pattern);
  const described = kept.map(([path, routes]) => {
    const description = describe(model, api, path, routes);
    return named === undefined ? description : { ...description, path: named.path };
  });
  const credentials = requestsTo(api, model).some(
    (request) => constantOf(request.credentials) === "include",
  );
  const chosen = origins !== undefined && origins.length > 0 ? [] : originsOf(model, api);
  return {
    endpoint: named?.endpoint ?? url,
    api: {
      routes: described,
      origins: chosen,
      servesBrowsers: browserEvidence(api, model) !== undefined,
      declared: declaredBy(
        api,
        kept.flatMap(([, routes]) => routes),
      ),
      ...(credentials ? { credentials } : {}),
    },
    routes: kept.map(([, routes]) => routes),
  };
}

/** The API's routes by path, without those that only answer preflights. */
function groupsOf(api: Api): ReadonlyMap<string, readonly Route[]> {
  const groups = new Map<string, readonly Route[]>();
  for (const route of api.routes) {
    const path = constantOf(route.path);
    const preflights = constantOf(route.method)?.toUpperCase() === "OPTIONS";
    if (path === undefined || preflights || route.generated === true) continue;
    const key = path === "$default" ? "/" : path;
    groups.set(key, [...(groups.get(key) ?? []), route]);
  }
  if (groups.size === 0 && !apiTraits[api.kind].routed) groups.set("/", api.routes);
  return groups;
}

interface Named {
  readonly pattern: string;
  readonly endpoint: string;
  /** As the URL has it, parameters filled in. */
  readonly path: string;
}

/** The route that the end of a URL's path names, if it names one. */
function routeIn(url: string, patterns: readonly string[]): Named | undefined {
  const parsed = parseUrl(url);
  if (parsed === null) return undefined;
  const path = url.split(/[?#]/)[0]?.replace(/^[a-z]+:\/\/[^/]*/i, "") ?? "";
  const segments = path.split("/").filter((segment) => segment !== "");
  // The longest tail that fits: `/prod/orders` is the route `/orders` below the stage `/prod`.
  for (let from = 0; from < segments.length; from++) {
    const tail = `/${segments.slice(from).join("/")}`;
    for (const pattern of patterns) {
      const rank = pattern === "/" ? undefined : rankOf(pattern, tail);
      if (rank === undefined || rank[0] !== 0 || !rank.includes(0, 1)) continue;
      const stage = segments.slice(0, from).map((segment) => `/${segment}`);
      return { pattern, endpoint: `${serializeOrigin(parsed)}${stage.join("")}`, path: tail };
    }
  }
  return undefined;
}

function describe(
  model: CorsModel,
  api: Api,
  path: string,
  routes: readonly Route[],
): RouteDescription {
  const requests = requestsTo(api, model).filter((request) => takes(path, request));
  const declared = routes.flatMap((route) =>
    knownBranches(route.method).map(({ value }) => value.toUpperCase()),
  );
  const asked = requests.flatMap((request) =>
    knownBranches(request.method).map(({ value }) => value),
  );
  const any = declared.includes("ANY") || declared.length === 0;
  const methods = any ? [...new Set(["GET", ...asked])] : [...new Set(declared)];
  const authorizer = routes.some(({ authorization }) => authorization.kind === "some");
  // Every call has what the authorizer and the handler ask for; each call of a page has its own besides.
  const always = headersNeeded(api, routes, { ...model, requests: [] }).map(({ name }) => name);
  const known = headersByMethod(requests);
  // A POST of text alone needs no preflight; without any page to look at, JSON is what an API is sent.
  const posts =
    methods.includes("POST") && !asked.some((method) => normalizeMethod(method) === "POST");
  const guesses = posts && always.length === 0 ? ["POST"] : [];
  return {
    path,
    methods,
    headers: always,
    methodHeaders: {
      ...Object.fromEntries(guesses.map((method) => [method, ["content-type"]])),
      ...known,
    },
    guesses,
    readsHeaders: readsByMethod(requests),
    ...(authorizer ? { authorizer } : {}),
  };
}

function takes(pattern: string, { path }: BrowserRequest): boolean {
  return path !== undefined && rankOf(pattern === "/" ? "$default" : pattern, path) !== undefined;
}

type ByMethod = Readonly<Record<string, readonly string[]>>;

function headersByMethod(requests: readonly BrowserRequest[]): ByMethod {
  return byMethod(requests, (request) => unsafeHeaders(request).map(({ name }) => name));
}

function readsByMethod(requests: readonly BrowserRequest[]): ByMethod {
  return byMethod(requests, ({ readsHeaders = [] }) => readsHeaders.map(({ name }) => name));
}

function byMethod(
  requests: readonly BrowserRequest[],
  namesOf: (request: BrowserRequest) => readonly string[],
): ByMethod {
  const found = new Map<string, readonly string[]>();
  for (const request of requests) {
    const written = constantOf(request.method);
    const names = namesOf(request);
    if (written === undefined || names.length === 0) continue;
    const method = normalizeMethod(written);
    found.set(method, [...new Set([...(found.get(method) ?? []), ...names])]);
  }
  return Object.fromEntries(found);
}

/** What the code says that OPTIONS is answered with; nothing where it is not one policy that was seen whole. */
function declaredBy(api: Api, routes: readonly Route[]): DeclaredPolicy {
  const policies = new Set(routes.flatMap((route) => policiesFor(api, route)));
  const [policy] = policies;
  if (policy === undefined || policies.size > 1 || policy.conditional || !policy.complete)
    return {};
  const list = (option: "allowOrigins" | "allowMethods" | "allowHeaders") => {
    const [only, ...others] = effective(policy, option) ?? [];
    const whole = only?.complete === true && only.definite && others.length === 0;
    return whole ? { [option]: only.items.map(({ value }) => value) } : {};
  };
  const credentials = policy.allowCredentials ? constantOf(policy.allowCredentials.value) : false;
  const maxAge = constantOf(policy.maxAge?.value);
  return {
    ...list("allowOrigins"),
    ...list("allowMethods"),
    ...list("allowHeaders"),
    ...(credentials === undefined ? {} : { allowCredentials: credentials }),
    ...(maxAge === undefined ? {} : { maxAge }),
  };
}

/** The policy that the code has for a URL of the target, and the routes that it leads to. */
export function routesAt(target: Target, url: string): readonly Route[] {
  const [plain = url] = url.split("?");
  const index = target.api.routes.findIndex(
    ({ path }) => routeUrl(target.endpoint, path) === plain,
  );
  return target.routes[index] ?? target.routes.flat();
}

/** The policies that answer preflights for these routes. */
export function policiesAt(api: Api, routes: readonly Route[]): readonly CorsPolicy[] {
  const own = new Set(routes.flatMap((route) => policiesFor(api, route)));
  return own.size > 0 ? [...own] : policiesOf(api);
}
