import type { Problem } from "../finding";
import type { Api, BrowserRequest, CorsModel, Handler, Route } from "../model/model";
import type { FrameworkPath } from "../model/framework";
import { apiTraits } from "../model/kinds";
import { isSafelistedMethod, normalizeMethod } from "../browser/preflight";
import { unsafeHeaders } from "../advice/needs";
import { fits } from "../model/query/path";
import { apiOf, matchesOptions, optionsRouteFor } from "../model/query/platform";
import { constantOf } from "../model/value";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/**
 * A framework redirects to the path with, or without, a slash at its end. A preflight may not be redirected (Fetch, CORS-
 * preflight fetch, step 7), so that such a call fails where the framework is asked for OPTIONS and does not answer first.
 */
export const rule: Rule = {
  id: "slash-redirects-request",
  summary: "A page's path and the route differ by a slash at the end, so the framework redirects.",
  severity: "error",
  browserSays:
    "Response to preflight request doesn't pass access control check: Redirect is not allowed for a preflight request.",
  failsAt: "preflight-not-redirected",
  *check(model): Iterable<Problem> {
    for (const request of model.requests) {
      const api = apiOf(request.api?.id, model);
      const found = api && redirectOf(request, api, model);
      if (!api || !found) continue;
      const { handler, route, path } = found;
      const { name, slashes } = handler.framework;
      const refused = asksFirst(request) && redirectsPreflights(handler, route, api);
      yield {
        at: request.url.at,
        ...(refused ? {} : { severity: "information" as const }),
        message: twoLineMessage(
          refused
            ? "The browser's preflight is redirected, which it never follows."
            : "The browser follows a redirect first, whose address the framework makes up.",
          `${name} has this route as ${path.text} and answers ${String(slashes.status)} to ${request.path ?? ""}. Call ${path.text}.`,
        ),
        related: [{ at: path.at, message: `${path.text} is the route.` }],
      };
    }
  },
};

type Redirecting = Handler & {
  readonly framework: {
    readonly slashes: NonNullable<NonNullable<Handler["framework"]>["slashes"]>;
  };
};

interface Found {
  readonly handler: Redirecting;
  readonly route: Route;
  readonly path: FrameworkPath;
}

/** The framework's route to which it redirects a call, which it has under no other path. */
function redirectOf(request: BrowserRequest, api: Api, model: CorsModel): Found | undefined {
  const { path } = request;
  if (path === undefined || path.includes("{}") || path === "/") return undefined;
  const routes = api.routes.filter((route) => takes(route, request, path));
  const [route, ...others] = routes;
  if (!route || others.length > 0) return undefined;
  const handler = model.handlers.find(({ id }) => route.handlers.includes(id));
  if (!handler || !redirects(handler) || route.handlers.length > 1) return undefined;
  const { paths, redirects: how } = handler.framework.slashes;
  const alike = paths.filter(({ text }) => fits(text, path));
  if (alike.some(({ text }) => endsAlike(text, path))) return undefined;
  const found = alike.find(({ text }) => how === "both" || text.endsWith("/"));
  return found && { handler, route, path: found };
}

function takes(route: Route, { method }: BrowserRequest, path: string): boolean {
  const [pattern, own, asked] = [route.path, route.method, method].map(constantOf);
  if (pattern === "$default") return true;
  return (
    pattern !== undefined && fits(pattern, path) && (own === "ANY" || own === asked?.toUpperCase())
  );
}

function redirects(handler: Handler): handler is Redirecting {
  return handler.framework?.slashes !== undefined;
}

const endsAlike = (a: string, b: string): boolean => a.endsWith("/") === b.endsWith("/");

function asksFirst(request: BrowserRequest): boolean {
  const method = constantOf(request.method);
  return (
    (method !== undefined && !isSafelistedMethod(normalizeMethod(method))) ||
    unsafeHeaders(request).length > 0
  );
}

/** OPTIONS gets to the framework, whose CORS support does not answer it before the routes are looked at. */
function redirectsPreflights({ framework }: Redirecting, route: Route, api: Api): boolean {
  const path = constantOf(route.path) ?? "";
  const other = optionsRouteFor(api, path);
  if (!matchesOptions(route) || (other !== undefined && other !== route)) return false;
  // A Function URL answers from its policy before the function is asked.
  if (!apiTraits[api.kind].routed && api.cors.kind !== "none") return false;
  return framework.slashes.redirects === "toSlash" || framework.cors.kind === "none";
}
