import { apiTraits } from "../model/kinds";
import { originOf } from "../browser/url";
import { isRedirect } from "../browser/preflight";
import type { Api, BrowserRequest, CorsModel, Handler, ResponsePath } from "../model/model";
import { fits } from "../model/query/path";
import { apiOf } from "../model/query/platform";
import { statusesOf } from "../model/query/responses";
import { constantOf } from "../model/value";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/**
 * A handler answers a page's `fetch` with a redirect to another origin. The page does not go there: the browser follows
 * within the fetch, and from the second other origin on it names `null` as its own (Fetch, "HTTP-redirect fetch").
 */
export const rule: Rule = {
  id: "fetched-redirect-leaves-origin",
  summary: "A handler answers a page's fetch with a redirect to another origin, which sees `null`.",
  severity: "warning",
  browserSays:
    "Access to fetch at 'https://login.example.com/' (redirected from 'https://api.example.com/') from origin 'null' has been blocked by CORS policy.",
  failsAt: "response-allow-origin-present",
  *check(model) {
    const told = new Set<string>();
    for (const request of model.requests) {
      if (constantOf(request.mode) !== "cors" || request.followsRedirects === false) continue;
      for (const response of answersTo(request, model)) {
        const target = targetOf(response);
        const place = `${response.at.file} ${String(response.at.start)}`;
        if (target === undefined || told.has(place)) continue;
        told.add(place);
        yield {
          at: response.location?.at ?? response.at,
          message: twoLineMessage(
            `The browser follows this redirect within the page's fetch, as origin null.`,
            `The page stays where it is, and ${target} has to answer it with CORS headers for null. Answer 401 or 200 with the address, and let the page go there.`,
          ),
          related: [{ at: request.at, message: "The page fetches it here." }],
        };
      }
    }
  },
};

/** The answers to a call, of a handler that has no other route: which route a path through it is for is not known. */
function answersTo(request: BrowserRequest, model: CorsModel): readonly ResponsePath[] {
  const api = apiOf(request.api?.id, model);
  const { path } = request;
  const method = constantOf(request.method)?.toUpperCase();
  if (api === undefined || path === undefined || method === undefined) return [];
  const routes = api.routes.filter((route) => {
    const own = constantOf(route.method)?.toUpperCase();
    const pattern = constantOf(route.path) ?? "";
    return fits(pattern, path) && !pattern.includes("+}") && (own === "ANY" || own === method);
  });
  const [route, ...others] = routes;
  if (route === undefined || others.length > 0 || !apiTraits[api.kind].routed) return [];
  return model.handlers
    .filter((handler) => route.handlers.includes(handler.id) && hasOneRoute(handler, api, model))
    .flatMap(({ responses }) =>
      responses.filter((response) => response.method === undefined || response.method === method),
    );
}

function hasOneRoute({ id, framework }: Handler, own: Api, { apis }: CorsModel): boolean {
  const all = apis.flatMap((api) =>
    api.routes
      .filter(({ handlers, generated }) => handlers.includes(id) && generated !== true)
      .map(({ path }) => `${api.id} ${constantOf(path) ?? ""}`),
  );
  return framework === undefined && new Set(all).size === 1 && all[0]?.startsWith(own.id) === true;
}

/** The origin of the redirect, where its text names the whole of it. AWS's own host names may be the API's. */
function targetOf(response: ResponsePath): string | undefined {
  const { location } = response;
  const statuses = statusesOf(response);
  if (location === undefined || statuses.length === 0 || !statuses.every(isRedirect)) return;
  const [begin] = /^https?:\/\/[^/?#\s]+(?=([/?#])|$)/i.exec(location.text) ?? [];
  if (begin === undefined || (!location.complete && begin === location.text)) return;
  return /\.(execute-api|lambda-url)\./i.test(begin) ? undefined : (originOf(begin) ?? undefined);
}
