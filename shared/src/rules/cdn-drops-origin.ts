import { apiTraits } from "../model/kinds";
import { constantOf } from "../model/value";
import { answersByOrigin, crossOriginBehaviors, setBehavior } from "./lib/cdn-behaviors";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** CloudFront sends no Origin to the API. An HTTP API then answers without CORS headers (AWS, http-api-cors). */
export const rule: Rule = {
  id: "cdn-drops-origin",
  summary: "CloudFront does not forward Origin to an API whose answer depends on it.",
  severity: "warning",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "preflight-allow-origin-present",
  *check(model) {
    for (const { api, behavior } of crossOriginBehaviors(model)) {
      if (constantOf(behavior.forwardsOrigin) !== false || behavior.responseHeadersPolicy) continue;
      const needed =
        (apiTraits[api.kind].policyOnResponses === "replaces" && api.cors.kind === "policy") ||
        answersByOrigin(api, model);
      if (!needed) continue;
      yield {
        at: behavior.at,
        message: twoLineMessage(
          "The browser gets no CORS headers, because the API never hears of its origin.",
          "CloudFront does not pass the Origin header on, and the API sends CORS headers only to requests that have one. Forward the viewer's headers.",
        ),
        related: [{ at: api.at, message: "The API is made here." }],
        fixes: setBehavior(behavior, "originRequestPolicy", "ALL_VIEWER_EXCEPT_HOST_HEADER"),
      };
    }
  },
};
