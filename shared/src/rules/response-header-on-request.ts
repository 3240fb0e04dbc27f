import { belongsToResponses } from "../advice/needs";
import type { Fix } from "../finding";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** A response header of CORS among the request's headers: one more header to ask permission for. */
export const rule: Rule = {
  id: "response-header-on-request",
  summary:
    "`Access-Control-Allow-…` is set as a request header, which only makes the preflight fail.",
  severity: "error",
  browserSays:
    "Request header field access-control-allow-origin is not allowed by Access-Control-Allow-Headers in preflight response.",
  failsAt: "preflight-header-allowed",
  *check(model) {
    for (const { name, at, entry } of model.requests.flatMap((request) => request.headers)) {
      if (!belongsToResponses(name)) continue;
      const fixes: Fix[] = entry
        ? [{ title: `Remove ${name}`, safety: "safe", edits: [{ kind: "removeEntry", entry }] }]
        : [];
      yield {
        at,
        message: twoLineMessage(
          `The browser asks whether it may send ${name}, and no server says yes.`,
          "This header belongs to the server's answer; a page cannot permit itself. Remove it.",
        ),
        fixes,
      };
    }
  },
};
