/** The calls of pages that the model knows, as AWS sees them. */
import type { Api, BrowserRequest } from "../model/model";
import { policiesOf } from "../model/query/platform";
import { ALLOW_ORIGIN } from "../model/query/responses";
import { possibleLists, constantOf } from "../model/value";
import type { PageCall } from "./explain-call";

/** The call that a request of the workspace makes, from this origin; `undefined` when too little is known of it. */
export function callOf(request: BrowserRequest, origin: string): PageCall | undefined {
  const method = constantOf(request.method);
  const credentials = constantOf(request.credentials);
  if (request.path === undefined || method === undefined || credentials === undefined)
    return undefined;
  if (constantOf(request.mode) !== "cors") return undefined;
  const headers = request.headers.map(
    ({ name, value }) => [name, String(constantOf(value) ?? "…")] as const,
  );
  const path = request.path.replaceAll("{}", "1");
  return {
    origin,
    method,
    path,
    headers,
    credentials,
    api:
      request.via === "XMLHttpRequest" || request.via === "axios" || request.via === "HttpClient"
        ? "xhr"
        : "fetch",
  };
}

/**
 * An origin to explain a call with: the first that a policy or an OPTIONS method of the API names, or of others.
 * @param others the other APIs of the application, whose pages may be the same
 */
export function likelyOrigin(api: Api, others: readonly Api[] = []): string {
  const origins = [api, ...others].flatMap((each) => [
    ...policyOrigins(each),
    ...mappedOrigins(each),
  ]);
  return origins.find((value) => /^https?:\/\/[^*/]+$/.test(value)) ?? "https://app.example.com";
}

function policyOrigins(api: Api): readonly string[] {
  return policiesOf(api).flatMap((policy) =>
    possibleLists(policy.allowOrigins?.value).flatMap((list) => list.items.map(valueOf)),
  );
}

const valueOf = ({ value }: { readonly value: string }): string => value;

/** Mapping expressions stand in quotes: `'https://app.example.com'`. */
function mappedOrigins(api: Api): readonly string[] {
  const mapped = api.routes.flatMap(({ integration }) => integration.responses ?? []);
  return mapped
    .flatMap(({ headers }) => headers)
    .filter(({ name }) => name.toLowerCase() === ALLOW_ORIGIN)
    .map(({ value }) => (constantOf(value) ?? "").replace(/^'(.*)'$/, "$1"));
}
