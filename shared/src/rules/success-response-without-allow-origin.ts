import { missingAllowOrigin, type MissingMessage } from "./lib/missing-origin";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** A successful answer without the header, from a handler whose answers pages of other origins read. */
export const rule: Rule = {
  id: "success-response-without-allow-origin",
  summary:
    "A handler answers successfully without Access-Control-Allow-Origin, and nobody else adds it.",
  severity: "warning",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "response-allow-origin-present",
  check: (model, context) => missingAllowOrigin(model, context, false, message),
};

function message(by: Parameters<MissingMessage>[0], senders: number): string {
  if (by === "gateway") {
    return twoLineMessage(
      "The browser gets this header from API Gateway, not from this response.",
      "The HTTP API's CORS policy adds Access-Control-Allow-Origin and drops the handler's. Behind a REST API it would be missing.",
    );
  }
  if (by === "wrapper") {
    return twoLineMessage(
      "The browser withholds this response: it has no Access-Control-Allow-Origin.",
      "The function around this handler answers in its place, without the header. Add it there, or wrap the other way round.",
    );
  }
  return by === "helper"
    ? twoLineMessage(
        "The browser withholds what is made here: it has no Access-Control-Allow-Origin.",
        `${senders} responses come from here, and the page only sees a CORS error. Add the header here; nothing in front of the handler does.`,
      )
    : twoLineMessage(
        "The browser withholds this response: it has no Access-Control-Allow-Origin.",
        "The request is made and answered, but the page only sees a CORS error. Add the header here; nothing in front of the handler does.",
      );
}
