/** Who sends the CORS headers of a response: the gateway, the handler, or both. */
import { apiTraits } from "../kinds";
import type { Api, CorsModel, ApiBinding, Handler } from "../model";
import { apiOf, ownRoutesByHandler } from "./platform";
import { sendsAllowOrigin } from "./responses";
import { browserEvidence, servesMachines, isNotBrowserFacing } from "./exposure";
import { memoizeByIdentity } from "../../base/memoize";

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
  const { policyOnResponses } = apiTraits[api.kind];
  if (policyOnResponses === "nothing" || api.cors.kind === "none") return "handler";
  if (api.cors.kind === "unknown" || !api.cors.of.some((policy) => !policy.conditional)) {
    return "unknown";
  }
  return policyOnResponses === "replaces" ? "gateway" : "both";
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

/**
 * A handler without a known front stands behind some API. Where all of those that are for pages send the headers, so does
 * its own.
 */
function unlinkedHeaderOwner(model: CorsModel): "handler" | "gateway" {
  const open = model.apis.filter((api) => browserEvidence(api, model) !== undefined);
  const likely = open.length > 0 ? open : model.apis;
  return likely.length > 0 && likely.every((api) => headersBy(api) === "gateway")
    ? "gateway"
    : "handler";
}

/** Behind a non-proxy integration of a REST API the mapping makes the headers, not the handler. */
function isCustom(api: Api, handler: Handler): boolean {
  const routes = ownRoutesByHandler(api).get(handler.id) ?? [];
  return routes.length > 0 && routes.every((route) => route.integration.kind === "lambdaCustom");
}
