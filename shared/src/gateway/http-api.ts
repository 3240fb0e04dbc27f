/** HTTP APIs of API Gateway. Source: AWS, http-api-cors and http-api-develop-routes. */
import type { Api } from "../model/model";
import { admission } from "./authorizer";
import type { Options } from "./options";
import { policyHeaders } from "./policy-headers";
import { matchRoute } from "./routes";
import { doubtful, isCorsHeader, noDoubts, requestHeader, unknown } from "./types";
import type { Answer, ApiRequest, Decision } from "./types";

const ownErrors =
  "AWS does not document whether an HTTP API adds CORS headers to errors of its own.";

/** What the API does with a request when these options are in effect; `null`: it has no policy. */
export function decideHttp(api: Api, request: ApiRequest, options: Options | null): Decision {
  const match = matchRoute(api, request);
  if (match.kind === "unknown") return match;
  if (match.kind === "none")
    return options && isPreflight(request)
      ? answered(options, request)
      : notFound(options, request);
  const { route } = match;
  const admitted = admission(route.authorization, request);
  if (admitted.kind === "unknown")
    return unknown(`Whether the authorizer admits it is not known: ${admitted.because}.`, route.at);
  if (admitted.kind === "refused") {
    const { status, because } = admitted;
    return ownError(options, request, status, because, route.authorization.at ?? route.at);
  }
  return {
    kind: "integration",
    route,
    finish: (answer) => (options ? replaced(answer, options, request) : answer),
    failed: ownError(options, request, 500, "The function failed.", route.at),
  };
}

/** Only with both headers is it a preflight to API Gateway. */
function isPreflight(request: ApiRequest): boolean {
  return (
    request.method === "OPTIONS" &&
    requestHeader(request, "origin") !== undefined &&
    requestHeader(request, "access-control-request-method") !== undefined
  );
}

function answered(options: Options, request: ApiRequest): Answer {
  const { headers, doubts } = policyHeaders(options, request, true);
  const because = "No route takes OPTIONS, so API Gateway answers from the policy.";
  return {
    kind: "response",
    by: "gateway",
    status: 204,
    headers,
    doubts,
    because,
    at: options.policy.at,
  };
}

function notFound(options: Options | null, request: ApiRequest): Answer {
  const policy =
    request.method === "OPTIONS" && options === null ? ", and there is no CORS policy" : "";
  const because = `No route takes ${request.method} ${request.path}${policy}: Not Found.`;
  return ownError(options, request, 404, because);
}

/** An origin that gets no header on other answers gets none here either. */
function ownError(
  options: Options | null,
  request: ApiRequest,
  status: number,
  because: string,
  at?: Answer["at"],
): Answer {
  const written = options && policyHeaders(options, request, false);
  const may = written !== null && written.headers.length + written.doubts.size > 0;
  const doubts = may ? doubtful(ownErrors) : noDoubts;
  return {
    kind: "response",
    by: "gateway",
    status,
    headers: [],
    doubts,
    because,
    ...(at ? { at } : {}),
  };
}

/** The policy's headers in the place of the integration's. */
function replaced(answer: Answer, options: Options, request: ApiRequest): Answer {
  const { headers, doubts } = policyHeaders(options, request, request.method === "OPTIONS");
  const kept = answer.headers.filter(([name]) => !isCorsHeader(name));
  const others = [...answer.doubts].filter(([name]) => !isCorsHeader(name));
  return { ...answer, headers: [...kept, ...headers], doubts: new Map([...others, ...doubts]) };
}
