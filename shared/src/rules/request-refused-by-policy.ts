import { traitsOf } from "../model/kinds";
import { namesIn } from "./lib/header-list";
import { isSafelistedMethod, normalizeMethod } from "../browser/preflight";
import type { Fix, Problem, Related } from "../finding";
import type { BrowserRequest, CorsPolicy } from "../model/model";
import { sharesOrigin } from "../model/query/exposure";
import { apiOf, effective } from "../model/query/platform";
import { possibleLists, definitelyIncludes, constantOf } from "../model/value";
import { unsafeHeaders } from "../advice/needs";
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
  browserSays:
    "Request header field x-request-id is not allowed by Access-Control-Allow-Headers in preflight response.",
  failsAt: "preflight-header-allowed",
  *check(model): Iterable<Problem> {
    for (const request of model.requests) {
      const api = apiOf(request.api?.id, model);
      if (api === undefined || sharesOrigin(api) || constantOf(request.mode) !== "cors") continue;
      const policy = onlyPolicy(api, request);
      if (policy === undefined) continue;
      yield* methodRefused(request, policy);
      yield* headersRefused(request, policy);
      yield* credentialsRefused(request, policy);
    }
  },
};

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

function* headersRefused(request: BrowserRequest, policy: CorsPolicy): Iterable<Problem> {
  const [list, ...branches] = effective(policy, "allowHeaders") ?? [];
  if (!list?.complete || branches.length > 0) return;
  const wild = definitelyIncludes(list, "*") && !included(request);
  for (const { name, because } of wild ? [] : unsafeHeaders(request)) {
    // `allow-headers-missing` speaks of entries that hold several names.
    if (
      definitelyIncludes(list, name) ||
      list.items.some(({ value }) => namesIn(value).includes(name))
    )
      continue;
    yield {
      at: because.at,
      message: twoLineMessage(
        `The browser does not send this: the policy does not allow the header ${name}.`,
        `It asks first, and the answer has to list ${name}. Add it to the allowed headers.`,
      ),
      related: here(policy, policy.allowHeaders?.name),
      fixes: addItems(policy, "allowHeaders", [name], [name], "review"),
    };
  }
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
