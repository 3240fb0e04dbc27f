import { apiTraits } from "../model/kinds";
import type { Fix } from "../finding";
import type { Api, CorsModel, Route } from "../model/model";
import { isNotBrowserFacing, isForMachines, sharesOrigin } from "../model/query/exposure";
import { mayFallBackForOptions, policiesOf } from "../model/query/platform";
import { constantOf } from "../model/value";
import { copyOf } from "../advice/policy-fix";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** A REST resource that answers no preflight, in an API that elsewhere does. */
export const rule: Rule = {
  id: "options-method-missing",
  summary:
    "A REST resource with methods has no OPTIONS method, while other resources of the API have one.",
  severity: "warning",
  browserSays:
    "Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "preflight-allow-origin-present",
  *check(model) {
    for (const api of model.apis) {
      if (apiTraits[api.kind].policyScope !== "resource") continue;
      if (api.notForBrowsers !== undefined || sharesOrigin(api)) continue;
      if (!api.routesComplete || api.cors.kind === "unknown") continue;
      const methods = api.routes.map((route) => ({
        route,
        path: constantOf(route.path),
        method: constantOf(route.method)?.toUpperCase(),
      }));
      if (methods.some(({ path, method }) => path === undefined || method === undefined)) continue;
      const answered = new Set(
        methods
          .filter(({ method }) => method === "OPTIONS" || method === "ANY")
          .map(({ path }) => path),
      );
      if (!methods.some(({ method }) => method === "OPTIONS")) continue;
      const reported = new Set<string | undefined>();
      for (const { route, path, method } of methods) {
        if (answered.has(path) || reported.has(path) || !needsPreflight(route, method)) continue;
        if (path === undefined || mayFallBackForOptions(api, path)) continue;
        if (isForServers(route, model)) continue;
        reported.add(path);
        yield {
          at: route.at,
          message: twoLineMessage(
            `The browser's preflight for ${path} finds no OPTIONS method and fails.`,
            "Other resources of this API answer preflights; this one has methods and no OPTIONS. Add a preflight to it.",
          ),
          related: policiesOf(api)
            .slice(0, 1)
            .map((policy) => ({
              at: policy.at,
              message: "Preflights are configured here for others.",
            })),
          fixes: fixes(api, route),
        };
      }
    }
  },
};

/** A plain GET asks no permission unless it carries a token or a key. */
function needsPreflight(route: Route, method: string | undefined): boolean {
  if (route.integration.kind === "stepFunctions" || isForMachines(route)) return false;
  if (method !== "GET" && method !== "HEAD") return true;
  return route.authorization.kind === "some" || constantOf(route.apiKeyRequired) === true;
}

/** Every handler of the route is seen, and none says a word about CORS. */
function isForServers({ handlers }: Route, model: CorsModel): boolean {
  const known = model.handlers.filter(({ id }) => handlers.includes(id));
  return known.length > 0 && known.every((handler) => isNotBrowserFacing(handler, model));
}

function fixes(api: Api, route: Route): readonly Fix[] {
  const { resource, statement } = route;
  const model = policiesOf(api)[0];
  const policy = model && copyOf(model);
  if (resource === undefined || statement === undefined || policy === undefined) return [];
  return [
    {
      title: `Answer preflights on ${resource}`,
      safety: "safe",
      edits: [{ kind: "addCorsPreflight", on: resource, statement, policy }],
    },
  ];
}
