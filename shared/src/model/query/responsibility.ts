/** Handlers that evidently serve no page, in an API that serves pages elsewhere. */
import type { Api, CorsModel, Handler } from "../model";
import { apiOf, ownRoutesByHandler } from "./platform";
import { remembered } from "../../base/memoize";
import { settled } from "../value";

/**
 * Whether a handler has no part in the CORS that its REST APIs do elsewhere: it sends none of the headers, no call of a
 * page is known, and the resources of all its routes, which pages could not use without, have no OPTIONS method. Servers
 * call it.
 */
export function isBackstage(handler: Handler, model: CorsModel): boolean {
  const silent =
    handler.framework === undefined &&
    handler.responses.every(
      ({ headersComplete, headers }) =>
        headersComplete && !headers.some(({ name }) => /^access-control-/i.test(name)),
    );
  const apis = handler.fronts.map(({ api }) => apiOf(api, model));
  return silent && apis.length > 0 && apis.every((api) => api && isApart(handler, api, model));
}

function isApart(handler: Handler, api: Api, { requests }: CorsModel): boolean {
  if (api.kind !== "rest" || !api.routesComplete || api.cors.kind === "unknown") return false;
  const answered = preflightedPaths(api);
  const own = ownRoutesByHandler(api).get(handler.id) ?? [];
  return (
    answered.size > 0 &&
    !requests.some((request) => request.api?.id === api.id && request.path === undefined) &&
    own.every(({ method, path }) => {
      const [verb, at] = [settled(method), settled(path)];
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
const preflightedPaths = remembered(
  ({ routes }: Api): ReadonlySet<string> =>
    new Set(
      routes
        .filter(({ method }) => ["OPTIONS", "ANY"].includes(settled(method) ?? "OPTIONS"))
        .map(({ path }) => settled(path) ?? ""),
    ),
);
