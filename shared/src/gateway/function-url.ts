/** Lambda Function URLs. Source: AWS, urls-configuration and API_Cors. */
import type { Api } from "../model/model";
import { constantOf } from "../model/value";
import type { Options } from "./options";
import { policyHeaders } from "./policy-headers";
import { doubtful, requestHeader, unknown } from "./types";
import type { Answer, ApiRequest, Decision } from "./types";

/** What the URL does with a request when these options are in effect; `null`: it has no `cors`. */
export function decideUrl(api: Api, request: ApiRequest, options: Options | null): Decision {
  const [route] = api.routes;
  if (!route) return unknown("The function behind the URL is not known.");
  const signed = constantOf(api.authType);
  const isPreflight =
    request.method === "OPTIONS" &&
    requestHeader(request, "access-control-request-method") !== undefined;
  if (signed !== "NONE" && isPreflight) {
    return unknown(
      "AWS does not say how a URL that asks for signatures answers an unsigned preflight.",
      api.authType?.at,
    );
  }
  if (options && isPreflight) return answered(options, request);
  if (signed === undefined)
    return unknown("Whether the URL asks for signatures is not known.", api.authType?.at);
  if (signed === "AWS_IAM" && requestHeader(request, "authorization") === undefined) {
    return forbidden(options !== null, api);
  }
  return {
    kind: "integration",
    route,
    finish: (answer) => (options ? added(answer, options, request) : answer),
    failed: failure(options, request, route.at),
  };
}

function answered(options: Options, request: ApiRequest): Answer {
  const { headers, doubts } = policyHeaders(options, request, true);
  const because = "Lambda answers preflights from the URL's policy; the function is not asked.";
  return {
    kind: "response",
    by: "gateway",
    status: 200,
    headers,
    doubts,
    because,
    at: options.policy.at,
  };
}

function forbidden(hasPolicy: boolean, api: Api): Answer {
  const doubts = hasPolicy
    ? doubtful("Whether Lambda adds CORS headers to its own 403 is not documented.")
    : new Map<string, string>();
  const because = "The URL asks for a signature of IAM: Forbidden.";
  return {
    kind: "response",
    by: "gateway",
    status: 403,
    headers: [],
    doubts,
    because,
    ...(api.authType ? { at: api.authType.at } : {}),
  };
}

/** Lambda adds the URL's headers and keeps those of the function. */
function added(answer: Answer, options: Options, request: ApiRequest): Answer {
  const { headers, doubts } = policyHeaders(options, request, false);
  return {
    ...answer,
    headers: [...answer.headers, ...headers],
    doubts: new Map([...answer.doubts, ...doubts]),
  };
}

function failure(options: Options | null, request: ApiRequest, at: Answer["at"]): Answer {
  const written = options
    ? policyHeaders(options, request, false)
    : { headers: [], doubts: new Map<string, string>() };
  const doubts = options
    ? doubtful("Whether Lambda adds CORS headers to its own 502 is not documented.")
    : written.doubts;
  return {
    kind: "response",
    by: "gateway",
    status: 502,
    headers: [],
    doubts,
    because: "The function failed.",
    ...(at ? { at } : {}),
  };
}
