/** Who may call: pages of other origins, pages of the same origin, or machines. */
import type { Api, CorsModel, Handler, Route } from "../model";
import { policiesOf, handlersOf, apiOf, routesTo, ownRoutesByHandler } from "./platform";
import { sendsAllowOrigin } from "./responses";
import { constantOf } from "../value";
import { memoizeByIdentity } from "../../base/memoize";

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

export function servesMachines(handler: Handler, model: CorsModel): boolean {
  if (handler.readsHeaders.some(({ name }) => SIGNATURES.test(name.toLowerCase()))) return true;
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
    silent && apis.length > 0 && apis.every((api) => api && isApartFromPages(handler, api, model))
  );
}

function isApartFromPages(handler: Handler, api: Api, { requests }: CorsModel): boolean {
  if (api.kind !== "rest" || !api.routesComplete || api.cors.kind === "unknown") return false;
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
