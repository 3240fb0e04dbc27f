import { traitsOf } from "../model/kinds";
import type { Edit } from "../model/edit";
import { policyUses } from "../model/query/platform";
import { possibleLists } from "../model/value";
import { placeIn } from "./lib/place";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** OPTIONS among the methods of a Function URL's policy: Lambda's enumeration has no such value. */
export const rule: Rule = {
  id: "function-url-options-method",
  summary: "`OPTIONS` in a Function URL's allowed methods is refused at deploy.",
  severity: "error",
  *check(model) {
    for (const { policy } of policyUses(model)) {
      const field = policy.allowMethods;
      if (traitsOf(policy).service !== "functionUrl" || field === undefined) continue;
      for (const list of possibleLists(field.value)) {
        const others = list.items.length > 1 || !list.complete;
        for (const { value, at } of list.items.filter(
          (item) => item.value.toUpperCase() === "OPTIONS",
        )) {
          const edit: Edit = others
            ? { kind: "removeFromList", item: at }
            : { kind: "removeEntry", entry: field.entry };
          yield {
            at: placeIn(field, at),
            message: twoLineMessage(
              "The browser never meets this policy: Lambda refuses OPTIONS at deploy.",
              `A Function URL does not take ${value} as an allowed method, and answers preflights by itself. Remove it.`,
            ),
            fixes: [{ title: "Remove OPTIONS", safety: others ? "safe" : "review", edits: [edit] }],
          };
        }
      }
    }
  },
};
