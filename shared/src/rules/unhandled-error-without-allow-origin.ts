import { apiTraits } from "../model/kinds";
import type { Api, CorsModel, Handler } from "../model/model";
import { apiOf } from "../model/query/platform";
import { ALLOW_ORIGIN } from "../model/query/responses";
import { headerOwner } from "../model/query/responsibility";
import { constantOf } from "../model/value";
import { answerErrors } from "./lib/answer-errors";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** An exception that leaves the handler: the front answers 5xx, and only gateway responses of a REST API can add headers. */
export const rule: Rule = {
  id: "unhandled-error-without-allow-origin",
  summary:
    "An exception can leave the handler, and what the gateway then answers has no CORS headers.",
  severity: "information",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "response-allow-origin-present",
  *check(model, context) {
    for (const handler of model.handlers) {
      const { mayThrow, framework } = handler;
      if (framework && !framework.letsErrorsOut) continue;
      if (
        mayThrow === undefined ||
        headerOwner(handler, model) !== "handler" ||
        !bare(handler, model)
      )
        continue;
      yield {
        at: mayThrow,
        message: twoLineMessage(
          "The browser shows a CORS error when this throws.",
          "The exception leaves the handler, and the 5xx that is sent in its place has no CORS headers. Catch it and answer with them.",
        ),
        fixes: answerErrors(handler, model, context),
      };
    }
  },
};

/** Some front is known to answer without the header. */
function bare(handler: Handler, model: CorsModel): boolean {
  const apis = handler.bindings.map(({ api }) => apiOf(api, model));
  return apis.some(
    (api) =>
      api !== undefined &&
      (apiTraits[api.kind].gatewayResponses ? !covered(api) : api.cors.kind === "none"),
  );
}

function covered(api: Api): boolean {
  if (!api.gatewayResponsesComplete) return true;
  return api.gatewayResponses.some(({ type, headers, complete }) => {
    const named = constantOf(type);
    const other = named !== undefined && !/5_?XX|^INTEGRATION_FAILURE$/.test(named);
    return !other && (!complete || headers.some(({ name }) => name.toLowerCase() === ALLOW_ORIGIN));
  });
}
