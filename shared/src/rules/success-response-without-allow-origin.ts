import { isFailure } from "../model/query";
import { answers, lacksAllowOrigin, strength } from "./lib/answers";
import { addCorsHeaders } from "./lib/header-fix";
import { letter } from "./lib/text";
import type { Rule } from "./rule";

/** A successful answer without the header, from a handler whose answers pages of other origins read. */
export const rule: Rule = {
  id: "success-response-without-allow-origin",
  summary:
    "A handler answers successfully without Access-Control-Allow-Origin, and nobody else adds it.",
  severity: "warning",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "response-allow-origin-present",
  *check(model, context) {
    for (const answer of answers(model, "gateway")) {
      const { handler, response, behindGateway } = answer;
      const severity = strength(answer, context);
      if (severity === "off" || isFailure(response) || !lacksAllowOrigin(answer)) continue;
      yield {
        at: response.at,
        ...(severity ? { severity } : {}),
        message: behindGateway
          ? letter(
              "The browser gets this header from API Gateway, not from this response.",
              "The HTTP API's CORS policy adds Access-Control-Allow-Origin and drops the handler's. Behind a REST API it would be missing.",
            )
          : letter(
              "The browser withholds this response: it has no Access-Control-Allow-Origin.",
              "The request is made and answered, but the page only sees a CORS error. Add the header here; nothing in front of the handler does.",
            ),
        related: response.through.map((at) => ({ at, message: "The response is made here." })),
        fixes: addCorsHeaders(handler, response, model, context),
      };
    }
  },
};
