import type { Fix, Problem } from "../finding";
import { ALLOW_CREDENTIALS, ALLOW_ORIGIN, headersNamed } from "../model/query/responses";
import { answers, meetsCredentials } from "./lib/answers";
import { constantOf, knownBranches } from "../model/value";
import type { Span } from "../ir/span";
import type { Api, CorsModel, MappedHeader } from "../model/model";
import type { RuleContext } from "../advice/context";
import { originsFor } from "../advice/needs";
import { PLACEHOLDER_ORIGIN } from "../advice/origin";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** `*` beside `Access-Control-Allow-Credentials: true` in one answer. */
export const rule: Rule = {
  id: "response-wildcard-with-credentials",
  summary:
    "A response carries `Access-Control-Allow-Origin: *` and allows credentials: browsers refuse it.",
  severity: "error",
  browserSays:
    "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
  failsAt: "response-allow-origin-not-wildcard",
  *check(model, context) {
    for (const answer of answers(model)) {
      const { response } = answer;
      if (response.originRefused || !meetsCredentials(answer, isWildcard)) continue;
      const credentials = headersNamed(response, ALLOW_CREDENTIALS).find((field) => !field.maybe);
      if (credentials === undefined) continue;
      for (const origin of headersNamed(response, ALLOW_ORIGIN)) {
        const star = knownBranches(origin.value).find(({ value }) => value === "*");
        if (star === undefined || origin.maybe) continue;
        const { entry } = credentials;
        const drop: Fix[] = entry
          ? [
              {
                title: "Do without credentials",
                safety: "review",
                edits: [{ kind: "removeEntry", entry }],
              },
            ]
          : [];
        yield {
          at: origin.at,
          message: twoLineMessage(
            "With cookies the browser refuses this response: its allowed origin is *.",
            "Send the caller's origin when it is one of yours, with Vary: Origin, or do without Access-Control-Allow-Credentials.",
          ),
          related: [{ at: credentials.at, message: "Credentials are allowed here." }],
          fixes: [...drop, ...nameOrigin(star.at, model, context)],
        };
      }
    }
    for (const api of model.apis) for (const headers of mappings(api)) yield* mapped(headers);
  },
};

/** Headers of each answer that a REST API gives by itself; what a policy makes is the policy's affair. */
function mappings({ gatewayResponses, routes }: Api): readonly (readonly MappedHeader[])[] {
  const written = routes.filter(({ generated }) => generated !== true);
  const responses = written.flatMap(({ integration }) => integration.responses ?? []);
  return [...gatewayResponses, ...responses.filter(({ of }) => of === "integration")].map(
    ({ headers }) => headers,
  );
}

function* mapped(headers: readonly MappedHeader[]): Iterable<Problem> {
  const named = (name: string): MappedHeader | undefined =>
    headers.find((header) => header.name.toLowerCase() === name);
  const [origin, credentials] = [named(ALLOW_ORIGIN), named(ALLOW_CREDENTIALS)];
  if (!origin || constantOf(origin.value) !== "'*'") return;
  if (!credentials || constantOf(credentials.value) !== "'true'") return;
  yield {
    at: origin.at,
    severity: "warning",
    message: twoLineMessage(
      "With cookies the browser refuses this answer: its allowed origin is *.",
      "API Gateway sends both headers as they are mapped. Name the one origin that may call, or do without credentials.",
    ),
    related: [{ at: credentials.at, message: "Credentials are allowed here." }],
  };
}

const isWildcard: Parameters<typeof meetsCredentials>[1] = (branch) =>
  branch.kind === "known" && branch.value === "*";

/** Cookies stay allowed when the only page that may call is named in the place of `*`. */
function nameOrigin(at: Span, model: CorsModel, context: RuleContext): readonly Fix[] {
  const [only, ...others] = originsFor(model, context);
  if (only === undefined || only === PLACEHOLDER_ORIGIN || others.length > 0) return [];
  const edits: Fix["edits"] = [{ kind: "setString", at, text: only }];
  return [{ title: `Send only ${only}`, safety: "review", edits }];
}
