/** What AWS may answer to a request, from CloudFront to the handler. */
import { apiTraits } from "../model/kinds";
import type { Api, ApiKind, CorsModel, CorsPolicy } from "../model/model";
import { behaviorFor, forwarded, throughCdn } from "./cdn";
import { decideUrl } from "./function-url";
import { decideLoadBalancer } from "./load-balancer";
import { handlerAnswers } from "./handler";
import { decideHttp } from "./http-api";
import { optionsOf, type Options } from "./options";
import { decideRest, mappedAnswers, policyAt } from "./rest-api";
import { unknown } from "./types";
import type { Answer, ApiRequest, Decision, PossibleAnswer } from "./types";

/**
 * What the gateway does with a request, once for each policy that may be in effect. Nothing is asked of a handler yet:
 * a test gateway runs it for real, `answers` takes what the model says of it.
 */
export function decisions(api: Api, request: ApiRequest): readonly Decision[] {
  const { effective, because } = optionsInEffect(api, request);
  if (because !== undefined) return [unknown(because)];
  return effective.map((options) => deciders[api.kind](api, request, options));
}

type Decide = (api: Api, request: ApiRequest, options: Options | null) => Decision;

const deciders: Readonly<Record<ApiKind, Decide>> = {
  http: decideHttp,
  rest: decideRest,
  functionUrl: decideUrl,
  loadBalancer: decideLoadBalancer,
};

/** The sets of options that may be in effect (`null`: none); `because` says why they are not known. */
interface InEffect {
  readonly effective: readonly (Options | null)[];
  readonly because?: string;
}

function optionsInEffect(api: Api, request: ApiRequest): InEffect {
  if (apiTraits[api.kind].policyScope === "resource")
    return ofPolicies([policyAt(api, request)].flatMap((policy) => policy ?? []));
  if (api.cors.kind === "none") return { effective: [null] };
  if (api.cors.kind === "unknown") {
    return { effective: [], because: `The policy cannot be seen: ${api.cors.because}.` };
  }
  return ofPolicies(api.cors.of);
}

function ofPolicies(policies: readonly CorsPolicy[]): InEffect {
  if (policies.some((policy) => policy.conditional)) {
    return { effective: [], because: "Whether the policy is in effect depends on a condition." };
  }
  return { effective: policies.length === 0 ? [null] : policies.flatMap(optionsOf) };
}

/** How a request gets to the API: through CloudFront, or past it to the API's own address. */
export type Entrance = "cdn" | "direct";

/** Every answer that may reach the browser, on either way unless one is given. Never empty. */
export function answers(
  model: CorsModel,
  api: Api,
  request: ApiRequest,
  entrance?: Entrance,
): readonly PossibleAnswer[] {
  const behavior = entrance === "direct" ? undefined : behaviorFor(api, request.path);
  const direct = entrance === "cdn" && behavior ? [] : apiAnswers(model, api, request);
  if (!behavior) return direct;
  const passed = forwarded(behavior, request);
  if ("kind" in passed) return [passed, ...direct];
  const through = apiAnswers(model, api, passed);
  return [...through.flatMap((answer) => throughCdn(behavior, answer, request)), ...direct];
}

function apiAnswers(model: CorsModel, api: Api, request: ApiRequest): readonly PossibleAnswer[] {
  return decisions(api, request).flatMap((decision): readonly PossibleAnswer[] => {
    if (decision.kind !== "integration") return [decision];
    return integrationAnswers(model, decision, request).map((answer) =>
      answer.kind === "unknown" || answer === decision.failed ? answer : decision.finish(answer),
    );
  });
}

function integrationAnswers(
  model: CorsModel,
  { route, failed }: Extract<Decision, { kind: "integration" }>,
  request: ApiRequest,
): readonly PossibleAnswer[] {
  const { kind } = route.integration;
  if (kind === "lambda") return nonEmpty(handlerAnswers(model, route, request, failed), route.at);
  if (kind === "stepFunctions") return [withoutHeaders(route.at)];
  const mapped = kind === "unknown" ? undefined : mappedAnswers(route, request);
  return mapped ?? [unknown("What the integration answers cannot be seen in the code.", route.at)];
}

function nonEmpty(found: readonly PossibleAnswer[], at: Answer["at"]): readonly PossibleAnswer[] {
  return found.length > 0
    ? found
    : [unknown("No answer of the handler was found for this method.", at)];
}

/** CDK's integration of a state machine maps no CORS headers, and has no option for them. */
function withoutHeaders(at: Answer["at"]): Answer {
  const because = "The integration of a state machine maps no CORS headers.";
  return {
    kind: "response",
    by: "gateway",
    status: 200,
    headers: [],
    doubts: new Map(),
    because,
    ...(at ? { at } : {}),
  };
}
