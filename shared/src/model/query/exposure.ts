/** Who may call: pages of other origins, pages of the same origin, or machines. */
import { apiTraits } from "../kinds";
import type { Api, CorsModel, Handler, Route } from "../model";
import { policiesOf, handlersOf, apiOf, routesTo, ownRoutesByHandler } from "./platform";
import { ALLOW_ORIGIN, sendsAllowOrigin } from "./responses";
import { constantOf, possibleLists } from "../value";
import { fits } from "./path";
import { memoizeByIdentity } from "../../base/memoize";

/**
 * Whether pages come from the same CloudFront distribution, so that they and the API share an origin. A policy that names
 * origins says that pages of these call it too.
 */
export function sharesOrigin(api: Api): boolean {
  return api.behaviors.some((behavior) => behavior.servesPages) && !namesOrigins(api);
}

const namesOrigins = memoizeByIdentity((api: Api): boolean =>
  policiesOf(api)
    .flatMap((policy) => possibleLists(policy.allowOrigins?.value))
    .some(({ items }) => items.some(({ value }) => value !== "*")),
);

/**
 * Whether the API does for CORS by hand what a policy would: an OPTIONS method that was written, a mapped
 * Access-Control-Allow-Origin, a gateway response with it. Nobody writes these for servers.
 */
export const writesCors = memoizeByIdentity((api: Api): boolean => {
  const written = api.routes.some(
    ({ method, generated }) =>
      generated !== true && constantOf(method)?.toUpperCase() === "OPTIONS",
  );
  const mapped = api.routes.flatMap(({ integration }) => integration.responses ?? []);
  return (
    written ||
    [...mapped, ...api.gatewayResponses].some(({ headers }) =>
      headers.some(({ name }) => name.toLowerCase() === ALLOW_ORIGIN),
    )
  );
});

/** Why pages of other origins evidently call the API; `undefined` when nothing says so. */
export function browserEvidence(api: Api, model: CorsModel): Evidence | undefined {
  return evidencesByApi(model)(api);
}

type Evidence = "policy" | "gateway" | "handler" | "page";

const evidencesByApi = memoizeByIdentity((model: CorsModel) =>
  memoizeByIdentity((api: Api) => evidenceOf(api, model)),
);

function evidenceOf(api: Api, model: CorsModel): Evidence | undefined {
  if (api.notForBrowsers !== undefined || sharesOrigin(api)) return undefined;
  if (policiesOf(api).length > 0) return "policy";
  if (writesCors(api)) return "gateway";
  if (handlersOf(api, model).some(sendsAllowOrigin)) return "handler";
  return model.requests.some((request) => request.api?.id === api.id) ? "page" : undefined;
}

/** Last words of paths that monitors and other servers call, and words that stand anywhere in such paths. */
const MACHINE_PATH =
  /(^|[/_-])(health(z|[-_]?check)?|ping|heartbeat|live(z|ness)|ready(z)?|readiness)\/?$|(^|[/_-])webhooks?([/_-]|$)/i;

/** Whether the route's path says that no page calls it: web hooks and checks of health. */
export function isForMachines(route: Route): boolean {
  return MACHINE_PATH.test(constantOf(route.path) ?? "");
}

/** Words that name what other servers report, where it is sent to the API. */
const REPORT_PATH =
  /(^|[/_-])(hooks?|callbacks?|ipn|notifications?|events?|slack|stripe|telegram|twilio|cron|devices?|telemetry|ingest)([/_-]|\/|$)/i;

/** As `isForMachines`, also by words that a page might use as well. */
export function namesMachines(route: Route): boolean {
  const method = constantOf(route.method)?.toUpperCase();
  const path = constantOf(route.path) ?? "";
  return (
    isForMachines(route) ||
    (method !== "GET" && REPORT_PATH.test(path)) ||
    /(^|[/_-])callback\/?$/i.test(path)
  );
}

/** Whether all that the API takes comes from other servers, as far as paths and signatures tell. */
export function servesMachinesOnly(api: Api, model: CorsModel): boolean {
  const routes = api.routes.filter(({ generated }) => generated !== true);
  return (
    routes.length > 0 &&
    routes.every((route) => {
      if (namesMachines(route)) return true;
      const handlers = handlersOf(api, model).filter(({ id }) => route.handlers.includes(id));
      return handlers.length > 0 && handlers.every(readsSignature);
    })
  );
}

function readsSignature({ readsHeaders }: Handler): boolean {
  return readsHeaders.some(({ name }) => SIGNATURES.test(name.toLowerCase()));
}

/** Headers in which senders of web hooks sign them: Stripe, GitHub, Slack, Svix, Twilio, Shopify, LINE, PayPal. */
const SIGNATURES =
  /^(stripe-signature|x-hub-signature(-256)?|x-slack-signature|svix-signature|webhook-signature|x-twilio-signature|x-shopify-hmac-sha256|x-line-signature|paypal-transmission-sig)$/;

export function servesMachines(handler: Handler, model: CorsModel): boolean {
  if (readsSignature(handler)) return true;
  const routes = routesTo(handler, model);
  return routes.length > 0 && routes.every(isForMachines);
}

/**
 * Whether a handler has no part in the CORS that its REST APIs do elsewhere: it sends none of the headers, no call of a
 * page is known, and the resources of all its routes, which pages could not use without, have no OPTIONS method. Servers
 * call it.
 */
export function isNotBrowserFacing(handler: Handler, model: CorsModel): boolean {
  const silent =
    handler.framework === undefined &&
    handler.responses.every(
      ({ headersComplete, headers }) =>
        headersComplete && !headers.some(({ name }) => /^access-control-/i.test(name)),
    );
  const apis = handler.bindings.map(({ api }) => apiOf(api, model));
  return (
    silent &&
    apis.length > 0 &&
    apis.every(
      (api) => api && (isApartFromPages(handler, api, model) || isLeftOut(handler, api, model)),
    )
  );
}

/**
 * Where a policy gives every resource OPTIONS, that says nothing of a single one. Other handlers of the API send the header
 * and this one never does: that is meant where its path is one that servers report to, or where pages call the API and
 * none of their calls goes there.
 */
function isLeftOut(handler: Handler, api: Api, model: CorsModel): boolean {
  const others = handlersOf(api, model).filter(({ id }) => id !== handler.id);
  if (!others.some(sendsAllowOrigin)) return false;
  const own = (ownRoutesByHandler(api).get(handler.id) ?? []).filter(
    ({ generated }) => generated !== true,
  );
  const calls = model.requests.filter((request) => request.api?.id === api.id);
  const isCalled = calls.some(
    ({ path }) => path === undefined || own.some((route) => mayFit(route, path)),
  );
  return own.length > 0 && !isCalled && (calls.length > 0 || own.every(namesMachines));
}

function mayFit({ path }: Route, called: string): boolean {
  const pattern = constantOf(path);
  return (
    pattern === undefined ||
    fits(pattern, called) ||
    fits(pattern, called.replace(/^\/[^/]+(?=\/)/, ""))
  );
}

function isApartFromPages(handler: Handler, api: Api, { requests }: CorsModel): boolean {
  if (apiTraits[api.kind].policyScope !== "resource") return false;
  if (!api.routesComplete || api.cors.kind === "unknown") return false;
  const answered = preflightedPaths(api);
  const own = ownRoutesByHandler(api).get(handler.id) ?? [];
  return (
    answered.size > 0 &&
    !requests.some((request) => request.api?.id === api.id && request.path === undefined) &&
    own.every(({ method, path }) => {
      const [verb, at] = [constantOf(method), constantOf(path)];
      return (
        verb !== undefined &&
        at !== undefined &&
        !["GET", "HEAD"].includes(verb) &&
        !answered.has(at) &&
        !requests.some((request) => request.api?.id === api.id && request.path === at)
      );
    })
  );
}

/** Paths of a REST API that have an OPTIONS method, also as part of ANY. */
const preflightedPaths = memoizeByIdentity(
  ({ routes }: Api): ReadonlySet<string> =>
    new Set(
      routes
        .filter(({ method }) => ["OPTIONS", "ANY"].includes(constantOf(method) ?? "OPTIONS"))
        .map(({ path }) => constantOf(path) ?? ""),
    ),
);
