import type { Edit } from "../model/edit";
import type { Fix, Problem } from "../finding";
import type { CorsModel, CorsPolicy, Handler, ResponsePath } from "../model/model";
import { ALLOW_ORIGIN, apiOf, duty, effective, headersNamed } from "../model/query";
import { settled } from "../model/values";
import { letter } from "./lib/text";
import type { Rule } from "./rule";

/** Headers that an HTTP API with a policy drops, where they say something else than the policy. */
export const rule: Rule = {
  id: "cors-headers-ignored",
  summary:
    "An HTTP API with a CORS policy drops the handler's CORS headers, which differ from the policy.",
  severity: "information",
  dead: true,
  *check(model): Iterable<Problem> {
    for (const handler of model.handlers) {
      if (duty(handler, model) !== "gateway") continue;
      const policies = frontPolicies(handler, model);
      const { framework } = handler;
      if (framework?.cors.kind === "configured") {
        const related = policies.map(({ at }) => ({ at, message: "This policy decides." }));
        const why =
          "The HTTP API's policy decides for every answer. Configure CORS in one of the two places.";
        const first = "The browser never sees these headers: API Gateway replaces them.";
        yield { at: framework.cors.at, message: letter(first, why), related };
      }
      for (const response of handler.responses) {
        const [sent] = headersNamed(response, ALLOW_ORIGIN);
        const origin = sent && settled(sent.value);
        if (sent === undefined || typeof origin !== "string") continue;
        const other = policies.find((policy) => differs(policy, origin));
        if (other === undefined) continue;
        yield {
          at: sent.at,
          message: letter(
            `The browser never sees this header: API Gateway replaces it.`,
            `The HTTP API's policy decides, and it does not allow ${origin}. Remove the header, or change the policy.`,
          ),
          related: [{ at: other.at, message: "This policy decides." }],
          fixes: removal(response),
        };
      }
    }
  },
};

function frontPolicies(handler: Handler, model: CorsModel): readonly CorsPolicy[] {
  const apis = handler.fronts.flatMap(({ api }) => apiOf(api, model) ?? []);
  return apis.flatMap((api) => (api.cors.kind === "policy" ? api.cors.of : []));
}

function differs(policy: CorsPolicy, origin: string): boolean {
  const lists = effective(policy, "allowOrigins") ?? [];
  const [only] = lists;
  if (lists.length !== 1 || only?.complete !== true) return false;
  return !only.items.some((item) => item.value === origin);
}

function removal({ headers }: ResponsePath): readonly Fix[] {
  const entries = headers
    .filter(({ name }) => /^access-control-/i.test(name))
    .map(({ entry }) => entry);
  const edits = entries.flatMap((entry): Edit[] => (entry ? [{ kind: "removeEntry", entry }] : []));
  if (edits.length < entries.length) return [];
  return [{ title: "Remove the handler's CORS headers", safety: "safe", edits }];
}
