import { apiTraits } from "../model/kinds";
import type { Fix } from "../finding";
import type { Edit } from "../model/edit";
import type { Api, CorsModel, Handler, Route } from "../model/model";
import { sameSpan } from "../ir/span";
import { browserEvidence } from "../model/query/exposure";
import { handlersOf, matchesOptions, optionsRouteFor } from "../model/query/platform";
import { refusesOptions } from "../model/query/responses";
import { headerOwner } from "../model/query/responsibility";
import { constantOf } from "../model/value";
import type { RuleContext } from "../advice/context";
import { addPolicy } from "./lib/api-fix";
import { COMMON_METHODS } from "../advice/needs";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** OPTIONS that reaches a handler which does not answer it with 2xx. */
export const rule: Rule = {
  id: "preflight-reaches-handler",
  summary: "OPTIONS reaches a handler that does not answer it with 2xx.",
  severity: "warning",
  browserSays:
    "Response to preflight request doesn't pass access control check: It does not have HTTP ok status.",
  failsAt: "preflight-status-ok",
  *check(model, context) {
    for (const api of model.apis) {
      if (browserEvidence(api, model) === undefined) continue;
      if (!apiTraits[api.kind].routed && api.cors.kind !== "none") continue;
      for (const route of api.routes.filter((each) => matchesOptions(each) && !each.generated)) {
        const path = constantOf(route.path);
        const own = path === undefined ? undefined : optionsRouteFor(api, path);
        if (route.authorization.kind !== "none" || (own !== undefined && own !== route)) continue;
        const handlers = model.handlers.filter(({ id }) => route.handlers.includes(id));
        const [deaf] = handlers;
        const unread = handlers.length < route.handlers.length;
        if (deaf === undefined || unread || !handlers.every(refusesOptions)) continue;
        if (handlers.some((handler) => isToldAtAnswer(handler, model))) continue;
        yield {
          at: route.methods ?? route.at,
          message: twoLineMessage(
            "The browser's preflight reaches the handler, which does not answer it with 2xx.",
            "This route matches OPTIONS too. List the methods, so that the gateway answers preflights, or answer OPTIONS in the handler.",
          ),
          related: [{ at: deaf.at, message: "This handler gets the preflight." }],
          fixes: fixes(api, route, model, context),
        };
      }
    }
  },
};

/** The handler tells OPTIONS apart and answers it badly: `preflight-answer-not-ok` shows that answer. */
function isToldAtAnswer(handler: Handler, model: CorsModel): boolean {
  const own = handler.responses.some(
    ({ method, afterCatch, originRefused, status }) =>
      method?.toUpperCase() === "OPTIONS" &&
      !afterCatch &&
      !originRefused &&
      constantOf(status) !== undefined,
  );
  return own && headerOwner(handler, model) !== "none";
}

function fixes(api: Api, route: Route, model: CorsModel, context: RuleContext): readonly Fix[] {
  if (api.cors.kind === "none" && !apiTraits[api.kind].routed)
    return addPolicy(api, model, context).flatMap((fix) => withoutDoubles(fix, api, model));
  const { routesTakePreflights } = apiTraits[api.kind];
  if (api.cors.kind === "none") return routesTakePreflights ? [] : addPolicy(api, model, context);
  const any =
    constantOf(route.method)?.toUpperCase() === "ANY" && constantOf(route.path) !== "$default";
  if (!routesTakePreflights || !any || route.call === undefined) return [];
  const title = `List the methods: ${COMMON_METHODS.join(", ")}`;
  return [
    {
      title,
      safety: "review",
      edits: [{ kind: "setRouteMethods", call: route.call, methods: COMMON_METHODS }],
    },
  ];
}

/** A Function URL with `cors` adds to the handler's headers, so these go with the same fix; where they cannot, it is none. */
function withoutDoubles(fix: Fix, api: Api, model: CorsModel): readonly Fix[] {
  const handlers = handlersOf(api, model);
  const responses = handlers.flatMap((handler) => handler.responses);
  const sent = responses
    .flatMap((response) => response.headers)
    .filter(({ name }) => /^access-control-/i.test(name));
  const removable =
    responses.every((response) => response.headersComplete) &&
    handlers.every(({ framework, bindings: fronts }) => !framework && fronts.length === 1) &&
    sent.every(({ entry }) => entry !== undefined);
  if (!removable) return [];
  const entries = sent.flatMap(({ entry }) => entry ?? []);
  const once = entries.filter((entry, i) => entries.findIndex((e) => sameSpan(e, entry)) === i);
  const removals = once.map((entry): Edit => ({ kind: "removeEntry", entry }));
  return [{ ...fix, edits: [...fix.edits, ...removals] }];
}
