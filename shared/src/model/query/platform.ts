/** What the platform does with a model. Sources stand at the functions; every rule asks here and knows no platform itself. */
import type {
  Api,
  CorsModel,
  CorsPolicy,
  ApiBinding,
  Handler,
  HeaderField,
  ResponsePath,
  Route,
} from "../model";
import { isNotBrowserFacing } from "./responsibility";
import { groupBy } from "../../base/group";
import { memoizeByIdentity } from "../../base/memoize";
import { possibleLists, branches, knownBranches, constantOf, type PossibleList } from "../value";

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

/** Whether the policy is one of API Gateway's REST API. */
export function isRest(policy: CorsPolicy): boolean {
  return policy.form === "restDefault" || policy.form === "restResource";
}

/** Whether the service itself answers preflights from this policy (CloudFront only adds headers to an answer). */
export function answersPreflights(policy: CorsPolicy): boolean {
  return policy.form !== "responseHeadersPolicy";
}

/** `Cors.DEFAULT_HEADERS` of aws-cdk-lib/aws-apigateway, which REST policies have unless told otherwise. */
const REST_HEADERS = [
  "Content-Type",
  "X-Amz-Date",
  "Authorization",
  "X-Api-Key",
  "X-Amz-Security-Token",
  "X-Amz-User-Agent",
];
/** `Cors.ALL_METHODS` of aws-cdk-lib/aws-apigateway. */
const REST_METHODS = ["OPTIONS", "GET", "PUT", "POST", "DELETE", "PATCH", "HEAD"];

/**
 * What an option comes to, its default included: one list for each branch. `undefined` when unseen code may set it.
 * Defaults: HTTP API none, REST `Cors.DEFAULT_HEADERS` and `Cors.ALL_METHODS`, Function URL all methods and no header.
 */
export function effective(
  policy: CorsPolicy,
  option: "allowMethods" | "allowHeaders" | "allowOrigins",
): readonly PossibleList[] | undefined {
  const field = policy[option];
  if (field !== undefined) return possibleLists(field.value);
  if (!policy.complete) return undefined;
  const texts = defaultOf(policy, option);
  const items = texts.map((value) => ({ value, at: policy.at, sure: true }));
  return [{ items, complete: true, definite: true }];
}

function defaultOf(policy: CorsPolicy, option: string): readonly string[] {
  if (isRest(policy) && option === "allowHeaders") return REST_HEADERS;
  if (isRest(policy) && option === "allowMethods") return REST_METHODS;
  return policy.form === "functionUrl" && option === "allowMethods" ? ["*"] : [];
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
  if (exact !== undefined || api.kind !== "http") return exact;
  const greedy = path === "$default" || path.endsWith("+}");
  return greedy ? options.get("/{proxy+}")?.[0] : undefined;
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
  if (api.kind !== "rest") return policiesOf(api);
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

/** Whether pages come from the same CloudFront distribution, so that they and the API share an origin. */
export function sharesOrigin(api: Api): boolean {
  return api.behaviors.some((behavior) => behavior.servesPages);
}

/** Why pages of other origins evidently call the API; `undefined` when nothing says so. */
export function browserEvidence(api: Api, model: CorsModel): Evidence | undefined {
  return evidencesByApi(model)(api);
}

type Evidence = "policy" | "handler" | "page";

const evidencesByApi = memoizeByIdentity((model: CorsModel) =>
  memoizeByIdentity((api: Api) => evidenceOf(api, model)),
);

function evidenceOf(api: Api, model: CorsModel): Evidence | undefined {
  if (api.notForBrowsers !== undefined || sharesOrigin(api)) return undefined;
  if (policiesOf(api).length > 0) return "policy";
  if (handlersOf(api, model).some(sendsAllowOrigin)) return "handler";
  return model.requests.some((request) => request.api?.id === api.id) ? "page" : undefined;
}

/** The response's fields of this name, compared without regard to case. */
export function headersNamed(response: ResponsePath, name: string): readonly HeaderField[] {
  return response.headers.filter((header) => header.name.toLowerCase() === name);
}

/** The names of CORS response headers, as the Fetch standard writes them. */
export const CORS_RESPONSE_HEADERS = [
  "Access-Control-Allow-Origin",
  "Access-Control-Allow-Credentials",
  "Access-Control-Allow-Methods",
  "Access-Control-Allow-Headers",
  "Access-Control-Expose-Headers",
  "Access-Control-Max-Age",
] as const;

export const ALLOW_ORIGIN = "access-control-allow-origin";
export const ALLOW_CREDENTIALS = "access-control-allow-credentials";

/** Whether some answer of the handler, or its framework, carries Access-Control-Allow-Origin. */
export function sendsAllowOrigin(handler: Handler): boolean {
  if (handler.framework?.cors.kind === "configured") return true;
  return handler.responses.some((response) => headersNamed(response, ALLOW_ORIGIN).length > 0);
}

/**
 * Who writes the CORS headers of a real response (not of a preflight) through this front.
 * - HTTP API with a policy: API Gateway adds its own and drops the integration's (AWS, http-api-cors).
 * - Function URL with `cors`: Lambda adds its own and keeps the function's (AWS, urls-configuration).
 * - Everything else leaves them to the handler: a proxy integration has no integration response (AWS, how-to-cors).
 */
export function headersFrom(
  binding: ApiBinding,
  model: CorsModel,
): "handler" | "gateway" | "both" | "unknown" {
  const api = apiOf(binding.api, model);
  return api === undefined ? "unknown" : headersBy(api);
}

function headersBy(api: Api): ReturnType<typeof headersFrom> {
  if (api.behaviors.some((behavior) => behavior.responseHeadersPolicy)) return "unknown";
  if (api.kind === "rest") return "handler";
  if (api.cors.kind === "none") return "handler";
  if (api.cors.kind === "unknown" || !api.cors.of.some((policy) => !policy.conditional)) {
    return "unknown";
  }
  return api.kind === "http" ? "gateway" : "both";
}

/**
 * Whether the handler must send CORS headers: `handler` when nobody else does for some front, `gateway` when API
 * Gateway does for all of them, `none` when no page of another origin is known to call it or it cannot be known.
 */
export function headerOwner(handler: Handler, model: CorsModel): HeaderOwner {
  return headerOwners(model)(handler);
}

type HeaderOwner = "handler" | "gateway" | "none";

const headerOwners = memoizeByIdentity((model: CorsModel) =>
  memoizeByIdentity((handler: Handler) => headerOwnerOf(handler, model)),
);

function headerOwnerOf(handler: Handler, model: CorsModel): HeaderOwner {
  if (handler.notHttp !== undefined) return "none";
  if (servesMachines(handler, model) && !sendsAllowOrigin(handler)) return "none";
  if (isNotBrowserFacing(handler, model)) return "none";
  if (handler.bindings.length === 0)
    return sendsAllowOrigin(handler) ? unlinkedHeaderOwner(model) : "none";
  const owners = handler.bindings.map((binding) => {
    const api = apiOf(binding.api, model);
    const meant = api !== undefined && browserEvidence(api, model) !== undefined;
    return meant && !isCustom(api, handler) ? headersFrom(binding, model) : "unknown";
  });
  if (owners.includes("handler")) return "handler";
  return owners.every((binding) => binding === "gateway") ? "gateway" : "none";
}

/** A handler without a known front stands behind some API: where all of them send the headers, so does its own. */
function unlinkedHeaderOwner({ apis }: CorsModel): "handler" | "gateway" {
  return apis.length > 0 && apis.every((api) => headersBy(api) === "gateway")
    ? "gateway"
    : "handler";
}

/** Behind a non-proxy integration of a REST API the mapping makes the headers, not the handler. */
function isCustom(api: Api, handler: Handler): boolean {
  const routes = ownRoutesByHandler(api).get(handler.id) ?? [];
  return routes.length > 0 && routes.every((route) => route.integration.kind === "lambdaCustom");
}

/** Routes of one API by the id of each handler that they lead to. */
export const ownRoutesByHandler = memoizeByIdentity((api: Api) =>
  groupBy(api.routes, ({ handlers }) => handlers),
);

/** Last words of paths that monitors and other servers call, and words that stand anywhere in such paths. */
const MACHINE_PATH =
  /(^|[/_-])(health(z|[-_]?check)?|ping|heartbeat|live(z|ness)|ready(z)?|readiness)\/?$|(^|[/_-])webhooks?([/_-]|$)/i;

/** Whether the route's path says that no page calls it: web hooks and checks of health. */
export function isForMachines(route: Route): boolean {
  return MACHINE_PATH.test(constantOf(route.path) ?? "");
}

/** Headers in which senders of web hooks sign them: Stripe, GitHub, Slack, Svix, Twilio, Shopify, LINE, PayPal. */
const SIGNATURES =
  /^(stripe-signature|x-hub-signature(-256)?|x-slack-signature|svix-signature|webhook-signature|x-twilio-signature|x-shopify-hmac-sha256|x-line-signature|paypal-transmission-sig)$/;

function servesMachines(handler: Handler, model: CorsModel): boolean {
  if (handler.readsHeaders.some(({ name }) => SIGNATURES.test(name.toLowerCase()))) return true;
  const routes = routesTo(handler, model);
  return routes.length > 0 && routes.every(isForMachines);
}

/** The statuses that a response may have, as far as they were seen. */
export function statusesOf(response: ResponsePath): readonly number[] {
  return knownBranches(response.status).map((status) => status.value);
}

/** Whether the response tells of a failure: 4xx or 5xx for certain, or made after an exception was caught. */
export function isFailure(response: ResponsePath): boolean {
  const statuses = statusesOf(response);
  if (statuses.length === 0) return response.afterCatch === true;
  return statuses.every((status) => status >= 400);
}

/** The answers that an OPTIONS request may get from the handler. */
function answersToOptions(handler: Handler): readonly ResponsePath[] {
  const own = handler.responses.filter(({ method }) => method?.toUpperCase() === "OPTIONS");
  return own.length > 0 ? own : handler.responses.filter(({ method }) => method === undefined);
}

/** Whether every answer to OPTIONS is known to have another status than 2xx, or is an exception. */
export function refusesOptions(handler: Handler): boolean {
  if (!handler.complete || handler.framework !== undefined) return false;
  const paths = answersToOptions(handler);
  const refused = paths.every((path) => {
    if (path.reachedBy === "throw") return true;
    const known = branches(path.status).every((branch) => branch.kind === "known");
    return known && statusesOf(path).every((status) => status < 200 || status > 299);
  });
  return paths.length > 0 && refused;
}

/** Whether an OPTIONS request may get 2xx with Access-Control-Allow-Origin from the handler, or from its framework. */
export function mayAnswerPreflights(handler: Handler): boolean {
  if (!handler.complete || handler.framework !== undefined) return true;
  return answersToOptions(handler).some((path) => {
    if (path.reachedBy === "throw") return false;
    const statuses = statusesOf(path);
    const good = statuses.length === 0 || statuses.some((status) => status >= 200 && status <= 299);
    return good && (!path.headersComplete || headersNamed(path, ALLOW_ORIGIN).length > 0);
  });
}
