import { traitsOf } from "../model/kinds";
import { isSafelistedMethod } from "../browser/preflight";
import type { Problem } from "../finding";
import type { Api, CorsPolicy } from "../model/model";
import { answersPreflights, effective, policyUses, routesUnder } from "../model/query/platform";
import { possibleLists, knownBranches, type PossibleList } from "../model/value";
import { methodsOf } from "../advice/needs";
import { placeIn } from "./lib/place";
import { addItems } from "../advice/policy-fix";
import { twoLineMessage, inWords, unique } from "../advice/text";
import { anyMethodOf } from "../advice/vocabulary";
import type { Rule } from "./rule";

/** Methods of routes that the policy does not allow. GET, HEAD and POST need no permission (Fetch, CORS-safelisted method). */
export const rule: Rule = {
  id: "allow-methods-missing",
  summary:
    "A policy does not allow the method of a route, or spells a method so that no browser means it.",
  severity: "warning",
  browserSays: "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
  failsAt: "preflight-method-allowed",
  *check(model) {
    for (const { policy, api } of policyUses(model)) {
      if (!answersPreflights(policy)) continue;
      const misspelled = [...spelling(policy)];
      yield* misspelled;
      if (api !== undefined && misspelled.length === 0) yield* missing(policy, api);
    }
  },
};

function* spelling(policy: CorsPolicy): Iterable<Problem> {
  const field = policy.allowMethods;
  for (const { value, at } of possibleLists(field?.value).flatMap((list) => list.items)) {
    const any = value === "ANY" && traitsOf(policy).service === "http";
    const method = any ? "*" : value.toUpperCase();
    if (field === undefined || value === method) continue;
    yield {
      at: placeIn(field, at),
      fault: at,
      message: twoLineMessage(
        any
          ? "API Gateway knows no method ANY here, and refuses the policy."
          : `The browser asks for ${method}, and ${value} is another method.`,
        any
          ? `ANY is a method of routes. In a CORS policy the wildcard is ${anyMethodOf(policy)}.`
          : `Upper and lower case matter in method names. Write ${method}.`,
      ),
      fixes: [
        {
          title: `Write ${method}`,
          safety: "safe",
          edits: [{ kind: "setMethod", at, method, form: policy.form }],
        },
      ],
    };
  }
}

function* missing(policy: CorsPolicy, api: Api): Iterable<Problem> {
  const routes = routesUnder(api, policy);
  const refused = (list: PossibleList) => (method: string) =>
    !isSafelistedMethod(method) && !["ANY", "OPTIONS"].includes(method) && !allows(list, method);
  for (const list of (effective(policy, "allowMethods") ?? []).filter((each) => each.complete)) {
    const methodOf = (route: (typeof routes)[number]) =>
      knownBranches(route.method).map((m) => m.value.toUpperCase());
    const methods = unique(routes.flatMap(methodOf)).filter(refused(list));
    if (methods.length === 0) continue;
    const guilty = routes.filter((route) =>
      methodOf(route).some((method) => methods.includes(method)),
    );
    yield {
      at: policy.allowMethods?.name ?? policy.at,
      message: twoLineMessage(
        `The browser may not use ${inWords(methods)}, so it does not send the request.`,
        `The API has such a route, and the preflight's answer does not list the method. Add ${inWords(methods)} to the allowed methods.`,
      ),
      related: guilty.map((route) => ({
        at: route.methods ?? route.at,
        message: "The route is made here.",
      })),
      fixes: addItems(policy, "allowMethods", methods, methodsOf(routes)),
    };
  }
}

function allows(list: PossibleList, method: string): boolean {
  const texts = list.items.map((item) => item.value);
  return texts.includes(method) || texts.includes("*"); // With credentials: `wildcard-without-effect`.
}
