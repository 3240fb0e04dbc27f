import { traitsOf } from "../model/kinds";
import { allowsCredentials, policyUses } from "../model/query/platform";
import { possibleLists } from "../model/value";
import { elsewhere, placeIn } from "./lib/place";
import { nameOrigins } from "../advice/policy-fix";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** `https://*` of an HTTP API together with credentials. */
export const rule: Rule = {
  id: "scheme-wildcard-with-credentials",
  summary:
    "An HTTP API allows every https or http origin (`https://*`) and credentials: every site may read as the user.",
  severity: "warning",
  allows: "Every page on the web reads responses that were made with the user's cookies.",
  *check(model, context) {
    for (const { policy } of policyUses(model)) {
      const origins = policy.allowOrigins;
      if (traitsOf(policy).originWildcard !== "scheme") continue;
      if (origins === undefined || !allowsCredentials(policy)) continue;
      for (const item of possibleLists(origins.value).flatMap((list) => list.items)) {
        if (!/^https?:\/\/\*$/.test(item.value)) continue;
        yield {
          at: placeIn(origins, item.at),
          fault: item.at,
          message: twoLineMessage(
            "The browser lets every site on the web read with the user's cookies.",
            `${item.value} stands for all origins of its scheme, and credentials are allowed. Name the origins that may call.`,
          ),
          related: [
            ...elsewhere(origins, item.at, "The wildcard is written here."),
            ...(policy.allowCredentials
              ? [{ at: policy.allowCredentials.name, message: "Credentials are allowed here." }]
              : []),
          ],
          fixes: nameOrigins(policy, model, context),
        };
      }
    }
  },
};
