/** Answers of handlers and the CORS headers in them. */
import { apiTraits } from "../../model/kinds";
import { fits } from "../../model/query/path";
import type { Severity } from "../../finding";
import type { CorsModel, Handler, HeaderField, ResponsePath, Route } from "../../model/model";
import {
  ALLOW_CREDENTIALS,
  ALLOW_ORIGIN,
  CORS_RESPONSE_HEADERS,
  headersNamed,
  statusesOf,
} from "../../model/query/responses";
import { matchesOptions, optionsRouteFor, routesTo } from "../../model/query/platform";
import { headerOwner } from "../../model/query/responsibility";
import { memoizeByIdentity } from "../../base/memoize";
import { sameSpan } from "../../ir/span";
import { branches, constantOf, knownBranches } from "../../model/value";
import type { RuleContext } from "../../advice/context";

export interface Answer {
  readonly handler: Handler;
  readonly response: ResponsePath;
  /** Behind an HTTP API that sends its own headers and drops these. */
  readonly behindGateway: boolean;
}

/** The answers of all handlers that pages of other origins get; `gateway`: also those whose headers API Gateway replaces. */
export function answers(model: CorsModel, gateway?: "gateway"): readonly Answer[] {
  return gateway === undefined ? ownAnswers(model) : allAnswers(model);
}

const allAnswers = memoizeByIdentity((model: CorsModel): readonly Answer[] =>
  model.handlers.flatMap((handler) => {
    const who = headerOwner(handler, model);
    if (who === "none") return [];
    const behindGateway = who === "gateway";
    return handler.responses
      .filter((response) => answersRequests(handler, response))
      .map((response) => ({ handler, response, behindGateway }));
  }),
);

/** Whether some request through a front takes this way; without a known front, one that looks for what requests have. */
function answersRequests({ bindings }: Handler, { notFor = [] }: ResponsePath): boolean {
  if (bindings.length === 0) return notFor.length === 0;
  return bindings.some(({ payload }) => !notFor.includes(payload));
}

const ownAnswers = memoizeByIdentity((model: CorsModel): readonly Answer[] =>
  allAnswers(model).filter(({ behindGateway }) => !behindGateway),
);

/** How strongly a missing header is reported; `off` when the user does not want to hear of it. */
export function strength(
  { behindGateway, handler }: Answer,
  { behindHttpApiCors: said }: RuleContext,
): Severity | "off" | undefined {
  if (!behindGateway) return undefined;
  if (said !== "inconsistent") return said;
  const sent = handler.responses.some(
    (response) =>
      response.method?.toUpperCase() !== "OPTIONS" &&
      headersNamed(response, "access-control-allow-origin").length > 0,
  );
  return sent ? "information" : "off";
}

/** Whether the answer is known to lack Access-Control-Allow-Origin, and nothing else explains its absence. */
export function lacksAllowOrigin(answer: Answer): boolean {
  const { handler, response } = answer;
  const { framework } = handler;
  if (framework !== undefined && (framework.cors.kind !== "none" || !framework.wraps)) return false;
  if (response.originRefused || isWithheld(answer) || isNavigation(response)) return false;
  if (response.reachedBy === "throw" || response.method?.toUpperCase() === "OPTIONS") return false;
  if (!response.headersComplete || response.statusMissing || response.corsInBody) return false;
  const wanted = "access-control-allow-origin";
  return !response.headers.some(({ name }) => {
    const lower = name.toLowerCase();
    return lower === wanted || misspelledAs(name)?.toLowerCase() === wanted;
  });
}

/**
 * The code that writes the CORS headers was here, chooses the origin by the request's on other ways, and gave none on this
 * one: the list could not be read, or does not have it.
 */
function isWithheld({ handler, response }: Answer): boolean {
  const others = CORS_RESPONSE_HEADERS.filter((name) => name.toLowerCase() !== ALLOW_ORIGIN);
  return (
    others.some((name) => headersNamed(response, name.toLowerCase()).length > 0) &&
    handler.responses.some((each) =>
      allowOriginBranches(each).some(({ kind }) => kind === "fromRequest"),
    )
  );
}

/** A way to a place elsewhere, for the browser itself to go (sign-in, short links), or what an element shows: no script reads it. */
function isNavigation(response: ResponsePath): boolean {
  const statuses = statusesOf(response);
  const places = headersNamed(response, "location");
  if (places.length > 0 && statuses.length > 0 && statuses.every(isRedirect))
    return texts(places).every((place) => /^[a-z][\w+.-]*:/i.test(place));
  const types = headersNamed(response, "content-type");
  return types.length > 0 && texts(types).some((type) => /^\s*(image|audio|video)\//i.test(type));
}

/** A page that people open by a link, not an answer that a script reads: HTML where no preflight would be answered. */
export function isPage({ handler, response }: Answer, model: CorsModel): boolean {
  if (!isHtml(response)) return false;
  const routes = routesTo(handler, model).filter(({ generated }) => generated !== true);
  if (routes.length === 0) return false;
  const called = model.requests.some(({ api, path }) =>
    handler.bindings.some(
      (front) =>
        front.api === api?.id &&
        (path === undefined || routes.some((route) => fits(constantOf(route.path) ?? "", path))),
    ),
  );
  const others = handler.responses.filter(({ headers }) => headers.length > 0);
  return !called && (others.every(isHtml) || routes.every((route) => !hasPreflight(route, model)));
}

function isHtml(response: ResponsePath): boolean {
  const types = texts(headersNamed(response, "content-type"));
  return types.length > 0 && types.every((type) => /^\s*text\/html\b/i.test(type));
}

function hasPreflight(route: Route, { apis }: CorsModel): boolean {
  const api = apis.find(({ routes }) => routes.includes(route));
  const path = constantOf(route.path);
  if (!api || path === undefined) return true;
  if (apiTraits[api.kind].policyScope !== "resource") return true;
  return optionsRouteFor(api, path) !== undefined || matchesOptions(route);
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/** Known texts of a header, booleans and numbers as they are serialised. */
export function texts(headers: readonly HeaderField[]): readonly string[] {
  return headers.flatMap((header) => knownBranches(header.value).map(({ value }) => String(value)));
}

/** Whether the answer allows credentials for certain. */
export function sendsCredentials(response: ResponsePath): boolean {
  const fields = headersNamed(response, ALLOW_CREDENTIALS);
  return fields.some((field) => field.maybe !== true && texts([field]).includes("true"));
}

type OriginBranch = ReturnType<typeof allowOriginBranches>[number];

/**
 * Whether such an Access-Control-Allow-Origin and credentials come together for certain: on the ways to this answer
 * one of them is always there. Where both hang on settings, these may exclude each other.
 */
export function meetsCredentials(
  { handler, response }: Answer,
  such: (branch: OriginBranch) => boolean,
): boolean {
  if (!sendsCredentials(response)) return false;
  const written = headersNamed(response, ALLOW_ORIGIN).map(({ at }) => at);
  const ways = handler.responses.filter(
    (other) =>
      (sameSpan(other.expression, response.expression) && sameSpan(other.at, response.at)) ||
      // Where not every way is known, another answer may be made in the way that was not seen of this one.
      (!handler.complete &&
        headersNamed(other, ALLOW_ORIGIN).some((field) =>
          written.some((at) => sameSpan(at, field.at)),
        )),
  );
  return (
    ways.every((way) => allowOriginBranches(way).every(such)) ||
    ways.filter((way) => allowOriginBranches(way).some(such)).every(sendsCredentials)
  );
}

/** Every branch of the values of Access-Control-Allow-Origin. */
export function allowOriginBranches(response: ResponsePath) {
  return headersNamed(response, ALLOW_ORIGIN).flatMap(({ value }) =>
    branches<string | number | boolean>(value),
  );
}

/** Names that are right: these headers, and those of requests and proposals that begin in the same way. */
const RIGHT_NAMES: ReadonlySet<string> = new Set([
  ...CORS_RESPONSE_HEADERS.map((name) => name.toLowerCase()),
  "access-control-request-method",
  "access-control-request-headers",
  "access-control-allow-private-network",
  "access-control-request-private-network",
  "access-control-allow-local-network",
  "access-control-request-local-network",
]);

/** The CORS header that a name was evidently meant to be: at most two slips away, but not right. */
export function misspelledAs(name: string): string | undefined {
  const lower = name.trim().toLowerCase();
  if (RIGHT_NAMES.has(lower) || !/^.{0,2}c?cc?es+/.test(lower)) return undefined;
  const [best] = [...CORS_RESPONSE_HEADERS]
    .map((candidate) => ({ candidate, slips: distance(lower, candidate.toLowerCase()) }))
    .sort((a, b) => a.slips - b.slips);
  if (best === undefined || best.slips > 2) return undefined;
  return name === name.toLowerCase() ? best.candidate.toLowerCase() : best.candidate;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(swap, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
