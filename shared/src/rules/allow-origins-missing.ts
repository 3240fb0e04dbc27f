import { policyUses } from "../model/query/platform";
import { possibleLists } from "../model/value";
import { nameOrigins } from "../advice/policy-fix";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** A policy without origins, or with an empty list. */
export const rule: Rule = {
  id: "allow-origins-missing",
  summary: "A CORS policy names no origin, so no preflight gets Access-Control-Allow-Origin.",
  severity: "error",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "preflight-allow-origin-present",
  *check(model, context) {
    for (const { policy } of policyUses(model)) {
      const field = policy.allowOrigins;
      const renamed = policy.ignored.some((option) => option.shouldBe !== undefined);
      const absent = field === undefined && policy.complete && !renamed;
      const lists = possibleLists(field?.value);
      const empty = lists.find((list) => list.complete && list.items.length === 0);
      if (!absent && empty === undefined) continue;
      yield {
        at: field?.name ?? policy.at,
        message: twoLineMessage(
          "The browser finds no allowed origin, so every request of a page fails.",
          `${empty && !empty.definite ? "In one branch of the code this policy" : "This policy"} names no origin, so no answer gets Access-Control-Allow-Origin. Name the origins that may call.`,
        ),
        related: [],
        fixes: nameOrigins(policy, model, context),
      };
    }
  },
};
