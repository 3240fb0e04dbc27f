import { constantOf } from "../model/value";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** `mode: "no-cors"` and the response is read: it is opaque, with status 0 and no body. */
export const rule: Rule = {
  id: "no-cors-mode-hides-response",
  summary: '`mode: "no-cors"` makes the response opaque, and the code reads it.',
  severity: "warning",
  *check(model) {
    for (const { mode, readsResponse } of model.requests) {
      if (constantOf(mode) !== "no-cors" || readsResponse !== true) continue;
      yield {
        at: mode.at,
        message: twoLineMessage(
          "The browser hides this response: status 0, no headers, an empty body.",
          'no-cors does not turn CORS off, it gives up the response. Use mode "cors" and let the API allow your origin.',
        ),
        fixes: [
          {
            title: 'Use mode "cors"',
            safety: "review",
            edits: [{ kind: "setString", at: mode.at, text: "cors" }],
          },
        ],
      };
    }
  },
};
