import type { Fix, Problem } from "../finding";
import type { Span } from "../ir/span";
import { policyUses } from "../model/query/platform";
import { possibleLists, type PossibleList } from "../model/value";
import { allowOriginBranches, answers } from "./lib/answers";
import { placeIn } from "./lib/place";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** `null` in an allow-list: the origin of every sandboxed frame, data: URL and file. */
export const rule: Rule = {
  id: "null-origin-allowed",
  summary: "The origin `null` is allowed, which any sandboxed frame has.",
  severity: "warning",
  allows:
    "Any site puts a page into a sandboxed frame, whose origin is null, and reads the response.",
  *check(model): Iterable<Problem> {
    for (const { policy } of policyUses(model)) {
      const field = policy.allowOrigins;
      for (const list of possibleLists(field?.value)) {
        for (const at of field ? nulls(list) : []) {
          if (field) yield { at: placeIn(field, at), fault: at, message, fixes: removal(list, at) };
        }
      }
    }
    for (const branch of answers(model).flatMap(({ response }) => allowOriginBranches(response))) {
      if (branch.kind === "known" && branch.value === "null") yield { at: branch.at, message };
      if (branch.kind !== "fromRequest" || branch.guard.kind !== "exact") continue;
      for (const list of possibleLists(branch.guard.allowed)) {
        yield* nulls(list).map((at) => ({ at, message, fixes: removal(list, at) }));
      }
    }
  },
};

const message = twoLineMessage(
  "The browser lets any site read this from a sandboxed frame, whose origin is null.",
  "null names nobody: sandboxed frames, data: URLs and local files all have it. Take it off the list.",
);

function nulls(list: PossibleList): readonly Span[] {
  return list.items.filter((item) => item.value === "null").map((item) => item.at);
}

/** A list without any origin would be another mistake. */
function removal(list: PossibleList, item: Span): readonly Fix[] {
  if (list.items.length < 2) return [];
  return [{ title: "Remove null", safety: "safe", edits: [{ kind: "removeFromList", item }] }];
}
