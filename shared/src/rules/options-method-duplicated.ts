import { apiTraits } from "../model/kinds";
import type { Fix } from "../finding";
import type { Route } from "../model/model";
import { constantOf } from "../model/value";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** Two OPTIONS methods on one resource. `options` in lower case slips past CDK's own check. */
export const rule: Rule = {
  id: "options-method-duplicated",
  summary: "One REST resource gets two OPTIONS methods: CDK or API Gateway refuses to deploy.",
  severity: "error",
  *check(model) {
    for (const api of model.apis.filter(({ kind }) => apiTraits[kind].policyScope === "resource")) {
      const byPath = new Map<string, Route[]>();
      for (const route of api.routes) {
        const path = constantOf(route.path);
        if (
          path === undefined ||
          constantOf(route.method)?.toUpperCase() !== "OPTIONS" ||
          route.conditional
        )
          continue;
        byPath.set(path, [...(byPath.get(path) ?? []), route]);
      }
      for (const [path, routes] of byPath) {
        const [first, ...others] = [...routes].sort((a, b) => rank(a) - rank(b));
        for (const route of first ? others : []) {
          if (route.generated && first?.generated && route.preflight === first.preflight) continue;
          yield {
            at: route.at,
            message: twoLineMessage(
              "The browser never gets an answer: with two OPTIONS methods nothing deploys.",
              `The resource ${path} has an OPTIONS method already. Keep one of them.`,
            ),
            related: first
              ? [{ at: first.preflight?.at ?? first.at, message: "The other one is made here." }]
              : [],
            fixes: removal(route),
          };
        }
      }
    }
  },
};

/** The one that CDK makes for the whole API stays; what was written for this resource goes. */
function rank(route: Route): number {
  if (!route.generated) return 2;
  return route.preflight?.form === "restResource" ? 1 : 0;
}

function removal({ statement }: Route): readonly Fix[] {
  if (statement === undefined) return [];
  return [
    {
      title: "Remove the second OPTIONS method",
      safety: "safe",
      edits: [{ kind: "removeStatement", statement }],
    },
  ];
}
