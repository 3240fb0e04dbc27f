/** The matrix of a probe: what a page of each origin gets for each method, with and without credentials. */
import {
  byteLowercase,
  getHeader,
  isSafelistedMethod,
  judge,
  originOf,
  permissionNeeded,
  type Exchange,
  type Header,
  type HopResponses,
  type Judgement,
  type StepId,
} from "../../../shared/src/browser";
import { headersFor } from "./plan";
import type { PreflightEvidence, ResponseEvidence, RouteEvidence } from "./route-evidence";
import { scriptRequest, wire, type Caller } from "./script-request";

/** One cell of the matrix. */
export interface Verdict {
  readonly url: string;
  readonly origin: string;
  readonly method: string;
  readonly headers: readonly string[];
  readonly credentials: "omit" | "include";
  readonly verdict: "allowed" | "blocked" | "conditional";
  readonly blockedAt: "preflight" | "response" | null;
  readonly corsError: string | null;
  /** `inferred`: the request itself was not sent, or its answer was taken from a like one. */
  readonly certainty: "exact" | "inferred";
  readonly console: string | null;
  /** Every step of the browser's procedure that fails on this evidence, in order. */
  readonly failedSteps: readonly StepId[];
  /** Why a verdict is conditional. */
  readonly condition?: string;
  /** Browsers that decide otherwise. */
  readonly differs?: readonly string[];
}

/** A verdict with what it was judged from, for the findings. */
export interface JudgedCell {
  readonly verdict: Verdict;
  readonly exchange: Exchange;
  readonly judgement: Judgement;
  readonly preflight: PreflightEvidence | null;
  readonly response: ResponseEvidence | null;
}

/**
 * Every origin, method and credentials mode of which something was asked. `overridden` says that the
 * address was given by hand, so that it tells nothing about the network of the real one.
 */
export function judgeRoute(evidence: RouteEvidence, overridden: boolean): JudgedCell[] {
  return evidence.origins.flatMap((origin) =>
    evidence.route.methods.flatMap((method) =>
      (["omit", "include"] as const).flatMap((credentials) => {
        const cell = judgeCell(evidence, { origin, method, credentials }, overridden);
        return cell === null ? [] : [cell];
      }),
    ),
  );
}

function judgeCell(
  evidence: RouteEvidence,
  caller: Caller,
  overridden: boolean,
): JudgedCell | null {
  const { route, preflights } = evidence;
  const own = preflights.filter(({ origin }) => origin === caller.origin);
  const preflight = own.find(({ method }) => method === caller.method) ?? own[0] ?? null;
  const { response, isOwn } = responseTo(evidence, caller, preflight);
  const headers = headersFor(route, caller.method);
  const simple = isSafelistedMethod(caller.method) && headers.length === 0;
  if (simple ? response === null : preflight === null) return null;
  // What this program refuses to ask, a browser may well get an answer to.
  if ((response ?? preflight)?.exchange.failure?.kind === "refused") return null;
  const hops = hopsOf(response);
  const exchange: Exchange = {
    request: scriptRequest(caller, route),
    preflightResponse: simple || preflight === null ? null : wire(preflight.exchange),
    actualResponse: response === null ? null : wire(response.exchange),
    ...(hops.length > 0 ? { redirectHops: hops } : {}),
  };
  const judgement = judge(exchange);
  const address = (response ?? preflight)?.exchange.address ?? null;
  const condition = conditionOf(evidence, caller.origin, overridden ? null : address, response);
  const exact = judgement.blockedAt === "preflight" ? preflight?.method === caller.method : isOwn;
  const allowed = judgement.verdict === "allowed";
  const differs = (["firefox", "webkit", "standard"] as const).filter((profile) => {
    return judge(exchange, profile).verdict !== judgement.verdict;
  });
  const verdict: Verdict = {
    url: route.url,
    ...caller,
    headers,
    verdict: allowed && condition !== null ? "conditional" : judgement.verdict,
    blockedAt: judgement.blockedAt,
    corsError: judgement.corsError,
    certainty: exact && judgement.missing.length === 0 ? "exact" : "inferred",
    console: judgement.console,
    failedSteps: [...new Set(judgement.failures.map(({ step }) => step))],
    ...(allowed && condition !== null ? { condition } : {}),
    ...(differs.length > 0 ? { differs } : {}),
  };
  return { verdict, exchange, judgement, preflight, response };
}

interface Answered {
  readonly response: ResponseEvidence | null;
  /** This very request was sent. */
  readonly isOwn: boolean;
}

/** The answer to this request, or what may be taken for it. */
function responseTo(
  { route, responses }: RouteEvidence,
  { origin, method }: Caller,
  preflight: PreflightEvidence | null,
): Answered {
  const own = responses.find((each) => each.origin === origin && each.method === method);
  if (own !== undefined) return { response: own, isOwn: true };
  const reads = responses.filter((each) => each.method === route.reads);
  const isRead = method === "GET" || method === "HEAD";
  const like = reads.find((each) => each.origin === origin) ?? adapted(reads[0], origin, preflight);
  // A method that the server does not have is answered by something else than the request that it has.
  const isLike = isRead || (like?.exchange.response?.status ?? 400) < 400;
  return { response: isLike ? like : null, isOwn: false };
}

/** What another page got, as this page would get it if the response names origins as the preflight does. */
function adapted(
  other: ResponseEvidence | undefined,
  origin: string,
  preflight: PreflightEvidence | null,
): ResponseEvidence | null {
  const response = other?.exchange.response;
  const asked = preflight?.exchange.response;
  if (!other || !response || !asked) return null;
  const isAllow = ([name]: Header) => byteLowercase(name) === "access-control-allow-origin";
  const names = getHeader(response.headers, "Access-Control-Allow-Origin") === other.origin;
  const headers = names
    ? [...response.headers.filter((each) => !isAllow(each)), ...asked.headers.filter(isAllow)]
    : response.headers;
  return { ...other, origin, exchange: { ...other.exchange, response: { ...response, headers } } };
}

/** The followed redirects; one that was not followed ends in the unknown. */
function hopsOf(response: ResponseEvidence | null): readonly HopResponses[] {
  if (response === null) return [];
  const unknown: HopResponses = { preflightResponse: null, actualResponse: null };
  return response.notFollowed === null ? response.hops : [...response.hops, unknown];
}

function conditionOf(
  evidence: RouteEvidence,
  origin: string,
  address: string | null,
  response: ResponseEvidence | null,
): string | null {
  const space = address === null ? null : permissionNeeded(origin, address);
  if (space !== null)
    return `Chrome and Edge ask the user for permission to reach ${space} addresses`;
  const elsewhere = response?.notFollowed ?? null;
  return elsewhere === null
    ? null
    : `redirected to ${elsewhere}, ${atTarget(evidence, origin, elsewhere)}`;
}

/** What a page's `fetch` meets at a redirect's target, which a probe does not ask. */
function atTarget({ route: { url } }: RouteEvidence, origin: string, target: string): string {
  const [first, next] = [originOf(url), originOf(target)];
  // From the second other origin on the page's own is not told (Fetch, HTTP-redirect fetch).
  const name = first !== next && first !== origin ? "null" : origin;
  return `which was not asked: a fetch asks it as ${name}, and it has to allow that`;
}
