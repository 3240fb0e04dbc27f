import { apiTraits } from "../model/kinds";
import type { Span } from "../ir/span";
import type { Problem } from "../finding";
import type { Api, CorsModel, Handler, ResponsePath, Route } from "../model/model";
import { codeRoutes, isUnlinked } from "../model/query/coverage";
import { optionsRouteFor } from "../model/query/platform";
import { ALLOW_ORIGIN, headersNamed, statusesOf } from "../model/query/responses";
import { headerOwner } from "../model/query/responsibility";
import { constantOf } from "../model/value";
import { allowPreflight, answerWithOk } from "./lib/preflight-fix";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** The handler's own answer to OPTIONS, where it has an evident branch for it. */
export const rule: Rule = {
  id: "preflight-answer-not-ok",
  summary: "A handler's own answer to OPTIONS is not 2xx or has no Access-Control-Allow-Origin.",
  severity: "error",
  browserSays:
    "Response to preflight request doesn't pass access control check: It does not have HTTP ok status.",
  failsAt: "preflight-status-ok",
  *check(model, context): Iterable<Problem> {
    for (const handler of model.handlers) {
      const who = headerOwner(handler, model);
      const own = handler.responses.filter(
        ({ method, afterCatch, originRefused }) =>
          method?.toUpperCase() === "OPTIONS" && !afterCatch && !originRefused,
      );
      if (who === "none" || !meetsOptions(handler, model)) continue;
      // Without a known front only a branch for OPTIONS says that preflights get here.
      if (handler.bindings.length > 0 || own.length > 0) yield* turnedAway(handler);
      if (handler.needsBody && (handler.bindings.length > 0 || own.length > 0))
        yield withoutBody(handler.needsBody);
      if (own.length === 0) continue;
      for (const response of own) {
        const bad = statusesOf(response).find((status) => status < 200 || status > 299);
        if (bad !== undefined) {
          yield {
            at: response.at,
            message: notOk(bad),
            fixes: answerWithOk(handler, response, bad),
          };
        } else if (who === "handler" && isBare(response)) {
          yield {
            at: response.at,
            message: bare,
            fixes: allowPreflight(handler, response, model, context),
          };
        }
      }
    }
  },
};

/** Answers that are made before the method is looked at: preflights get them too. */
function* turnedAway(handler: Handler): Iterable<Problem> {
  for (const response of handler.responses) {
    const { turnedAwayFor: lacking, at } = response;
    const bad = statusesOf(response).find((status) => status < 200 || status > 299);
    if (lacking === undefined || bad === undefined) continue;
    if (lacking === "body" && handler.needsBody) continue; // Told where it raises.
    const what = lacking === "body" || lacking === "cookies" ? lacking : `${lacking} header`;
    yield {
      at,
      message: twoLineMessage(
        `The browser's preflight gets ${bad} here: it carries no ${what.replace("cookies", "cookie")}.`,
        "This answer is made before OPTIONS is told apart, so that the browser refuses the request. Answer OPTIONS first.",
      ),
    };
  }
}

function withoutBody(at: Span): Problem {
  return {
    at,
    message: twoLineMessage(
      "The browser's preflight has no body, and this raises without one.",
      "OPTIONS is told apart only afterwards, so the preflight is never answered. Answer OPTIONS first.",
    ),
  };
}

function notOk(status: number): string {
  return twoLineMessage(
    `The browser wants a preflight answered with 2xx, and this is ${status}.`,
    "It refuses the request whatever the headers say. Answer OPTIONS with 204.",
  );
}

const bare = twoLineMessage(
  "The browser's preflight gets no Access-Control-Allow-Origin from this answer.",
  "Nothing in front of the handler adds it. Send the same CORS headers as with the other answers.",
);

function isBare(response: ResponsePath): boolean {
  const lacks = response.headersComplete && headersNamed(response, ALLOW_ORIGIN).length === 0;
  return lacks && response.reachedBy !== "throw";
}

/** Some front hands OPTIONS to the handler, or may; where nothing is seen in front of any, it is believed to. */
function meetsOptions(handler: Handler, model: CorsModel): boolean {
  if (handler.bindings.length > 0)
    return model.apis.some((api) =>
      isRouted(api)
        ? api.routes.some(
            (route) => route.handlers.includes(handler.id) && handsOnOptions(api, route),
          )
        : leavesOptions(api) && handler.bindings.some((front) => front.api === api.id),
    );
  // Of the routes that lead to code that was not found, any may lead here.
  const open = model.apis.flatMap((api) =>
    codeRoutes(api)
      .filter(isUnlinked)
      .map((route) => ({ api, route })),
  );
  return (
    open.length === 0 ||
    open.some(({ api, route }) => (isRouted(api) ? handsOnOptions(api, route) : leavesOptions(api)))
  );
}

const isRouted = ({ kind }: Api): boolean => apiTraits[kind].routed;
const leavesOptions = ({ cors }: Api): boolean => cors.kind === "none";

function handsOnOptions(api: Api, route: Route): boolean {
  if (route.generated) return false;
  const method = constantOf(route.method)?.toUpperCase();
  const path = constantOf(route.path) ?? "";
  const other = optionsRouteFor(api, path);
  const reached = method === "OPTIONS" || method === "ANY" || path === "$default";
  return reached && (other === undefined || other === route);
}
