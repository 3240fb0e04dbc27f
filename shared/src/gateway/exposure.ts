/** Which headers of a response a page may read, as far as the code tells. */
import { exposedHeaders } from "../browser/headers";
import type { Api, CorsModel } from "../model/model";
import { sharesOrigin } from "../model/query/exposure";
import { answers, decisions } from "./answers";
import { behaviorFor } from "./cdn";
import { scriptRequest, type PageCall } from "./explain-call";
import { doubtful, type Answer, type ApiRequest, type PossibleAnswer } from "./types";
import { ruleResponse } from "./verdict";

const EXPOSE = "access-control-expose-headers";

/**
 * Of the response headers that a page reads, lower case, those that no answer exposes: there it gets null. Nothing where
 * an answer is not known, or where the page gets no response at all.
 */
export function hiddenHeaders(
  model: CorsModel,
  api: Api,
  call: PageCall,
  names: readonly string[],
): readonly string[] {
  if (names.length === 0 || sharesOrigin(api)) return [];
  const { method, path, origin, headers } = call;
  const request: ApiRequest = { method, path, headers: [...headers, ["Origin", origin]] };
  const possible = possibleAnswers(model, api, request, call.way);
  if (possible.some(({ kind }) => kind === "unknown")) return [];
  const script = scriptRequest(api, call);
  const seen = possible.filter(
    (answer): answer is Answer =>
      answer.kind === "response" &&
      !isOwnFailure(answer) &&
      ruleResponse(script, answer).verdict !== "blocked",
  );
  const hides = (name: string) => (answer: Answer) =>
    !answer.doubts.has(EXPOSE) &&
    !exposedHeaders([...answer.headers, [name, ""]], "cors", call.credentials).includes(name);
  return seen.length === 0 ? [] : names.filter((name) => seen.every(hides(name)));
}

/** The answers; where the integration's is not seen, what the gateway makes of any. */
function possibleAnswers(
  model: CorsModel,
  api: Api,
  request: ApiRequest,
  way: PageCall["way"],
): readonly PossibleAnswer[] {
  const found = answers(model, api, request, way);
  const direct = way === "direct" || behaviorFor(api, request.path) === undefined;
  if (!direct || !found.some(({ kind }) => kind === "unknown")) return found;
  return decisions(api, request).map((decision) =>
    decision.kind === "integration" ? decision.finish(unseen) : decision,
  );
}

const unseen: Answer = {
  kind: "response",
  by: "handler",
  status: 200,
  headers: [],
  doubts: doubtful("What the integration answers cannot be seen in the code."),
  because: "The integration answers.",
};

/** What a gateway says when the function fails has nothing of the function's. */
function isOwnFailure({ by, status }: Answer): boolean {
  return by === "gateway" && status >= 500;
}
