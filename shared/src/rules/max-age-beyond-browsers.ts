import { traitsOf } from "../model/kinds";
import { answersPreflights, policyUses } from "../model/query/platform";
import { knownBranches } from "../model/value";
import { elsewhere, placeIn } from "./lib/place";
import { GOOD_MAX_AGE } from "../advice/policy-fix";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** Chromium's cap (since 76), the highest that most users' browsers honour. Seconds. */
const CHROMIUM = 7200;
const FIREFOX = 86400;

/** A maximum age that Chromium cuts. What lies beyond the documented range is `max-age-out-of-range`'s business. */
export const rule: Rule = {
  id: "max-age-beyond-browsers",
  summary:
    "A maximum age over 7200 seconds: Chromium and Safari cut it, and in Firefox a mistake stays cached that long.",
  severity: "information",
  *check(model) {
    for (const { policy } of policyUses(model)) {
      const field = policy.maxAge;
      if (field === undefined || !answersPreflights(policy)) continue;
      for (const { value, at } of knownBranches(field.value)) {
        const documented = value <= (traitsOf(policy).longestAge ?? Infinity);
        if (value <= CHROMIUM || !documented) continue;
        yield {
          at: placeIn(field, at),
          message: twoLineMessage(
            `Most browsers forget the preflight's answer before ${value} s have passed.`,
            `Chromium keeps it for at most 7200 s and Safari for 600 s; Firefox keeps even a wrong answer for ${Math.min(value, FIREFOX)} s. Two hours are enough.`,
          ),
          related: elsewhere(field, at, "The number is written here."),
          fixes: [
            {
              title: "Keep preflight answers for two hours",
              safety: "review",
              edits: [{ kind: "setDuration", at, seconds: GOOD_MAX_AGE, form: policy.form }],
            },
          ],
        };
      }
    }
  },
};
