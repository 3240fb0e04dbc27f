/** Hovers on routes and on the headers of handlers: the exchange of a page's call with them, in Markdown. */
import { originFault } from "../advice/origin";
import { originsOf } from "../advice/page-origins";
import { codeBlock, codeSpan, literal } from "../base/markdown";
import { sequence, verdictSentence } from "../explain";
import { explainCall, likelyOrigin, type PageCall } from "../gateway";
import { apiTraits } from "../model/kinds";
import type { Api, CorsModel, Handler, HeaderField, ResponsePath, Route } from "../model/model";
import { apiOf } from "../model/query/platform";
import { headersFrom } from "../model/query/responsibility";
import { CORS_RESPONSE_HEADERS, statusesOf } from "../model/query/responses";
import { branches, constantOf } from "../model/value";

/** On a route: what becomes of a page's call, with what the route asks for. `undefined` where its path is not known. */
export function hoverRoute(model: CorsModel, api: Api, route: Route): string | undefined {
  const call = callTo(model, api, route);
  if (!call || route.generated) return undefined;
  const told = explainCall(model, api, call);
  const said = told.console === undefined ? [] : [codeSpan(told.console), ""];
  const why = told.verdict === "allowed" ? [] : [literal(told.because), ""];
  return [
    `**${verdictSentence(told, codeSpan(call.origin))}**`,
    "",
    ...said,
    ...why,
    ...codeBlock(sequence(told)),
  ].join("\n");
}

/** On a CORS header of a handler's answer: who sends it, and the exchange with it. */
export function hoverHeader(
  model: CorsModel,
  handler: Handler,
  response: ResponsePath,
  field: HeaderField,
): string | undefined {
  const name = field.name.toLowerCase();
  if (!CORS_RESPONSE_HEADERS.some((known) => known.toLowerCase() === name)) return undefined;
  const [status] = statusesOf(response);
  const answer = status === undefined ? "an answer" : `the answer ${String(status)}`;
  const dropped = ownerOf(model, handler);
  const value = valueOf(field);
  const title = `${codeSpan(field.name)} of ${answer}`;
  return [
    `**${title}**: ${dropped === undefined ? value : struck(value)}`,
    ...(dropped === undefined ? [] : ["", dropped]),
    ...exchangeOf(model, handler),
  ].join("\n");
}

/** Why the header never leaves AWS, where that holds for every way to the handler. */
function ownerOf(model: CorsModel, { bindings }: Handler): string | undefined {
  const isDropped = bindings.every((binding) => headersFrom(binding, model) === "gateway");
  if (bindings.length === 0 || !isDropped) return undefined;
  return "API Gateway drops it: the API has a policy, and its headers are sent in place of the function's.";
}

/** The value as it is sent. What no browser compares equal is struck through. */
function valueOf({ name, value }: HeaderField): string {
  const isOrigin = name.toLowerCase() === "access-control-allow-origin";
  return branches(value)
    .map((branch) => {
      if (branch.kind === "fromRequest") return `the request's ${codeSpan(branch.header)}`;
      if (branch.kind === "unknown") return `? (${literal(branch.because)})`;
      if (branch.kind !== "known") return "?";
      const text = String(branch.value);
      const fault = isOrigin ? originFault(text, "header") : undefined;
      return fault ? `${struck(codeSpan(text))} (no browser sends it)` : codeSpan(text);
    })
    .join(" or ");
}

const struck = (text: string): string => `~~${text}~~`;

function exchangeOf(model: CorsModel, { bindings, id }: Handler): readonly string[] {
  for (const { api: key } of bindings) {
    const api = apiOf(key, model);
    const route = api?.routes.find(
      ({ handlers, generated }) => handlers.includes(id) && !generated,
    );
    const told = api && route && hoverRoute(model, api, route);
    if (told !== undefined) return ["", told];
  }
  return [];
}

/** The call of a page that a route is made for; `undefined` where path or method cannot be known. */
function callTo(model: CorsModel, api: Api, route: Route): PageCall | undefined {
  const [path, own] = [constantOf(route.path), constantOf(route.method)?.toUpperCase()];
  if (path === undefined || own === undefined || own === "OPTIONS") return undefined;
  const method = own === "ANY" ? "GET" : own;
  const { authorization } = route;
  const asked = authorization.kind === "some" ? authorization.headers : [];
  const key = constantOf(route.apiKeyRequired) === true ? ["x-api-key"] : [];
  const body = ["POST", "PUT", "PATCH"].includes(method);
  return {
    origin: originsOf(model, api)[0] ?? likelyOrigin(api, model.apis),
    method,
    path: path === "$default" ? "/" : path.replace(/\{[^{}]*\}/g, "1"),
    headers: [
      ...[...asked, ...key].map((name) => [name, "…"] as const),
      ...(body ? [["content-type", "application/json"] as const] : []),
    ],
    credentials: "omit",
    url: `${apiTraits[api.kind].placeholder}${path === "$default" ? "/" : path.replace(/[{}+]/g, "")}`,
  };
}
