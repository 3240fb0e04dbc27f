import type { Related } from "../finding";
import type { Api, BrowserRequest, CorsModel } from "../model/model";
import { apiTraits } from "../model/kinds";
import { fits } from "../model/query/path";
import { apiOf } from "../model/query/platform";
import { constantOf } from "../model/value";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/**
 * A page calls an API at a path that none of its routes has: API Gateway answers 404 (HTTP API) or 403 "Missing
 * Authentication Token" (REST API), which a page sees as a CORS error where that answer has no headers.
 */
export const rule: Rule = {
  id: "request-path-not-served",
  summary:
    "A page calls an API of the workspace at a path or with a method that no route of it has.",
  severity: "warning",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "response-allow-origin-present",
  *check(model) {
    for (const request of model.requests) {
      const api = apiOf(request.api?.id, model);
      if (api === undefined || !isWhole(api) || isServed(api, request)) continue;
      const { base, path } = request;
      // The address of the base may have a path of its own: another call shows that it has none.
      if (path === undefined || base === undefined || !leadsToRoutes(api, base, model)) continue;
      const method = constantOf(request.method)?.toUpperCase() ?? "";
      const [browser, why] = message(api, `${method} ${path.replaceAll("{}", "…")}`.trim());
      yield {
        at: request.url.at,
        message: twoLineMessage(browser, why),
        related: nearest(api, path),
      };
    }
  },
};

/** All of its routes were seen, and nothing stands in front that may write paths anew. */
function isWhole(api: Api): boolean {
  const { routed } = apiTraits[api.kind];
  const known = api.routes.every(
    ({ path, method }) => constantOf(path) !== undefined && constantOf(method) !== undefined,
  );
  return (
    routed && api.routesComplete && known && api.behaviors.length === 0 && api.routes.length > 0
  );
}

/** Whether some route may take the request: what is put together at run time may be any number of segments. */
function isServed(api: Api, { path, method }: BrowserRequest): boolean {
  if (path === undefined) return true;
  const asked = constantOf(method)?.toUpperCase();
  return api.routes.some((route) => {
    const [pattern, own] = [constantOf(route.path) ?? "", constantOf(route.method)?.toUpperCase()];
    if (pattern === "$default") return true;
    if (path.includes("{}")) return mayBegin(pattern, path);
    return (
      fits(pattern, path) &&
      (asked === undefined || own === "ANY" || own === asked || asked === "OPTIONS")
    );
  });
}

/** Whether the segments before the first that is not known are those with which the route begins. */
function mayBegin(pattern: string, path: string): boolean {
  const known = path.slice(0, path.indexOf("{}")).split("/").slice(1, -1);
  const parts = pattern.split("/").slice(1);
  for (const [i, segment] of known.entries()) {
    const part = parts[i];
    if (part === undefined) return false;
    if (part.endsWith("+}")) return true;
    if (!part.startsWith("{") && part !== segment) return false;
  }
  return true;
}

/** Whether another call with this base takes a route that was written for its path. */
function leadsToRoutes(api: Api, base: string, model: CorsModel): boolean {
  return model.requests.some(
    (other) =>
      other.base === base &&
      other.api?.id === api.id &&
      other.path !== undefined &&
      other.path.split("/").some((segment) => segment !== "" && segment !== "{}") &&
      api.routes.some((route) => fits(constantOf(route.path) ?? "", other.path ?? "")),
  );
}

function message(api: Api, request: string): [string, string] {
  const answer = apiTraits[api.kind].gatewayResponses
    ? '403 "Missing Authentication Token"'
    : '404 "Not Found"';
  return [
    `The browser shows a CORS error or ${answer.slice(0, 3)} here: ${api.name} has no route for ${request}.`,
    `API Gateway answers ${answer} by itself. Correct the path or the method, or add the route.`,
  ];
}

/** The routes that share the path's first segment. */
function nearest(api: Api, path: string): readonly Related[] {
  const [, first] = path.split("/");
  return api.routes
    .filter((route) => constantOf(route.path)?.split("/")[1] === first && route.generated !== true)
    .slice(0, 3)
    .map(({ at, path: own, method }) => ({
      at,
      message: `${constantOf(method) ?? ""} ${constantOf(own) ?? ""} is a route.`,
    }));
}
