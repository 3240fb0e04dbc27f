import { sentOrigins } from "../advice/page-origins";
import { policyOrigins } from "../advice/needs";
import { constantOf } from "../model/value";
import { apiOf } from "../model/query/platform";
import { twoLineMessage, unique } from "../advice/text";
import { PLACEHOLDER_ORIGIN } from "../advice/origin";
import type { RuleContext } from "../advice/context";
import { sharesOrigin } from "../model/query/exposure";
import { originOf } from "../browser/url";
import type { StepId } from "../browser/steps";
import type { Problem } from "../finding";
import { callOf, explainCall, type Explanation } from "../gateway";
import type { Api, BrowserRequest, CorsModel } from "../model/model";
import { onlyPolicy } from "./lib/page-policy";
import type { Rule } from "./rule";

/** A page's call that the API's policy lets through, and whose response the browser keeps from the page for certain. */
export const rule: Rule = {
  id: "request-refused-by-response",
  summary:
    "A call from a page of the workspace passes the policy, and the answer of the handler does not let the page read it.",
  severity: "warning",
  browserSays:
    "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'.",
  failsAt: "response-allow-credentials",
  *check(model, context): Iterable<Problem> {
    for (const request of model.requests) {
      const api = apiOf(request.api?.id, model);
      if (api === undefined || sharesOrigin(api) || !isWhole(request)) continue;
      const refusal = refusalOf(model, api, request, originsOf(api, model, context));
      if (refusal === undefined) continue;
      const { failsAt, at } = refusal;
      const isAboutCookies = COOKIES.has(failsAt);
      yield {
        at: isAboutCookies ? request.credentials.at : request.at,
        message: twoLineMessage(first(failsAt), why(failsAt)),
        related: at ? [{ at, message: "The API answers so here." }] : [],
      };
    }
  },
};

/** Nothing about the call is left open: interceptors and settings may add what decides. */
function isWhole({ headers, headersComplete }: BrowserRequest): boolean {
  return headersComplete && headers.every(({ maybe }) => maybe !== true);
}

/** The origins that pages have: what settings and the policy name; else what the handlers let through. */
function originsOf(api: Api, model: CorsModel, context: RuleContext): readonly string[] {
  const policies = api.cors.kind === "policy" ? api.cors.of : [];
  const named = [context.origins, policies.flatMap(policyOrigins), sentOrigins(model, api)]
    .map((texts) => unique(texts).filter((text) => originOf(text) === text))
    .find((texts) => texts.length > 0);
  return named ?? [PLACEHOLDER_ORIGIN];
}

interface Refusal {
  readonly failsAt: StepId;
  readonly at?: Explanation["at"];
}

/** Why pages of all these origins are refused; `undefined` where one may not be, or another rule tells the cause. */
function refusalOf(
  model: CorsModel,
  api: Api,
  request: BrowserRequest,
  origins: readonly string[],
): Refusal | undefined {
  let found: Refusal | undefined;
  for (const origin of origins) {
    const call = callOf(request, origin);
    const told = call && explainCall(model, api, call);
    if (told?.verdict !== "blocked" || told.failsAt === undefined) return undefined;
    if (!isOurs(told, api, request)) return undefined;
    found ??= { failsAt: told.failsAt, ...(told.at ? { at: told.at } : {}) };
  }
  return found;
}

/**
 * The answer of the handler, or what is mapped for it. A missing Access-Control-Allow-Origin is told where it is missing,
 * and what a policy refuses by `request-refused-by-policy`.
 */
function isOurs(told: Explanation, api: Api, request: BrowserRequest): boolean {
  const { failsAt = "" } = told;
  const half = failsAt.startsWith("preflight-") ? told.preflight : told.response;
  const made = half?.rulings.every(
    ({ answer }) => answer.kind === "response" && (answer.by === "handler" || answer.status < 300),
  );
  if (made !== true || failsAt.endsWith("-allow-origin-present")) return false;
  if (failsAt.startsWith("response-")) return REFUSALS.has(failsAt);
  return onlyPolicy(api, request) === undefined && constantOf(request.mode) === "cors";
}

const COOKIES: ReadonlySet<string> = new Set([
  "response-allow-origin-not-wildcard",
  "response-allow-credentials",
  "preflight-allow-origin-not-wildcard",
  "preflight-allow-credentials",
]);

const REFUSALS: ReadonlySet<string> = new Set([
  "response-allow-origin-not-wildcard",
  "response-allow-origin-match",
  "response-allow-origin-single",
  "response-allow-credentials",
]);

function first(step: StepId): string {
  if (step.endsWith("-not-wildcard"))
    return "With cookies the browser refuses this call's response: its allowed origin is *.";
  if (step.endsWith("-allow-credentials"))
    return "With cookies the browser refuses this call's response: it allows no credentials.";
  if (step.endsWith("-match"))
    return "The browser refuses this call's response: it allows another origin than the page's.";
  return "The browser refuses this call: what answers it does not allow it.";
}

function why(step: StepId): string {
  if (step.endsWith("-not-wildcard"))
    return "Send the page's own origin in Access-Control-Allow-Origin, or do without cookies here.";
  if (step.endsWith("-allow-credentials"))
    return "Send Access-Control-Allow-Credentials: true with the response as well, or do without cookies here.";
  if (step.endsWith("-match"))
    return "Send the page's own origin in Access-Control-Allow-Origin, as the policy names it.";
  return "The handler answers OPTIONS by itself. Allow there what this call asks for.";
}
