/** What AWS does with policies and routes. Sources stand at the functions; every rule asks here and knows no platform itself. */
import { apiTraits, traitsOf } from "../kinds";
import type { Api, CorsModel, CorsPolicy, Handler, Route } from "../model";
import { constantOf, possibleLists, type PossibleList } from "../value";
import { groupBy } from "../../base/group";
import { memoizeByIdentity } from "../../base/memoize";
import { fits } from "./path";

/** A policy and the API that it is for; buckets and response headers policies may have none. */
export interface PolicyUse {
  readonly policy: CorsPolicy;
  readonly api: Api | undefined;
}

/** Every policy of the model, once for each API that uses it. */
export const policyUses = memoizeByIdentity((model: CorsModel): readonly PolicyUse[] => {
  const uses = new Map<string, PolicyUse>();
  const add = (policy: CorsPolicy | undefined, api: Api | undefined) => {
    if (policy === undefined) return;
    const key = `${api?.id ?? ""} ${policy.form} ${policy.at.file}:${policy.at.start}`;
    if (!uses.has(key)) uses.set(key, { policy, api });
  };
  for (const api of model.apis) {
    for (const policy of policiesOf(api)) add(policy, api);
    for (const behavior of api.behaviors) add(behavior.responseHeadersPolicy, api);
  }
  for (const policy of model.policies) add(policy, undefined);
  return [...uses.values()];
});

/** The policies that the API's own preflights follow: the API's, then those of REST resources. */
export const policiesOf = memoizeByIdentity((api: Api): readonly CorsPolicy[] => {
  const own = api.cors.kind === "policy" ? api.cors.of : [];
  const ofRoutes = api.routes.flatMap((route) => (route.preflight ? [route.preflight] : []));
  return [...new Set([...own, ...ofRoutes])];
});

/** Whether the service itself answers preflights from this policy (CloudFront only adds headers to an answer). */
export function answersPreflights(policy: CorsPolicy): boolean {
  return traitsOf(policy).answersPreflights;
}

/**
 * What an option comes to, its default included: one list for each branch. `undefined` when unseen code may set it.
 * Defaults: HTTP API none, REST `Cors.DEFAULT_HEADERS` and `Cors.ALL_METHODS`, Function URL all methods and no header,
 * SAM's `Cors` no header and whatever methods a path has.
 */
export function effective(
  policy: CorsPolicy,
  option: "allowMethods" | "allowHeaders" | "allowOrigins",
): readonly PossibleList[] | undefined {
  const field = policy[option];
  if (field !== undefined) {
    const lists = possibleLists(field.value);
    return traitsOf(policy).joinsLists && option !== "allowOrigins" ? lists.map(joined) : lists;
  }
  if (!policy.complete) return undefined;
  const texts = defaultOf(policy, option);
  const items = texts.map((value) => ({ value, at: policy.at, definite: true }));
  return [{ items, complete: true, definite: true }];
}

/** CDK joins the lists of a REST policy with commas, so that one text with several names is as good (synthesized). */
function joined(list: PossibleList): PossibleList {
  const items = list.items.flatMap((item) =>
    item.value
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .map((value) => ({ ...item, value })),
  );
  return { ...list, items };
}

function defaultOf(
  policy: CorsPolicy,
  option: "allowMethods" | "allowHeaders" | "allowOrigins",
): readonly string[] {
  const { defaultMethods, defaultHeaders } = traitsOf(policy);
  return { allowMethods: defaultMethods, allowHeaders: defaultHeaders, allowOrigins: [] }[option];
}

/** Whether the policy allows credentials for certain. */
export function allowsCredentials(policy: CorsPolicy): boolean {
  return constantOf(policy.allowCredentials?.value) === true;
}

/** Whether the route answers OPTIONS requests: `ANY` and `$default` do, as AWS says of `$default` in http-api-cors. */
export function matchesOptions(route: Route): boolean {
  const method = constantOf(route.method)?.toUpperCase();
  return method === "ANY" || method === "OPTIONS" || constantOf(route.path) === "$default";
}

/** The OPTIONS route that a request to this path would take, generated ones included. */
export function optionsRouteFor(api: Api, path: string): Route | undefined {
  const options = optionsRoutes(api);
  const exact = options.get(path)?.[0];
  if (exact !== undefined || !apiTraits[api.kind].greedyOptions) return exact;
  const greedy = path === "$default" || path.endsWith("+}");
  return greedy ? options.get("/{proxy+}")?.[0] : undefined;
}

/**
 * Whether a route of a less specific path may answer OPTIONS for this one. REST APIs go by path and method together: where
 * the nearest resource lacks the method, `{id}` or `{proxy+}` beside it takes the request (measured by users of AWS, not
 * written down by AWS).
 */
export function mayFallBackForOptions(api: Api, path: string): boolean {
  return api.routes.some((route) => {
    const pattern = constantOf(route.path);
    return (
      matchesOptions(route) && (pattern === undefined || (pattern !== path && fits(pattern, path)))
    );
  });
}

const optionsRoutes = memoizeByIdentity((api: Api) => {
  const options = api.routes.filter(
    (route) => constantOf(route.method)?.toUpperCase() === "OPTIONS",
  );
  return groupBy(options, (route) => [constantOf(route.path)]);
});

const routesByPath = memoizeByIdentity((api: Api) =>
  groupBy(api.routes, (route) => [constantOf(route.path)]),
);

/** The policy that answers preflights for this route. REST policies hold for a resource, the others for the API. */
export function policiesFor(api: Api, route: Route): readonly CorsPolicy[] {
  if (apiTraits[api.kind].policyScope === "api") return policiesOf(api);
  const same = routesByPath(api).get(constantOf(route.path) ?? "") ?? [];
  return same.flatMap((other) => (other.preflight ? [other.preflight] : []));
}

/** The routes whose preflights follow the policy. */
export function routesUnder(api: Api, policy: CorsPolicy): readonly Route[] {
  return api.routes.filter(
    (route) => route.generated !== true && policiesFor(api, route).includes(policy),
  );
}

/** The handlers that answer for the API, as far as links could be made. */
export function handlersOf(api: Api, model: CorsModel): readonly Handler[] {
  return handlersByApi(model).get(api.id) ?? [];
}

const handlersByApi = memoizeByIdentity(({ handlers }: CorsModel) =>
  groupBy(handlers, ({ bindings: owners }) => owners.map(({ api }) => api)),
);

/** The API of this id. */
export function apiOf(id: string | undefined, model: CorsModel): Api | undefined {
  return id === undefined ? undefined : apisById(model).get(id);
}

const apisById = memoizeByIdentity(
  ({ apis }: CorsModel) => new Map([...apis].reverse().map((api) => [api.id, api])),
);

/** Routes of all APIs that lead to the handler. */
export function routesTo(handler: Handler, model: CorsModel): readonly Route[] {
  return routesByHandler(model).get(handler.id) ?? [];
}

const routesByHandler = memoizeByIdentity(({ apis }: CorsModel) =>
  groupBy(
    apis.flatMap((api) => api.routes),
    ({ handlers }) => handlers,
  ),
);

/** Routes of one API by the id of each handler that they lead to. */
export const ownRoutesByHandler = memoizeByIdentity((api: Api) =>
  groupBy(api.routes, ({ handlers }) => handlers),
);
