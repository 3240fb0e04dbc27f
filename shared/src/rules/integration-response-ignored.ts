import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** Mappings on a proxy integration, where the handler's headers count. */
export const rule: Rule = {
  id: "integration-response-ignored",
  summary: "`integrationResponses` on a proxy integration do nothing.",
  severity: "information",
  dead: true,
  *check(model) {
    for (const { integration } of model.apis.flatMap((api) => api.routes)) {
      const at = integration.ignoredResponses;
      if (at === undefined) continue;
      yield {
        at,
        message: twoLineMessage(
          "The browser never sees these headers: a proxy integration maps nothing.",
          "With a proxy integration only the handler's own headers are sent. Remove the mapping and set the headers in the handler.",
        ),
        fixes: [
          {
            title: "Remove the mapping",
            safety: "review",
            edits: [{ kind: "removeEntry", entry: at }],
          },
        ],
      };
    }
  },
};
