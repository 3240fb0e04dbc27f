import type { Fix } from "../finding";
import { ALLOW_ORIGIN, headersNamed } from "../model/query";
import { branches } from "../model/values";
import { allowOriginBranches, meetsCredentials, answers, type Answer } from "./lib/answers";
import { originsFor } from "./lib/needs";
import { letter } from "./lib/text";
import type { Rule } from "./rule";

/** The request's Origin comes back as Access-Control-Allow-Origin, whoever asks. */
export const rule: Rule = {
  id: "reflected-origin-unchecked",
  summary: "A handler echoes the request's Origin without an allow-list.",
  severity: "warning",
  allows:
    "A page of any site reads the response, with the user's cookies where credentials are allowed.",
  *check(model, context) {
    const origins = originsFor(model, context);
    for (const answer of answers(model)) {
      const { response } = answer;
      for (const branch of allowOriginBranches(response).filter(isUnchecked)) {
        const credentials = meetsCredentials(answer, isUnchecked);
        yield {
          at: branch.at,
          ...(credentials ? { severity: "error" as const } : {}),
          message: letter(
            credentials
              ? "The browser lets every site on the web read this with the user's cookies."
              : "The browser lets every site on the web read this response.",
            whatIsSent(answer),
          ),
          related:
            response.at.start === branch.at.start
              ? []
              : [{ at: response.at, message: "It is sent with this response." }],
          fixes: fixes(answer, branch, origins),
        };
      }
    }
  },
};

function whatIsSent({ handler: { framework }, response }: Answer): string {
  if (framework?.cors.kind === "configured" && framework.cors.at === response.at)
    return `${framework.name} sends the request's own Origin back, whichever it is, as cookies are allowed. Name your origins.`;
  return "The request's own Origin is sent back unchecked. Compare it with a list of your origins first.";
}

/** Who may read is for people to say: the list may lack an origin of theirs. */
function fixes(
  { handler: { framework }, response }: Answer,
  branch: Branch,
  origins: readonly string[],
): readonly Fix[] {
  const title = "Send it to allowed origins only";
  if (framework?.cors.kind === "configured" && framework.cors.at === response.at) {
    // middy's option takes one text; a call without the option has no value to replace.
    const several = framework.name === "middy" && origins.length > 1;
    if (several || branch.at === framework.cors.at) return [];
    return [{ title, safety: "review", edits: [{ kind: "setOrigins", at: branch.at, origins }] }];
  }
  const field = headersNamed(response, ALLOW_ORIGIN).find(({ value }) =>
    branches<string | number | boolean>(value).includes(branch),
  );
  if (field?.entry === undefined || field.multi) return [];
  const value = field.written ? { expression: field.written } : { entry: field.entry };
  return [{ title, safety: "review", edits: [{ kind: "checkOrigin", value, origins }] }];
}

type Branch = ReturnType<typeof allowOriginBranches>[number];

function isUnchecked(branch: Branch): boolean {
  return (
    branch.kind === "fromRequest" && branch.header === "origin" && branch.guard.kind === "none"
  );
}
