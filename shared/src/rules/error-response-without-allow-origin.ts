import { missingAllowOrigin, type MissingMessage } from "./lib/missing-origin";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** A failure told without the header: the page sees a CORS error instead of the message. */
export const rule: Rule = {
  id: "error-response-without-allow-origin",
  summary:
    "A handler answers an error without Access-Control-Allow-Origin, so the page sees a CORS error instead of the message.",
  severity: "warning",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "response-allow-origin-present",
  check: (model, context) => missingAllowOrigin(model, context, true, message),
};

function message(by: Parameters<MissingMessage>[0], senders: number): string {
  if (by === "gateway") {
    return twoLineMessage(
      "The browser gets this header from API Gateway, not from this error response.",
      "The HTTP API's CORS policy adds Access-Control-Allow-Origin and drops the handler's. Behind a REST API it would be missing.",
    );
  }
  if (by === "wrapper") {
    return twoLineMessage(
      "The browser shows a CORS error instead of this error: no Access-Control-Allow-Origin.",
      "The function around this handler answers in its place, without the header. Add it there, or wrap the other way round.",
    );
  }
  return by === "helper"
    ? twoLineMessage(
        "The browser shows a CORS error instead of the errors that are made here.",
        `${senders} error responses come from here without Access-Control-Allow-Origin, so the page cannot read them. Add it here.`,
      )
    : twoLineMessage(
        "The browser shows a CORS error instead of this error: no Access-Control-Allow-Origin.",
        "Errors need the header as much as successes do, or the page cannot read status and message. Add it here.",
      );
}
