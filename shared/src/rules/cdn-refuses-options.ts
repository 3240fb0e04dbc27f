import { possibleLists, definitelyIncludes } from "../model/value";
import { crossOriginBehaviors, setBehavior } from "./lib/cdn-behaviors";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** A CloudFront behaviour that turns OPTIONS away with 403. CDK's default lets GET and HEAD through only. */
export const rule: Rule = {
  id: "cdn-refuses-options",
  summary: "A CloudFront behaviour in front of the API does not let OPTIONS through.",
  severity: "error",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "preflight-allow-origin-present",
  *check(model) {
    for (const { api, behavior } of crossOriginBehaviors(model)) {
      const closed = possibleLists(behavior.allowedMethods).some(
        (list) => list.complete && !definitelyIncludes(list, "OPTIONS"),
      );
      if (!closed) continue;
      yield {
        at: behavior.allowedMethodsAt ?? behavior.at,
        message: twoLineMessage(
          "The browser's preflight gets 403 from CloudFront, so nothing is sent.",
          "This behaviour lets no OPTIONS request through to the API. Allow all methods.",
        ),
        related: [{ at: api.at, message: "The API is made here." }],
        fixes: setBehavior(behavior, "allowedMethods", "ALLOW_ALL"),
      };
    }
  },
};
