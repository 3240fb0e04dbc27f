/** The policy that a page's call meets. */
import { apiTraits } from "../../model/kinds";
import type { Api, BrowserRequest, CorsPolicy } from "../../model/model";
import { fits } from "../../model/query/path";
import { answersPreflights, policiesFor, policiesOf } from "../../model/query/platform";
import { constantOf } from "../../model/value";

/** The policy that the call meets: of its resource in a REST API, else the API's. Which of several is not known. */
export function onlyPolicy(api: Api, { path }: BrowserRequest): CorsPolicy | undefined {
  const isOwn = apiTraits[api.kind].policyScope === "resource" && path !== undefined;
  const own = isOwn ? api.routes.filter((route) => fits(constantOf(route.path) ?? "", path)) : [];
  const policies = unique(own.flatMap((route) => policiesFor(api, route)));
  const [only, ...others] = policies.length > 0 ? policies : policiesOf(api);
  if (only === undefined || others.length > 0 || only.conditional) return undefined;
  return answersPreflights(only) ? only : undefined;
}

function unique(policies: readonly CorsPolicy[]): readonly CorsPolicy[] {
  return [...new Set(policies)];
}
