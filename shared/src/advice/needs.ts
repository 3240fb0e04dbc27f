/** What an API needs from its policy, as far as the code says so. */
import type { Handler, Api, BrowserRequest, CorsModel, CorsPolicy, Route } from "../model/model";
import { headersNamed } from "../model/query/responses";
import { originOf } from "../browser/url";
import { PROFILES } from "../browser/profile";
import { isForbiddenRequestHeader, isSafelistedRequestHeader } from "../browser/request-headers";
import type { Related } from "../finding";
import { handlersOf, policyUses } from "../model/query/platform";
import { possibleLists, knownBranches, constantOf } from "../model/value";
import type { RuleContext } from "./context";
import { originFault, PLACEHOLDER_ORIGIN } from "./origin";
import { unique } from "./text";

/** The user's origins: from settings, else from the policies of the application as they were meant, else a placeholder. */
export function originsFor(model: CorsModel, context: RuleContext): readonly string[] {
  if (context.origins.length > 0) return context.origins;
  const explicit = policyUses(model).flatMap(({ policy }) =>
    policyOrigins(policy).flatMap((text) => originFault(text, policy.form)?.meant ?? [text]),
  );
  const valid = unique(explicit).filter((text) => originOf(text) === text && !text.includes("*"));
  const real = valid.filter((text) => text !== PLACEHOLDER_ORIGIN);
  return real.length > 0 ? real : [PLACEHOLDER_ORIGIN];
}

/** All origins that the policy names in some branch. */
export function policyOrigins(policy: CorsPolicy): readonly string[] {
  const lists = possibleLists(policy.allowOrigins?.value);
  return lists.flatMap((list) => list.items.map((item) => item.value));
}

const ORDER = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
/** What stands for `ANY`: the methods that pages use. */
export const COMMON_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** The methods of the routes in a fixed order, OPTIONS left out (the gateway answers it); all common ones for `ANY`. */
export function methodsOf(routes: readonly Route[]): readonly string[] {
  const known = routes.flatMap((route) =>
    knownBranches(route.method).map((m) => m.value.toUpperCase()),
  );
  if (known.includes("ANY") || known.length === 0) return COMMON_METHODS;
  return ORDER.filter((method) => known.includes(method));
}

/** A request header that a page evidently sends. */
export interface Need {
  /** Lower case. */
  readonly name: string;
  readonly because: Related;
}

/** Headers by which a handler that reads them evidently expects a page; others may come from proxies or webhooks. */
const FROM_PAGES = new Set([
  "authorization",
  "x-api-key",
  "x-csrf-token",
  "x-xsrf-token",
  "idempotency-key",
]);

/** The request headers that pages evidently send to these routes, each with the place that says so. */
export function headersNeeded(
  api: Api,
  routes: readonly Route[],
  model: CorsModel,
): readonly Need[] {
  const needs = [
    ...routes.flatMap(needsOfRoute),
    ...handlersOf(api, model)
      .filter((handler) => routes.some((route) => route.handlers.includes(handler.id)))
      .flatMap(readFromPages)
      .map(({ name, at }) => need(name, { at, message: `The handler reads ${name} here.` })),
    ...requestsTo(api, model).flatMap(unsafeHeaders),
  ];
  const names = new Set<string>();
  return needs.filter(({ name }) => !names.has(name) && names.add(name));
}

/** A header by which servers answer to CORS: no policy allows it, the page has to leave it out. */
export function belongsToResponses(name: string): boolean {
  return /^access-control-(allow-|expose-headers$|max-age$)/i.test(name);
}

/** The headers that a handler reads and by which it expects a page: usual ones, and those that it allows pages itself. */
function readFromPages({ readsHeaders, responses }: Handler): Handler["readsHeaders"] {
  const allowed = responses
    .flatMap((response) => headersNamed(response, "access-control-allow-headers"))
    .flatMap(({ value }) => knownBranches(value).flatMap((one) => String(one.value).split(",")))
    .map((name) => name.trim().toLowerCase());
  return readsHeaders.filter(
    ({ name }) =>
      FROM_PAGES.has(name) ||
      (allowed.includes(name) &&
        !DEPENDS_ON_VALUE.has(name) &&
        !isForbiddenRequestHeader(name, "")),
  );
}

/** The calls from pages that evidently go to this API. */
export function requestsTo(api: Api, model: CorsModel): readonly BrowserRequest[] {
  return model.requests.filter((request) => request.api?.id === api.id);
}

/** Whether some of them evidently send cookies. */
export function sendsCookies(api: Api, model: CorsModel): boolean {
  return requestsTo(api, model).some(({ credentials }) => constantOf(credentials) === "include");
}

/** The headers of a page's call that the browser asks permission for. */
export function unsafeHeaders(request: BrowserRequest): readonly Need[] {
  return request.headers.flatMap((header) => {
    const name = header.name.toLowerCase();
    const value = constantOf(header.value);
    const text = value === undefined ? "" : String(value);
    if (value === undefined && DEPENDS_ON_VALUE.has(name)) return [];
    if (belongsToResponses(name)) return []; // `response-header-on-request`
    if (isForbiddenRequestHeader(name, text)) return [];
    if (isSafelistedRequestHeader(name, text, PROFILES.browsers)) return [];
    const sends = header.maybe === true ? "may send" : "sends";
    const message = `The page ${sends} ${name} here.`;
    const blocked = `The browser does not send this: the policy does not allow the header ${name}.`;
    return [need(name, { at: header.at, message, ...(header.maybe ? {} : { blocked }) })];
  });
}

/** The names of headers that the preflight of an upload asks for; of a file's own type it is known that it is none of a form. */
export function uploadHeaders(request: BrowserRequest): readonly string[] {
  const sent = request.headers.filter((header) => header.maybe !== true);
  const ofFile = sent.filter(
    ({ name, value }) => name.toLowerCase() === "content-type" && constantOf(value) === undefined,
  );
  const needs = unsafeHeaders({ ...request, headers: sent }).map(({ name }) => name);
  return unique([...ofFile.map(() => "content-type"), ...needs]);
}

const DEPENDS_ON_VALUE = new Set(["accept", "accept-language", "content-language", "content-type"]);

function needsOfRoute(route: Route): readonly Need[] {
  if (constantOf(route.method)?.toUpperCase() === "OPTIONS") return [];
  const needs: Need[] = [];
  const { authorization } = route;
  if (authorization.kind === "some") {
    const message = `The ${authorization.type} authorizer asks for a header here.`;
    needs.push(
      ...authorization.headers.map((name) => need(name, { at: authorization.at, message })),
    );
  }
  if (constantOf(route.apiKeyRequired) === true) {
    needs.push(need("x-api-key", { at: route.at, message: "This method requires an API key." }));
  }
  return needs;
}

function need(name: string, because: Related): Need {
  return { name: name.toLowerCase(), because };
}

/** Whether some of the routes evidently take a body, or may (`ANY`): then pages send JSON. */
export function takesBody(routes: readonly Route[]): boolean {
  const methods = routes.flatMap((route) =>
    knownBranches(route.method).map((m) => m.value.toUpperCase()),
  );
  return methods.some((method) => ["POST", "PUT", "PATCH", "ANY"].includes(method));
}
