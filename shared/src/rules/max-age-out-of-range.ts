import { traitsOf } from "../model/kinds";
import { policyUses } from "../model/query/platform";
import { knownBranches } from "../model/value";
import { elsewhere, placeIn } from "./lib/place";
import { GOOD_MAX_AGE } from "../advice/policy-fix";
import { twoLineMessage } from "../advice/text";
import { longestAgeOf } from "../advice/vocabulary";
import type { Rule } from "./rule";

/** A maximum age outside what the service documents. Whether HTTP APIs reject it at deploy is not established. */
export const rule: Rule = {
  id: "max-age-out-of-range",
  summary:
    "A maximum age of more than the documented 86400 seconds on an HTTP API or a Function URL.",
  severity: "warning",
  *check(model) {
    for (const { policy } of policyUses(model)) {
      const field = policy.maxAge;
      const documented = traitsOf(policy).longestAge;
      if (documented === undefined) continue;
      for (const { value, at, definite } of field ? knownBranches(field.value) : []) {
        if (field === undefined || value <= documented) continue;
        yield {
          at: placeIn(field, at),
          message: twoLineMessage(
            `No browser keeps a preflight answer for ${value} s${definite ? "" : ", as one branch asks"}.`,
            `${longestAgeOf(policy)} Browsers keep it for at most 7200 s (Chromium), 86400 s (Firefox) or 600 s (Safari). Write two hours.`,
          ),
          related: elsewhere(field, at, "The number is written here."),
          fixes: [
            {
              title: "Keep preflight answers for two hours",
              safety: "safe",
              edits: [{ kind: "setDuration", at, seconds: GOOD_MAX_AGE, form: policy.form }],
            },
          ],
        };
      }
    }
  },
};
