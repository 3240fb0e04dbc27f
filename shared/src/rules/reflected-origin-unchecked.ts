import { supportTraits } from "../model/kinds";
import type { Fix } from "../finding";
import type { CorsModel, Framework } from "../model/model";
import { ALLOW_ORIGIN, headersNamed } from "../model/query/responses";
import { branches } from "../model/value";
import type { RuleContext } from "../advice/context";
import { allowOriginBranches, meetsCredentials, answers, type Answer } from "./lib/answers";
import { originsFor } from "../advice/needs";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** The request's Origin comes back as Access-Control-Allow-Origin, whoever asks. */
export const rule: Rule = {
  id: "reflected-origin-unchecked",
  summary: "A handler echoes the request's Origin without an allow-list.",
  severity: "warning",
  allows:
    "A page of any site reads the response, with the user's cookies where credentials are allowed.",
  *check(model, context) {
    for (const answer of answers(model)) {
      const { response } = answer;
      for (const branch of allowOriginBranches(response).filter(isUnchecked)) {
        const credentials = meetsCredentials(answer, isUnchecked);
        yield {
          at: branch.at,
          ...(credentials ? { severity: "error" as const } : {}),
          message: twoLineMessage(
            credentials
              ? "The browser lets every site on the web read this with the user's cookies."
              : "The browser lets every site on the web read this response.",
            whatIsSent(answer),
          ),
          related:
            response.at.start === branch.at.start
              ? []
              : [{ at: response.at, message: "It is sent with this response." }],
          fixes: fixes(answer, branch, model, context),
        };
      }
    }
  },
};

/** The library that sends the answer's headers, with the place of its options. */
function senderOf({
  handler: { framework },
  response,
}: Answer): Pick<Framework, "name" | "form" | "at"> | undefined {
  return framework?.cors.kind === "configured" && framework.cors.at === response.at
    ? { ...framework, at: framework.cors.at }
    : undefined;
}

function whatIsSent(answer: Answer): string {
  const library = senderOf(answer);
  if (library)
    return `${library.name} sends the request's own Origin back, whichever it is. Name your origins.`;
  return "The request's own Origin is sent back unchecked. Compare it with a list of your origins first.";
}

/** Who may read is for people to say: the list may lack an origin of theirs. */
function fixes(
  answer: Answer,
  branch: Branch,
  model: CorsModel,
  context: RuleContext,
): readonly Fix[] {
  const title = "Send it to allowed origins only";
  const origins = originsFor(model, context);
  const library = senderOf(answer);
  if (library) {
    // A call without the option has no value to replace.
    const several = origins.length > 1 && supportTraits[library.form].originOption === "text";
    if (several || branch.at === library.at) return [];
    return [{ title, safety: "review", edits: [{ kind: "setOrigins", at: branch.at, origins }] }];
  }
  const field = headersNamed(answer.response, ALLOW_ORIGIN).find(({ value }) =>
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
