import { allowOriginBranches, answers, sendsCredentials } from "./lib/answers";
import { letter } from "./lib/text";
import type { Rule } from "./rule";

const HOW = {
  prefix: "Any origin that begins like this passes, as https://app.example.com.evil.example does.",
  suffix:
    "Any origin that ends like this passes, also one that a stranger registers or hosts beside yours.",
  substring:
    "Any origin that contains the text passes, as https://app.example.com.evil.example does.",
  "unanchored-pattern":
    "The pattern is not anchored at both ends, so an origin that merely contains a match passes.",
  "unescaped-dot":
    "A dot in the pattern matches every character, so https://appXexample.com passes.",
} as const;

/** A test that lets strangers' origins through. */
export const rule: Rule = {
  id: "origin-check-bypassable",
  summary:
    "A substring, suffix or loose pattern decides which origin is echoed: a stranger can register a matching one.",
  severity: "warning",
  allows:
    "A page of a look-alike origin reads the response, with the user's cookies where credentials are allowed.",
  *check(model) {
    for (const { response } of answers(model)) {
      for (const branch of allowOriginBranches(response)) {
        if (branch.kind !== "fromRequest" || branch.guard.kind !== "bypassable") continue;
        const { guard } = branch;
        yield {
          at: guard.at,
          ...(sendsCredentials(response) ? { severity: "error" as const } : {}),
          message: letter(
            "The browser lets a look-alike site read this response.",
            `${HOW[guard.how]} Compare whole origins with a list.`,
          ),
          related: [{ at: branch.at, message: "The origin is sent back here." }],
        };
      }
    }
  },
};
