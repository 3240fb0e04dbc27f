import { apiTraits } from "../model/kinds";
import { servesMachinesOnly, browserEvidence, sharesOrigin } from "../model/query/exposure";
import type { Severity } from "../finding";
import type { Api, CorsModel } from "../model/model";
import { handlersOf, matchesOptions, policiesOf } from "../model/query/platform";
import { mayAnswerPreflights } from "../model/query/responses";
import { constantOf } from "../model/value";
import { headersNeeded } from "../advice/needs";
import { addPolicy } from "./lib/api-fix";
import { twoLineMessage, unique } from "../advice/text";
import type { Rule } from "./rule";

/** An API that pages evidently call and that answers no preflight. Function URLs may leave all of it to the function. */
export const rule: Rule = {
  id: "cors-not-configured",
  summary: "An API that evidently serves browsers has no CORS policy, so no preflight is answered.",
  severity: "warning",
  browserSays:
    "Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "preflight-allow-origin-present",
  *check(model, context) {
    for (const api of model.apis) {
      if (!isBare(api, model) || servesMachinesOnly(api, model)) continue;
      const evidence = evidenceFor(api, model);
      if (evidence === undefined) continue;
      // Where the handlers send the headers, plain reads work.
      const asked = browserEvidence(api, model) !== "handler" || meetsPreflights(api, model);
      yield {
        at: api.at,
        severity: asked ? evidence.severity : "information",
        message: twoLineMessage(
          asked
            ? "The browser's preflight gets no CORS headers, so the request is never sent."
            : "The browser sends plain reads only: a request with a preflight gets no further.",
          `${evidence.because} ${whoAnswers(api)}: ${whatToDo(api)}.`,
        ),
        fixes: addPolicy(api, model, context),
      };
    }
  },
};

/** No policy, all of it seen, and no handler or framework that may answer OPTIONS in its place. */
function isBare(api: Api, model: CorsModel): boolean {
  if (!apiTraits[api.kind].routed) return false;
  if (api.cors.kind !== "none" || policiesOf(api).length > 0) return false;
  if (api.notForBrowsers !== undefined || api.stepFunctions || sharesOrigin(api)) return false;
  if (api.behaviors.some((behavior) => behavior.responseHeadersPolicy)) return false;
  // A route whose method is not known may be one for OPTIONS.
  if (api.routes.some(({ method }) => constantOf(method) === undefined)) return false;
  const own = api.routes.filter((route) => matchesOptions(route));
  if (own.some((route) => constantOf(route.method)?.toUpperCase() === "OPTIONS")) return false;
  const answering = unique(own.flatMap((route) => route.handlers)).map((id) =>
    model.handlers.find((handler) => handler.id === id),
  );
  // A handler that could not be read may answer.
  if (answering.some((handler) => !handler || mayAnswerPreflights(handler))) return false;
  return own.every((route) => route.handlers.length > 0 || route.authorization.kind === "some");
}

/** Whether the browser has to ask: reads without a token or another header of their own go without a preflight. */
function meetsPreflights(api: Api, model: CorsModel): boolean {
  const reads = api.routes.every(({ method, authorization, apiKeyRequired }) => {
    const name = constantOf(method)?.toUpperCase();
    const open = authorization.kind === "none" && constantOf(apiKeyRequired) !== true;
    return (name === "GET" || name === "HEAD") && open;
  });
  return !reads || !api.routesComplete || headersNeeded(api, api.routes, model).length > 0;
}

/** What becomes of a preflight. */
function whoAnswers(api: Api): string {
  const reached = api.routes.filter(matchesOptions);
  if (reached.length === 0) return "Nothing answers OPTIONS for this API";
  return reached.every(({ authorization }) => authorization.kind === "some")
    ? "OPTIONS meets the authorizer of this API, which turns a preflight away"
    : "OPTIONS reaches the API's functions, which send no CORS headers for it";
}

function whatToDo({ kind }: Api): string {
  return apiTraits[kind].policy === undefined
    ? "let OPTIONS through, and answer it in the function"
    : "configure CORS on it";
}

function evidenceFor(
  api: Api,
  model: CorsModel,
): { severity: Severity; because: string } | undefined {
  const evidence = browserEvidence(api, model);
  if (evidence === "handler") {
    return {
      severity: "warning",
      because: "Its handlers send CORS headers, so pages of other origins call it.",
    };
  }
  if (evidence === "page")
    return { severity: "warning", because: "A page of this workspace calls it." };
  if (model.apis.some((other) => other !== api && policiesOf(other).length > 0)) {
    const because =
      "Another API of the application has a CORS policy, so pages may call this one too.";
    return { severity: "information", because };
  }
  return usesUserTokens(api) || handlersOf(api, model).length > 0
    ? { severity: "information", because: "If pages of other origins call it, they are refused." }
    : undefined;
}

/** Tokens of signed-in users come from pages or apps. */
function usesUserTokens(api: Api): boolean {
  return api.routes.some(
    ({ authorization }) =>
      authorization.kind === "some" && ["jwt", "cognito"].includes(authorization.type),
  );
}
