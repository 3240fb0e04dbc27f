import type { Problem } from "../finding";
import type { Api, CorsPolicy, Route } from "../model/model";
import {
  allowsCredentials,
  answersPreflights,
  effective,
  policyUses,
  routesUnder,
} from "../model/query/platform";
import { definitelyIncludes, type PossibleList } from "../model/value";
import { headersNeeded, takesBody, type Need } from "../advice/needs";
import { addItems } from "../advice/policy-fix";
import { twoLineMessage, inWords, unique } from "../advice/text";
import type { Rule } from "./rule";

/** Request headers that pages evidently send and the policy does not allow. */
export const rule: Rule = {
  id: "allow-headers-missing",
  summary:
    "A policy does not allow a request header that the authorizer, the handler or the page evidently uses.",
  severity: "warning",
  browserSays:
    "Request header field content-type is not allowed by Access-Control-Allow-Headers in preflight response.",
  failsAt: "preflight-header-allowed",
  *check(model) {
    for (const { policy, api } of policyUses(model)) {
      if (api === undefined || !answersPreflights(policy)) continue;
      const routes = api.kind === "functionUrl" ? api.routes : routesUnder(api, policy);
      const needs = headersNeeded(api, routes, model);
      for (const list of effective(policy, "allowHeaders") ?? []) {
        if (definitelyIncludes(list, "*") && allowsCredentials(policy)) continue; // `wildcard-without-effect`
        const missing = list.complete ? needs.filter(({ name }) => !allows(list, name)) : [];
        const json = saysNothing(policy, list) && mayTakeBody(policy, api, routes);
        const names = unique([
          ...(json ? ["content-type"] : []),
          ...missing.map(({ name }) => name),
        ]);
        if (names.length > 0) yield problem(policy, list, names, missing);
      }
    }
  },
};

function allows(list: PossibleList, name: string): boolean {
  return definitelyIncludes(list, name) || definitelyIncludes(list, "*");
}

/** No header at all: then pages cannot send JSON, whether or not a call of one was found. */
function saysNothing(policy: CorsPolicy, list: PossibleList): boolean {
  return policy.form !== "bucket" && list.complete && list.items.length === 0;
}

/** Routes say so, or a policy that names POST: it is meant for pages that send something. */
function mayTakeBody(policy: CorsPolicy, api: Api, routes: readonly Route[]): boolean {
  if (api.kind !== "functionUrl" && (!api.routesComplete || takesBody(routes))) return true;
  const named = policy.allowMethods !== undefined || api.kind === "functionUrl";
  const methods = (named ? (effective(policy, "allowMethods") ?? []) : []).flatMap(
    (list) => list.items,
  );
  return methods.some(({ value }) => ["POST", "PUT", "PATCH", "*"].includes(value));
}

function problem(
  policy: CorsPolicy,
  list: PossibleList,
  names: readonly string[],
  needs: readonly Need[],
): Problem {
  const field = policy.allowHeaders;
  const start = list.definite ? "The" : "In one branch of the code the";
  const json = needs.length === 0 ? "Every request with a JSON body needs it. " : "";
  return {
    at: field?.name ?? policy.at,
    message: twoLineMessage(
      names.length > 2
        ? "The browser may not send some headers that the API needs, so it sends no request."
        : `The browser may not send ${inWords(names)}, so it does not send the request.`,
      `${start} preflight's answer does not list ${names.length > 1 ? "them" : "it"}. ${json}Add ${inWords(names)} to the allowed headers.`,
    ),
    related: [
      ...(list.definite || !list.at ? [] : [{ at: list.at, message: "This list is meant." }]),
      ...needs.map((need) => need.because),
    ],
    fixes: addItems(policy, "allowHeaders", names, unique(["content-type", ...names])),
  };
}
