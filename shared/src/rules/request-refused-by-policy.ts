import { traitsOf } from "../model/kinds";
import { isSafelistedMethod, normalizeMethod } from "../browser/preflight";
import type { Fix, Problem, Related } from "../finding";
import type { Api, BrowserRequest, CorsPolicy } from "../model/model";
import { sharesOrigin } from "../model/query/exposure";
import { apiOf, effective, routesUnder } from "../model/query/platform";
import { possibleLists, definitelyIncludes, constantOf, knownBranches } from "../model/value";
import { onlyPolicy } from "./lib/page-policy";
import { addItems, setFields } from "../advice/policy-fix";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** A page's call that the policy of the API it goes to would refuse. */
export const rule: Rule = {
  id: "request-refused-by-policy",
  summary:
    "A call from a page of the workspace would be refused by the policy of the API that it goes to.",
  severity: "warning",
  browserSays: "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
  failsAt: "preflight-method-allowed",
  *check(model): Iterable<Problem> {
    for (const request of model.requests) {
      const api = apiOf(request.api?.id, model);
      if (api === undefined || sharesOrigin(api) || constantOf(request.mode) !== "cors") continue;
      const policy = onlyPolicy(api, request);
      if (policy === undefined) continue;
      // Of a header that the page sends `allow-headers-missing` tells, at the policy, once for all calls.
      if (!isToldOfRoutes(request, api, policy)) yield* methodRefused(request, policy);
      yield* credentialsRefused(request, policy);
    }
  },
};

/** `allow-methods-missing` tells of a method that the policy lacks and a route has. */
function isToldOfRoutes({ method }: BrowserRequest, api: Api, policy: CorsPolicy): boolean {
  const written = constantOf(method);
  return routesUnder(api, policy).some((route) =>
    knownBranches(route.method).some(({ value }) => value.toUpperCase() === written),
  );
}

function included(request: BrowserRequest): boolean {
  return constantOf(request.credentials) === "include";
}

function* methodRefused(request: BrowserRequest, policy: CorsPolicy): Iterable<Problem> {
  const written = constantOf(request.method);
  const [list, ...branches] = effective(policy, "allowMethods") ?? [];
  if (written === undefined || !list?.complete || branches.length > 0) return;
  const method = normalizeMethod(written);
  const names = list.items.map((item) => item.value);
  if (
    isSafelistedMethod(method) ||
    names.includes(method) ||
    (names.includes("*") && !included(request))
  )
    return;
  yield {
    at: request.method.at,
    message: twoLineMessage(
      `The browser does not send this: the policy does not allow ${method}.`,
      method === method.toUpperCase()
        ? `Add ${method} to the allowed methods.`
        : `Browsers leave ${method} in lower case. Write ${method.toUpperCase()}.`,
    ),
    related: here(policy, policy.allowMethods?.name),
    fixes:
      method === method.toUpperCase()
        ? addItems(policy, "allowMethods", [method], [method], "review")
        : [],
  };
}

function* credentialsRefused(request: BrowserRequest, policy: CorsPolicy): Iterable<Problem> {
  const known = policy.allowCredentials
    ? constantOf(policy.allowCredentials.value)
    : policy.complete
      ? false
      : undefined;
  if (!included(request) || known !== false || traitsOf(policy).credentials === "never") return;
  const wildcard = possibleLists(policy.allowOrigins?.value).some((list) =>
    definitelyIncludes(list, "*"),
  );
  const change = wildcard
    ? "Name the origins and allow credentials"
    : "Allow credentials in the policy";
  yield {
    at: request.credentials.at,
    message: twoLineMessage(
      "The browser does not hand over this response: the policy allows no credentials.",
      `${change}, or do without cookies here.`,
    ),
    related: here(policy, policy.allowCredentials?.name),
    fixes: wildcard ? [] : credentialsFix(policy),
  };
}

function credentialsFix(policy: CorsPolicy): readonly Fix[] {
  return setFields(policy, { allowCredentials: true }, "Allow credentials", "review");
}

function here(policy: CorsPolicy, at = policy.at): readonly Related[] {
  return [{ at, message: "The policy says so here." }];
}
