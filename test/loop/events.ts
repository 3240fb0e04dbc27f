/** Between HTTP and Lambda: the events of both payload formats, and what a handler's value is on the wire. */
import type { Header } from "../../shared/src/browser/bytes";
import type { ApiRequest } from "../../shared/src/gateway";

export interface FullRequest extends ApiRequest {
  readonly query: string;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string;
}

/** The event of REST APIs, or of HTTP APIs and Function URLs (AWS, set-up-lambda-proxy-integrations, http-api-develop-integrations-lambda). */
export function eventOf(request: FullRequest, payload: "1.0" | "2.0", route: string): object {
  return payload === "2.0" ? eventV2(request, route) : eventV1(request, route);
}

/** What stands at the place of each `{name}` of a route's path; nothing for `$default`. */
function pathParameters(route: string, path: string): Readonly<Record<string, string>> {
  const given = path.split("/");
  return Object.fromEntries(
    route.split("/").flatMap((part, index): [string, string][] => {
      const [, name, greedy] = /^\{(\w+)(\+?)\}$/.exec(part) ?? [];
      if (name === undefined) return [];
      return [[name, greedy === "+" ? given.slice(index).join("/") : (given[index] ?? "")]];
    }),
  );
}

function eventV1({ method, path, headers, query, body }: FullRequest, route: string): object {
  const named = pathParameters(route, path);
  const parameters = [...new URLSearchParams(query)];
  return {
    resource: route,
    path,
    httpMethod: method,
    headers: Object.fromEntries(headers),
    multiValueHeaders: Object.fromEntries(headers.map(([name, value]) => [name, [value]])),
    queryStringParameters: parameters.length > 0 ? Object.fromEntries(parameters) : null,
    pathParameters: Object.keys(named).length > 0 ? named : null,
    stageVariables: null,
    requestContext: { httpMethod: method, path, stage: "prod", identity: {} },
    body: body === "" ? null : body,
    isBase64Encoded: false,
  };
}

function eventV2({ method, path, headers, query, body }: FullRequest, route: string): object {
  const named = pathParameters(route, path);
  const parameters = [...new URLSearchParams(query)];
  return {
    version: "2.0",
    routeKey: route === "$default" ? route : `${method} ${route}`,
    rawPath: path,
    rawQueryString: query,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    ...(parameters.length > 0 ? { queryStringParameters: Object.fromEntries(parameters) } : {}),
    ...(Object.keys(named).length > 0 ? { pathParameters: named } : {}),
    requestContext: { http: { method, path }, stage: "$default" },
    ...(body === "" ? {} : { body }),
    isBase64Encoded: false,
  };
}

const keysV1 = ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"];

/** What the gateway reads out of a handler's value; `undefined` when it is no response: the gateway answers 502 or 500. */
export function answerOf(value: unknown, payload: "1.0" | "2.0"): WireAnswer | undefined {
  if (payload === "2.0" && !(isObject(value) && "statusCode" in value))
    return { status: 200, headers: [["content-type", "application/json"]], body: inferred(value) };
  if (!isObject(value)) return undefined;
  if (payload === "1.0" && Object.keys(value).some((key) => !keysV1.includes(key)))
    return undefined;
  const status = Number(value["statusCode"] ?? 200);
  if (!Number.isInteger(status)) return undefined;
  const multi = payload === "1.0" ? listed(value["multiValueHeaders"]) : [];
  if (multi === undefined) return undefined;
  const single = Object.entries(isObject(value["headers"]) ? value["headers"] : {});
  const headers = [...multi, ...single.map(([name, each]): Header => [name, asText(each)])];
  return {
    status,
    headers: payload === "1.0" ? joined(headers) : headers,
    body: asText(value["body"]),
  };
}

function inferred(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

function listed(value: unknown): readonly Header[] | undefined {
  const entries = Object.entries(isObject(value) ? value : {});
  if (!entries.every(([, values]) => Array.isArray(values))) return undefined;
  return entries.flatMap(([name, values]) =>
    (values as readonly unknown[]).map((each): Header => [name, asText(each)]),
  );
}

/** A REST API sends one header of a name, whatever its case: `value-multi, value-solo`. */
function joined(headers: readonly Header[]): readonly Header[] {
  const byName = new Map<string, Header>();
  for (const [name, value] of headers) {
    const before = byName.get(name.toLowerCase());
    byName.set(name.toLowerCase(), before ? [before[0], `${before[1]}, ${value}`] : [name, value]);
  }
  return [...byName.values()];
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
