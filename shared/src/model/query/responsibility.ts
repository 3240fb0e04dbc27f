/** Handlers that evidently serve no page, in an API that serves pages elsewhere. */
import type { Api, CorsModel, Handler } from "../model";
import { apiOf, ownRoutesByHandler } from "./platform";
import { memoizeByIdentity } from "../../base/memoize";
import { constantOf } from "../value";

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
