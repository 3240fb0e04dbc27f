import { traitsOf } from "../model/kinds";
import type { Fix } from "../finding";
import type { CorsModel, CorsPolicy } from "../model/model";
import { policyUses } from "../model/query/platform";
import { possibleLists, knownBranches, constantOf } from "../model/value";
import type { RuleContext } from "../advice/context";
import { elsewhere, placeIn } from "./lib/place";
import { nameOrigins } from "../advice/policy-fix";
import { twoLineMessage } from "../advice/text";
import { refusalOf } from "../advice/vocabulary";
import type { Rule } from "./rule";

/** `*` among the origins of a policy that allows credentials. Silent when both hang on conditions: they may exclude each other. */
export const rule: Rule = {
  id: "wildcard-origin-with-credentials",
  summary:
    "A policy allows every origin (`*`) and credentials: browsers refuse every credentialed response.",
  severity: "error",
  browserSays:
    "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
  failsAt: "preflight-allow-origin-not-wildcard",
  *check(model, context) {
    for (const { policy } of policyUses(model)) {
      const origins = policy.allowOrigins;
      const credentials = policy.allowCredentials;
      if (origins === undefined || credentials === undefined) continue;
      const maybe = knownBranches(credentials.value).some(({ value }) => value);
      for (const list of maybe ? possibleLists(origins.value) : []) {
        const star = list.items.find((item) => item.value === "*");
        const always = list.definite && star?.definite === true;
        if (star === undefined || (constantOf(credentials.value) !== true && !always)) continue;
        yield {
          at: placeIn(origins, star.at),
          fault: star.at,
          message: twoLineMessage(
            "With cookies the browser refuses every response whose allowed origin is *.",
            why(policy),
          ),
          related: [
            ...elsewhere(origins, star.at, "The wildcard is written here."),
            { at: credentials.name, message: "Credentials are allowed here." },
          ],
          fixes: fixes(policy, model, context),
        };
      }
    }
  },
};

function why(policy: CorsPolicy): string {
  const change = "Name the origins that may call, or do without credentials.";
  const refusal = refusalOf(policy);
  if (refusal !== undefined) return `${refusal} ${change}`;
  return `It deploys, and then fails for every request with credentials: "include". ${change}`;
}

function fixes(policy: CorsPolicy, model: CorsModel, context: RuleContext): readonly Fix[] {
  const entry = policy.allowCredentials?.entry;
  const drop: Fix[] = entry
    ? [
        {
          title: "Do without credentials",
          safety: "review",
          edits: [{ kind: "removeEntry", entry }],
        },
      ]
    : [];
  // CloudFront's behaviour requires the option.
  return [
    ...nameOrigins(policy, model, context),
    ...(traitsOf(policy).credentials === "required" ? [] : drop),
  ];
}
