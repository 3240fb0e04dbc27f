/** CloudFront in front of an API. Sources: AWS, header-caching-web-cors, controlling-origin-requests, understanding-response-headers-policies. */
import { matchesWildcard } from "../base/wildcard";
import type { Header } from "../browser/bytes";
import type { Api, CloudFrontBehavior } from "../model/model";
import { possibleLists, constantOf } from "../model/value";
import { optionsOf, type Options } from "./options";
import { credentialsHeader, listHeader } from "./policy-headers";
import { isCorsHeader, requestHeader, unknown, withoutRequestHeaders } from "./types";
import type { Answer, ApiRequest, PossibleAnswer, Unknown } from "./types";

/**
 * The behaviour that a path takes: of those with a pattern the first that fits, in the order of writing, else the default.
 * `undefined` when none is known to.
 */
export function behaviorFor(api: Api, path: string): CloudFrontBehavior | undefined {
  const fitting = api.behaviors.find(({ pathPattern }) => {
    const pattern = constantOf(pathPattern);
    return pattern !== undefined && matchesPattern(pattern, path);
  });
  return fitting ?? api.behaviors.find(({ pathPattern }) => pathPattern === undefined);
}

/** CloudFront takes no longer ones. */
const longestPattern = 255;

/** `*` is any text, `?` one character, of the path without its query; a leading slash may be left out. */
function matchesPattern(pattern: string, path: string): boolean {
  if (pattern.length > longestPattern) return false;
  const [bare = ""] = path.split("?", 1);
  return matchesWildcard(pattern.startsWith("/") ? pattern : `/${pattern}`, bare);
}

/** What CloudFront lets through to the API: the request as the API sees it, or CloudFront's own answer. */
export function forwarded(
  behavior: CloudFrontBehavior,
  request: ApiRequest,
): ApiRequest | Answer | Unknown {
  const [methods, ...others] = possibleLists(behavior.allowedMethods);
  if (!methods || others.length > 0)
    return unknown("Which methods CloudFront lets through is not known.", behavior.at);
  if (!methods.items.some(({ value }) => value === request.method)) {
    if (!methods.complete)
      return unknown("Which methods CloudFront lets through is not known.", behavior.at);
    const because = `CloudFront is not configured to allow ${request.method}.`;
    return {
      kind: "response",
      by: "cdn",
      status: 403,
      headers: [],
      doubts: new Map(),
      because,
      at: behavior.allowedMethodsAt ?? behavior.at,
    };
  }
  const forwards = constantOf(behavior.forwardsOrigin);
  if (forwards === undefined)
    return unknown("Whether CloudFront forwards Origin to the API is not known.", behavior.at);
  return forwards
    ? request
    : withoutRequestHeaders(request, [
        "origin",
        "access-control-request-method",
        "access-control-request-headers",
      ]);
}

/** What CloudFront makes of the API's answer: its response headers policy, and other callers' cached answers. */
export function throughCdn(
  behavior: CloudFrontBehavior,
  answer: PossibleAnswer,
  request: ApiRequest,
): readonly PossibleAnswer[] {
  if (answer.kind === "unknown") return [answer];
  const policy = behavior.responseHeadersPolicy;
  const changed = policy
    ? optionsOf(policy).map((options) => withPolicy(answer, options, request))
    : [answer];
  if (constantOf(behavior.originInCacheKey) !== false || !["GET", "HEAD"].includes(request.method))
    return changed;
  const depends = answer.headers.some(
    ([name, value]) => name.toLowerCase() === "access-control-allow-origin" && value !== "*",
  );
  if (!depends || policy) return changed;
  const because =
    "CloudFront may answer from its cache with what a request without this origin got.";
  const headers = answer.headers.filter(([name]) => !isCorsHeader(name));
  return [...changed, { ...answer, by: "cdn", headers, because, at: behavior.at }];
}

function withPolicy(answer: Answer, options: Options, request: ApiRequest): Answer {
  const doubts = new Map(answer.doubts);
  const own: Header[] = [];
  const origin = requestHeader(request, "origin");
  const value = allowOrigin(options, origin);
  if (origin === undefined || (value === undefined && options.origins.complete)) return answer;
  if (value === undefined)
    doubts.set(
      "access-control-allow-origin",
      "A part of the response headers policy cannot be seen.",
    );
  else own.push(["access-control-allow-origin", value]);
  credentialsHeader(options, own, doubts);
  listHeader("access-control-expose-headers", options.expose, own, doubts);
  listHeader("access-control-allow-methods", options.methods, own, doubts);
  listHeader("access-control-allow-headers", options.headers, own, doubts);
  const override = constantOf(options.policy.originOverride?.value);
  if (override === undefined)
    for (const [name] of own)
      doubts.set(name, "Whether CloudFront's headers or the API's win is not known.");
  const wins = (name: string): boolean =>
    override === true || !answer.headers.some(([each]) => each.toLowerCase() === name);
  const added = own.filter(([name]) => wins(name));
  const kept = answer.headers.filter(
    ([name]) => !added.some(([each]) => each === name.toLowerCase()),
  );
  return { ...answer, by: "cdn", headers: [...kept, ...added], doubts };
}

/** `*`, or the request's origin when it is listed; a leftmost `*.` stands for sub-domains. */
function allowOrigin({ origins }: Options, origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined;
  if (origins.items.includes("*")) return "*";
  const fitsItem = (item: string): boolean => {
    const at = item.indexOf("*.");
    return (
      item === origin ||
      (at >= 0 && origin.startsWith(item.slice(0, at)) && origin.endsWith(item.slice(at + 1)))
    );
  };
  return origins.items.some(fitsItem) ? origin : undefined;
}
