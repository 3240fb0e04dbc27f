/** REST APIs of API Gateway. Sources: AWS, how-to-cors and supported-gateway-response-types; CDK's `addCorsPreflight`. */
import { REST_METHODS } from "../model/kinds";
import type { Header } from "../browser/bytes";
import type { Api, CorsPolicy, GatewayResponse, MappedResponse, Route } from "../model/model";
import { branches, possibleLists, constantOf } from "../model/value";
import { admission } from "./authorizer";
import type { Options } from "./options";
import { credentialsHeader, listHeader } from "./policy-headers";
import { matchRoute } from "./routes";
import { doubtful, noDoubts, requestHeader, unknown } from "./types";
import type { Answer, ApiRequest, Decision } from "./types";

/** What the API does with a request. `options` are those of the matched resource's own OPTIONS method. */
export function decideRest(api: Api, request: ApiRequest, options: Options | null): Decision {
  const match = matchRoute(api, request);
  if (match.kind === "unknown") return match;
  if (match.kind === "none") {
    return gatewayError(
      api,
      request,
      403,
      "MISSING_AUTHENTICATION_TOKEN",
      "No method here takes it: Missing Authentication Token.",
    );
  }
  const { route } = match;
  if (route.generated) return generated(api, request, route, options);
  const admitted = admission(route.authorization, request);
  if (admitted.kind === "unknown")
    return unknown(`Whether the authorizer admits it is not known: ${admitted.because}.`, route.at);
  if (admitted.kind === "refused") {
    const type = admitted.status === 401 ? "UNAUTHORIZED" : "MISSING_AUTHENTICATION_TOKEN";
    return gatewayError(
      api,
      request,
      admitted.status,
      type,
      admitted.because,
      route.authorization.at ?? route.at,
    );
  }
  if (
    constantOf(route.apiKeyRequired) === true &&
    requestHeader(request, "x-api-key") === undefined
  ) {
    return gatewayError(
      api,
      request,
      403,
      "INVALID_API_KEY",
      "The method requires an API key: Forbidden.",
      route.at,
    );
  }
  const failed = gatewayError(api, request, 502, "DEFAULT_5XX", "The function failed.", route.at);
  return { kind: "integration", route, finish: (answer) => answer, failed };
}

/** The policy whose generated OPTIONS method a request meets. */
export function policyAt(api: Api, request: ApiRequest): CorsPolicy | undefined {
  const match = matchRoute(api, request);
  return match.kind === "route" ? match.route.preflight : undefined;
}

/** The OPTIONS method that CDK or SAM makes: a MOCK integration with the first origin as a fixed value, and a template for the others. */
function generated(api: Api, request: ApiRequest, route: Route, options: Options | null): Decision {
  if (!options)
    return unknown("The options of the generated OPTIONS method cannot be seen.", route.at);
  if (
    possibleLists(api.binaryMediaTypes?.value).some((list) =>
      list.items.some(({ value }) => value === "*/*"),
    )
  ) {
    const because =
      "binaryMediaTypes */* makes the MOCK integration fail: Unable to transform request.";
    return gatewayError(api, request, 500, "DEFAULT_5XX", because, api.binaryMediaTypes?.name);
  }
  const doubts = new Map<string, string>();
  const headers: Header[] = [];
  originHeaders(options, request, headers, doubts);
  listHeader("access-control-allow-methods", methodsAt(api, route, options), headers, doubts);
  listHeader("access-control-allow-headers", options.headers, headers, doubts);
  credentialsHeader(options, headers, doubts);
  listHeader("access-control-expose-headers", options.expose, headers, doubts);
  const { policy } = options;
  if (constantOf(policy.disableCache?.value) === true)
    headers.push(["access-control-max-age", "-1"]);
  // CDK takes 0 for "not given" here.
  else if (options.maxAge) headers.push(["access-control-max-age", String(options.maxAge)]);
  const byDefault = policy.form === "samApi" ? 200 : 204;
  const status = policy.statusCode ? constantOf(policy.statusCode.value) : byDefault;
  if (status === undefined) doubts.set(":status", "The policy's status code is decided elsewhere.");
  const because =
    "The resource's OPTIONS method answers from the policy, without an integration behind it.";
  return {
    kind: "response",
    by: "gateway",
    status: status ?? byDefault,
    headers,
    doubts,
    because,
    at: policy.at,
  };
}

/** SAM names the methods of the path unless the policy names others. */
function methodsAt(api: Api, { path }: Route, options: Options): Options["methods"] {
  const { policy, methods } = options;
  if (policy.form !== "samApi" || policy.allowMethods) return restMethods(methods);
  return restMethods({ items: methodsOfPath(api, path), complete: api.routesComplete });
}

/** The methods of a path as SAM lists them, OPTIONS among them; `ANY` for all. */
export function methodsOfPath({ routes }: Api, path: Route["path"]): readonly string[] {
  const same = routes.filter((route) => constantOf(route.path) === constantOf(path));
  return [...new Set(same.map(({ method }) => constantOf(method) ?? "ANY"))].sort();
}

/** `ANY` alone stands for all methods. */
function restMethods(list: Options["methods"]): Options["methods"] {
  return list.items.includes("ANY") ? { items: REST_METHODS, complete: list.complete } : list;
}

function originHeaders(
  { origins, policy }: Options,
  request: ApiRequest,
  headers: Header[],
  doubts: Map<string, string>,
): void {
  const [first] = origins.items;
  const origin = requestHeader(request, "origin");
  if (first === undefined) {
    doubts.set("access-control-allow-origin", "The policy's origins are decided elsewhere.");
    return;
  }
  const listed = origin !== undefined && origins.items.includes(origin);
  if (!listed && !origins.complete) {
    doubts.set(
      "access-control-allow-origin",
      "A part of the policy's origins is decided elsewhere.",
    );
  }
  headers.push(["access-control-allow-origin", listed ? origin : first]);
  // SAM's answer names its one origin to everybody.
  if (first !== "*" && policy.form !== "samApi") headers.push(["vary", "Origin"]);
}

/** An error of the gateway itself, with the headers that the API's gateway responses map. */
function gatewayError(
  api: Api,
  request: ApiRequest,
  status: number,
  type: string,
  because: string,
  at?: Answer["at"],
): Answer {
  const response = gatewayResponse(api, type, status);
  const doubts = new Map(
    api.gatewayResponsesComplete
      ? noDoubts
      : doubtful("Gateway responses may exist that cannot be seen in the code."),
  );
  const headers: Header[] = [];
  for (const { name, value } of response?.headers ?? []) {
    const lower = name.replace(/^gatewayresponse\.header\./i, "").toLowerCase();
    mapped(lower, value, request, headers, doubts);
  }
  if (response?.complete === false)
    for (const [name, why] of doubtful("A gateway response adds headers that cannot be seen."))
      doubts.set(name, why);
  return {
    kind: "response",
    by: "gateway",
    status,
    headers,
    doubts,
    because,
    ...(at ? { at } : {}),
  };
}

function gatewayResponse(api: Api, type: string, status: number): GatewayResponse | undefined {
  const named = (wanted: string): GatewayResponse | undefined =>
    api.gatewayResponses.find((each) => constantOf(each.type) === wanted);
  return named(type) ?? named(status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
}

/** A mapping expression: `'literal'`, or a header of the request. */
function mapped(
  name: string,
  value: GatewayResponse["headers"][number]["value"],
  request: ApiRequest,
  headers: Header[],
  doubts: Map<string, string>,
): void {
  const text = constantOf(value);
  const literal = /^'(.*)'$/.exec(text ?? "")?.[1];
  const echoed = /^method\.request\.header\.(.+)$/.exec(text ?? "")?.[1];
  if (literal !== undefined) headers.push([name, literal]);
  else if (echoed !== undefined) {
    const sent = requestHeader(request, echoed.toLowerCase());
    if (sent !== undefined) headers.push([name, sent]);
  } else
    doubts.set(
      name,
      branches(value).some((each) => each.kind !== "known")
        ? "The mapped value is decided elsewhere."
        : "The mapped value is no literal.",
    );
}

/** The answers of an integration whose responses are mapped (MOCK, or not a proxy); `undefined` when they are not seen. */
export function mappedAnswers(route: Route, request: ApiRequest): readonly Answer[] | undefined {
  const responses =
    route.integration.responses?.filter((response) => response.of === "integration") ?? [];
  if (responses.length === 0 || route.integration.responsesComplete === false) return undefined;
  return responses.map((response) => mappedAnswer(route, response, request));
}

function mappedAnswer(route: Route, response: MappedResponse, request: ApiRequest): Answer {
  const headers: Header[] = [];
  const doubts = new Map(
    response.complete ? noDoubts : doubtful("Mapped headers may exist that cannot be seen."),
  );
  for (const { name, value } of response.headers)
    mapped(name.toLowerCase(), value, request, headers, doubts);
  const status = Number(response.statusCode);
  const because = `The integration response for ${response.statusCode} maps these headers.`;
  return {
    kind: "response",
    by: "gateway",
    status: Number.isInteger(status) ? status : 200,
    headers,
    doubts,
    because,
    at: response.at,
  };
}
