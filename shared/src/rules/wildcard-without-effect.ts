import { constantOf, possibleLists } from "../model/value";
import { isSafelistedMethod } from "../browser/preflight";
import type { Problem } from "../finding";
import type { NewPolicy } from "../model/edit";
import type { Api, CorsModel, CorsPolicy } from "../model/model";
import { allowsCredentials, policyUses, routesUnder } from "../model/query/platform";
import { headersNeeded, methodsOf } from "../advice/needs";
import { placeIn } from "./lib/place";
import { setFields } from "../advice/policy-fix";
import { titleOf, twoLineMessage, unique } from "../advice/text";
import type { Rule } from "./rule";

/** `*` where the browser takes it for a name: with credentials, and (in the standard) for Authorization. */
export const rule: Rule = {
  id: "wildcard-without-effect",
  summary:
    "`*` in headers, methods or exposed headers while credentials are allowed: the browser takes it literally.",
  severity: "warning",
  browserSays:
    "Request header field x-request-id is not allowed by Access-Control-Allow-Headers in preflight response.",
  failsAt: "preflight-header-allowed",
  *check(model) {
    for (const { policy, api } of policyUses(model)) {
      for (const option of ["allowHeaders", "allowMethods", "exposeHeaders"] as const) {
        const field = policy[option];
        const items = possibleLists(field?.value).flatMap((list) => list.items);
        const star = items.find((item) => item.value === "*");
        if (field === undefined || star === undefined) continue;
        const at = placeIn(field, star.at);
        if (allowsCredentials(policy)) {
          if (option !== "allowMethods" || asksForMethod(policy, api))
            yield literal(policy, api, option, at, model);
        } else if (
          option === "allowHeaders" &&
          !items.some((item) => item.value.toLowerCase() === "authorization")
        ) {
          yield* uncovered(policy, api, at, model);
        }
      }
    }
  },
};

/** GET, HEAD and POST are never looked up in the list (Fetch, CORS-safelisted method). */
function asksForMethod(policy: CorsPolicy, api: Api | undefined): boolean {
  if (api === undefined || !api.routesComplete) return true;
  return routesUnder(api, policy).some(({ method }) => {
    const verb = constantOf(method)?.toUpperCase();
    return verb === undefined || (verb !== "OPTIONS" && !isSafelistedMethod(verb));
  });
}

type Option = "allowHeaders" | "allowMethods" | "exposeHeaders";

function literal(
  policy: CorsPolicy,
  api: Api | undefined,
  option: Option,
  at: Problem["at"],
  model: CorsModel,
): Problem {
  const routes = api ? routesUnder(api, policy) : [];
  const needs = api ? headersNeeded(api, routes, model).map(({ name }) => name) : [];
  const names = option === "allowMethods" ? methodsOf(routes) : unique(["content-type", ...needs]);
  const fields: NewPolicy = { [option]: names };
  return {
    at,
    message: twoLineMessage(
      "With credentials the browser takes * for a name, not for a wildcard.",
      "A request that carries cookies gets permission only for what is named. Write the names out.",
    ),
    related: policy.allowCredentials
      ? [{ at: policy.allowCredentials.name, message: "Credentials are allowed here." }]
      : [],
    fixes:
      option === "exposeHeaders"
        ? []
        : setFields(policy, fields, titleOf("Name", names, "entries"), "review"),
  };
}

/** The standard excepts Authorization from `*`; no shipping browser does so yet (MDN browser-compat-data). */
function* uncovered(
  policy: CorsPolicy,
  api: Api | undefined,
  at: Problem["at"],
  model: CorsModel,
): Iterable<Problem> {
  const needs = api ? headersNeeded(api, routesUnder(api, policy), model) : [];
  const authorization = needs.find(({ name }) => name === "authorization");
  if (authorization === undefined) return;
  yield {
    at,
    severity: "information",
    message: twoLineMessage(
      "By the Fetch standard * does not cover Authorization; browsers still let it pass.",
      "When they follow the standard, requests with a token will fail. Name authorization beside the wildcard.",
    ),
    related: [authorization.because],
    fixes: [],
  };
}
