/** The matrix of a probe: what a page of each origin gets for each method, with and without credentials. */
import {
  judge,
  permissionNeeded,
  isSafelistedMethod,
  type Exchange,
  type Header,
  type HopResponses,
  type Judgement,
  type ScriptRequest,
  type StepId,
  type WireResponse,
} from "../../../shared/src/browser";
import { headersFor } from "./plan";
import type { PreflightEvidence, ResponseEvidence, RouteEvidence } from "./route";
import type { WireExchange } from "./wire";

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

interface Cell {
  readonly origin: string;
  readonly method: string;
  readonly credentials: "omit" | "include";
}

function judgeCell(evidence: RouteEvidence, cell: Cell, overridden: boolean): JudgedCell | null {
  const { route, preflights, responses } = evidence;
  const own = preflights.filter(({ origin }) => origin === cell.origin);
  const preflight = own.find(({ method }) => method === cell.method) ?? own[0] ?? null;
  const response = responses.find(({ origin }) => origin === cell.origin) ?? null;
  const headers = headersFor(route, cell.method);
  const simple = isSafelistedMethod(cell.method) && headers.length === 0;
  const usesResponse = cell.method === "GET" || cell.method === "HEAD";
  if (simple && !usesResponse && preflight === null) return null;
  if (!simple && preflight === null) return null;
  if (simple && response === null && preflight === null) return null;
  const request = scriptRequest(cell, route.url, headers);
  const hops = usesResponse ? hopsOf(response) : [];
  const exchange: Exchange = {
    request,
    preflightResponse: simple || preflight === null ? null : wire(preflight.exchange),
    actualResponse: usesResponse && response !== null ? wire(response.exchange) : null,
    ...(hops.length > 0 ? { redirectHops: hops } : {}),
  };
  const judgement = judge(exchange);
  const address = (response ?? preflight)?.exchange.address ?? null;
  const condition = conditionOf(evidence, cell.origin, overridden ? null : address, response);
  const exact =
    judgement.blockedAt === "preflight" ? preflight?.method === cell.method : cell.method === "GET";
  const allowed = judgement.verdict === "allowed";
  const differs = (["firefox", "webkit", "standard"] as const).filter((profile) => {
    return judge(exchange, profile).verdict !== judgement.verdict;
  });
  const verdict: Verdict = {
    url: route.url,
    ...cell,
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
  return elsewhere === null ? null : `redirected to ${elsewhere}, which was not asked`;
}

function scriptRequest(cell: Cell, url: string, headers: readonly string[]): ScriptRequest {
  return {
    ...cell,
    url,
    // A value that no safelisted header may have: these names were chosen because they preflight.
    headers: headers.map((name): Header => [name, "\x01"]),
    mode: "cors",
    redirect: "follow",
    api: "fetch",
    body: null,
  };
}

/** A network failure is one to the browser too. */
export function wire({ response, failure }: WireExchange): WireResponse {
  if (response !== null) return { status: response.status, headers: response.headers };
  const malformed = failure?.kind === "invalid-head" || failure?.kind === "head-too-large";
  return {
    status: 0,
    headers: [],
    ...(malformed ? { malformedHead: true } : { connectionReset: true }),
  };
}
