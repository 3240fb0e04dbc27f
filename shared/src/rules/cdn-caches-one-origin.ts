import { constantOf } from "../model/value";
import { answersByOrigin, crossOriginBehaviors, setBehavior } from "./lib/cdn-behaviors";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** Origin is forwarded but not part of the cache key. CloudFront does not heed `Vary: Origin` then. */
export const rule: Rule = {
  id: "cdn-caches-one-origin",
  summary: "CloudFront caches the answer to one origin and serves it to another.",
  severity: "warning",
  browserSays:
    "The 'Access-Control-Allow-Origin' header has a value that is not equal to the supplied origin.",
  failsAt: "response-allow-origin-match",
  *check(model) {
    for (const { api, behavior } of crossOriginBehaviors(model)) {
      const forwarded = constantOf(behavior.forwardsOrigin) === true;
      if (
        !forwarded ||
        constantOf(behavior.originInCacheKey) !== false ||
        behavior.responseHeadersPolicy
      )
        continue;
      if (!answersByOrigin(api, model)) continue;
      yield {
        at: behavior.at,
        message: twoLineMessage(
          "The browser may get an answer that was meant, and cached, for another origin.",
          "The API answers each origin differently, and CloudFront caches without regard to Origin. Do not cache here, or put Origin into the cache key.",
        ),
        related: [{ at: api.at, message: "The API is made here." }],
        fixes: setBehavior(behavior, "cachePolicy", "CACHING_DISABLED", "review"),
      };
    }
  },
};
