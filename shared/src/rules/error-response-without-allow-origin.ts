import { isFailure } from "../model/query";
import { answers, lacksAllowOrigin, strength } from "./lib/answers";
import { addCorsHeaders } from "./lib/header-fix";
import { letter } from "./lib/text";
import type { Rule } from "./rule";

/** A failure told without the header: the page sees a CORS error instead of the message. */
export const rule: Rule = {
  id: "error-response-without-allow-origin",
  summary:
    "A handler answers an error without Access-Control-Allow-Origin, so the page sees a CORS error instead of the message.",
  severity: "warning",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "response-allow-origin-present",
  *check(model, context) {
    for (const answer of answers(model, "gateway")) {
      const { handler, response, behindGateway } = answer;
      const severity = strength(answer, context);
      if (severity === "off" || !isFailure(response) || !lacksAllowOrigin(answer)) continue;
      yield {
        at: response.at,
        ...(severity ? { severity } : {}),
        message: behindGateway
          ? letter(
              "The browser gets this header from API Gateway, not from this error response.",
              "The HTTP API's CORS policy adds Access-Control-Allow-Origin and drops the handler's. Behind a REST API it would be missing.",
            )
          : letter(
              "The browser shows a CORS error instead of this error: no Access-Control-Allow-Origin.",
              "Errors need the header as much as successes do, or the page cannot read status and message. Add it here.",
            ),
        related: response.through.map((at) => ({ at, message: "The response is made here." })),
        fixes: addCorsHeaders(handler, response, model, context),
      };
    }
  },
};
