import { ALLOW_CREDENTIALS, headersNamed } from "../model/query/responses";
import { knownBranches } from "../model/value";
import { answers } from "./lib/answers";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** A value whose bytes are not `true`. Booleans are serialised in lower case; `false` asks for nothing. */
export const rule: Rule = {
  id: "credentials-value-invalid",
  summary: "Access-Control-Allow-Credentials has a value other than `true`, byte for byte.",
  severity: "error",
  browserSays:
    "The value of the 'Access-Control-Allow-Credentials' header in the response is 'True' which must be 'true' when the request's credentials mode is 'include'.",
  failsAt: "response-allow-credentials",
  *check(model) {
    for (const { response } of answers(model)) {
      for (const { value, at } of headersNamed(response, ALLOW_CREDENTIALS).flatMap((field) =>
        knownBranches(field.value),
      )) {
        const text = String(value);
        if (text === "true" || text.toLowerCase() === "false") continue;
        yield {
          at,
          message: twoLineMessage(
            `With cookies the browser refuses this response: it wants true, not ${text || "an empty text"}.`,
            "The value is compared byte for byte, and only true in lower case passes. Write it as a string.",
          ),
          fixes:
            typeof value === "string"
              ? [
                  {
                    title: "Write true",
                    safety: "safe",
                    edits: [{ kind: "setString", at, text: "true" }],
                  },
                ]
              : [],
        };
      }
    }
  },
};
