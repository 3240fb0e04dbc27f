import { isFailure } from "../model/query";
import { strength } from "./lib/answers";
import { causes, sendersOf } from "./lib/causes";
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
    for (const cause of causes(model)) {
      const [answer] = cause.answers;
      const severity = strength(answer, context);
      if (severity === "off" || cause.answers.every(({ response }) => isFailure(response)))
        continue;
      const senders = sendersOf(cause);
      yield {
        at: cause.at,
        ...(severity ? { severity } : {}),
        message: message(answer.behindGateway, senders.length),
        related:
          senders.length > 0
            ? senders.map((at) => ({ at, message: "One of them is sent here." }))
            : answer.response.through.map((at) => ({ at, message: "The response is made here." })),
        fixes: addCorsHeaders(cause, model, context),
      };
    }
  },
};

function message(behindGateway: boolean, senders: number): string {
  if (behindGateway) {
    return letter(
      "The browser gets this header from API Gateway, not from this response.",
      "The HTTP API's CORS policy adds Access-Control-Allow-Origin and drops the handler's. Behind a REST API it would be missing.",
    );
  }
  return senders > 0
    ? letter(
        "The browser withholds what is made here: it has no Access-Control-Allow-Origin.",
        `${senders} responses come from here, and the page only sees a CORS error. Add the header here; nothing in front of the handler does.`,
      )
    : letter(
        "The browser withholds this response: it has no Access-Control-Allow-Origin.",
        "The request is made and answered, but the page only sees a CORS error. Add the header here; nothing in front of the handler does.",
      );
}
