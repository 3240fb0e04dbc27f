/**
 * The browser's verdict on one exchange: the standard's main fetch, HTTP fetch and HTTP-redirect
 * fetch, walked over recorded answers. Every step that fails is kept; the first one decides.
 */
import { getHeader, exposedHeaders, type ResponseType } from "./headers";
import { consoleMessage, corsErrorCode, type StepFailure } from "./console";
import { corsCheck } from "./cors-check";
import { gateFailure } from "./gates";
import { responseOfRawHead } from "./head";
import {
  isRedirect,
  needsPreflight,
  normalizeMethod,
  preflightFaults,
  type PreflightQuestion,
  type PreflightRequest,
} from "./preflight";
import { PROFILES, type Profile, type ProfileName } from "./profile";
import { redirect } from "./redirect";
import { requestHeaders, unsafeRequestHeaderNames } from "./request-headers";
import { fail, type FetchState, type SentRequest } from "./state";
import { stageOf } from "./steps";
import { hasOrigin, parseUrl, sameOrigin, serializeUrl, type Url } from "./url";
import type { Exchange, HopResponses, ScriptRequest, WireResponse } from "./types";

/** What a browser makes of an exchange. */
export interface Judgement {
  readonly verdict: "allowed" | "blocked";
  /** Null when allowed, and when blocked before anything was sent. */
  readonly blockedAt: "preflight" | "response" | null;
  readonly blockedHop: number | null;
  /** Every step that fails on this evidence, in the standard's order. */
  readonly failures: readonly StepFailure[];
  readonly corsError: string | null;
  readonly netError: string | null;
  /** Chromium's console line for the first failure. */
  readonly console: string | null;
  /** The requests that leave the browser before the first failure. */
  readonly preflights: readonly (PreflightRequest & { readonly hop: number })[];
  readonly requests: readonly SentRequest[];
  readonly response: {
    readonly type: ResponseType;
    readonly status: number;
    readonly exposedHeaders: readonly string[];
  } | null;
  /** Answers that were needed and are not recorded; the verdict takes them for good. */
  readonly missing: readonly ("preflight" | "response" | "redirect")[];
}

/** Judges one exchange as the named profile would; never throws, whatever the bytes. */
export function judge(exchange: Exchange, profileName: ProfileName = "browsers"): Judgement {
  const profile = PROFILES[profileName];
  const { request } = exchange;
  const url = parseUrl(request.url);
  const gate = gateFailure(request, url, profile);
  if (url === null || gate !== null) {
    const state = url === null ? null : initialState(request, url, profile);
    return conclude(request, state, gate === null ? [] : [gate], null);
  }
  const state = initialState(request, url, profile);
  const response = walk(state, exchange);
  return conclude(request, state, state.failures, response);
}

function initialState(request: ScriptRequest, url: Url, profile: Profile): FetchState {
  const listener = request.api === "xhr" && request.uploadListener === true;
  const forcedByListener = listener && !(profile.uploadListenerNeedsBody && request.body === null);
  const stream = request.body === "stream";
  const forced = forcedByListener || (stream && profile.streamForcesPreflight);
  const method = normalizeMethod(request.method);
  const headers = requestHeaders(request.headers, request.body, profile);
  const unsafeNames = unsafeRequestHeaderNames(headers, profile);
  const { credentials } = request;
  return {
    request,
    profile,
    hop: 0,
    url,
    urlList: [url],
    method,
    headers,
    hasStream: stream,
    tainting: "basic",
    forced,
    firstNames: needsPreflight({ method, unsafeNames, credentials, forced }) ? unsafeNames : null,
    failures: [],
    preflights: [],
    requests: [],
    missing: [],
  };
}

/** Follows the chain to its last response; null where there is none to show. */
function walk(state: FetchState, exchange: Exchange): Judgement["response"] {
  for (;;) {
    const answers = answersAt(exchange, state.hop);
    if (answers === null) {
      state.missing.push("redirect");
      return null;
    }
    chooseTainting(state);
    if (state.tainting === "cors") preflightStage(state, answers);
    const response = responseStage(state, answers);
    if (response === null) return null;
    const next = redirect(state, response);
    if (next === "done") return readable(state, response);
    if (next === "failed") return null;
    if (next === "opaque") return { type: "opaqueredirect", status: 0, exposedHeaders: [] };
  }
}

function chooseTainting(state: FetchState): void {
  const { request, url, tainting } = state;
  if (tainting === "basic" && hasOrigin(url, request.origin)) return;
  state.tainting = request.mode === "no-cors" ? "opaque" : "cors";
  if (request.mode === "same-origin") fail(state, "gate-same-origin-mode");
}

function preflightStage(state: FetchState, answers: HopResponses): void {
  const { request, profile } = state;
  if (profile.neverPreflightsOwnOrigin && hasOrigin(state.url, request.origin)) return;
  const again = profile.preflightsEveryHop ? state.firstNames : null;
  const question: PreflightQuestion = {
    method: state.method,
    unsafeNames: again ?? unsafeRequestHeaderNames(state.headers, profile),
    credentials: request.credentials,
    forced: state.forced,
  };
  if (again === null && !needsPreflight(question)) return;
  const origin = profile.preflightKeepsOrigin ? request.origin : originToSend(state);
  if (state.failures.length === 0) {
    state.preflights.push({
      hop: state.hop,
      url: serializeUrl(state.url),
      origin,
      accessControlRequestMethod: question.method,
      accessControlRequestHeaders: question.unsafeNames.join(",") || null,
    });
  }
  judgePreflight(state, question, origin, answers.preflightResponse);
}

function judgePreflight(
  state: FetchState,
  question: PreflightQuestion,
  origin: string,
  recorded: WireResponse | null,
): void {
  if (recorded === null) {
    state.missing.push("preflight");
    return;
  }
  const response = understood(recorded, state.profile);
  const netError = transportError(response);
  if (netError !== null) return fail(state, "preflight-network", "", netError);
  const location = getHeader(response.headers, "Location") ?? "";
  if (isRedirect(response.status) && location !== "") {
    return fail(state, "preflight-not-redirected", location);
  }
  for (const fault of corsCheck(origin, question.credentials, response.headers, state.profile)) {
    fail(state, `preflight-${fault.check}`, "value" in fault ? fault.value : "");
  }
  for (const fault of preflightFaults(question, response, state.profile)) {
    fail(state, `preflight-${fault.check}`, fault.value);
  }
}

/** Sends the request itself and checks its response; null when there is none to go on with. */
function responseStage(state: FetchState, answers: HopResponses): WireResponse | null {
  const origin = originToSend(state);
  if (state.failures.length === 0) {
    const named = state.headers.some(([name]) => name.toLowerCase() === "authorization");
    const sendsOrigin = state.tainting === "cors" || !["GET", "HEAD"].includes(state.method);
    state.requests.push({
      hop: state.hop,
      url: serializeUrl(state.url),
      method: state.method,
      origin: sendsOrigin ? origin : null,
      authorizationSent: named && state.request.mode !== "no-cors",
    });
  }
  if (answers.actualResponse === null) {
    state.missing.push("response");
    return null;
  }
  const response = understood(answers.actualResponse, state.profile);
  const netError = transportError(response);
  if (netError !== null) {
    fail(state, "response-network", "", netError);
    return null;
  }
  if (state.tainting !== "cors") return response;
  const { credentials } = state.request;
  for (const fault of corsCheck(origin, credentials, response.headers, state.profile)) {
    fail(state, `response-${fault.check}`, "value" in fault ? fault.value : "");
  }
  return response;
}

function readable(state: FetchState, response: WireResponse): Judgement["response"] {
  const type = state.tainting;
  return {
    type,
    status: type === "opaque" ? 0 : response.status,
    exposedHeaders: exposedHeaders(response.headers, type, state.request.credentials),
  };
}

/** Redirect taint: `null` once a foreign URL has sent the request on to yet another origin. */
function originToSend(state: FetchState): string {
  const { urlList, request } = state;
  const tainted = urlList.some((url, index) => {
    const last = urlList[index - 1];
    return last !== undefined && !sameOrigin(url, last) && !hasOrigin(last, request.origin);
  });
  return tainted ? "null" : request.origin;
}

function answersAt(exchange: Exchange, hop: number): HopResponses | null {
  if (hop === 0) return exchange;
  const hops = exchange.redirectHops ?? [];
  return hops[Math.min(hop, hops.length) - 1] ?? null;
}

function understood(response: WireResponse, profile: Profile): WireResponse {
  return response.rawHead === undefined ? response : responseOfRawHead(response.rawHead, profile);
}

function transportError(response: WireResponse): string | null {
  if (response.connectionReset === true) return "net::ERR_EMPTY_RESPONSE";
  if (response.malformedHead === true) return "net::ERR_INVALID_HTTP_RESPONSE";
  return response.status === 407 ? "net::ERR_UNEXPECTED_PROXY_AUTH" : null;
}

function conclude(
  request: ScriptRequest,
  state: FetchState | null,
  failures: readonly StepFailure[],
  response: Judgement["response"],
): Judgement {
  const [first] = failures;
  const stage = first === undefined ? null : stageOf(first.step);
  const sent = (state?.requests.length ?? 0) + (state?.preflights.length ?? 0) > 0;
  return {
    verdict: first === undefined ? "allowed" : "blocked",
    blockedAt: stage === "gate" ? (sent ? "response" : null) : stage,
    blockedHop: first?.hop ?? null,
    failures,
    corsError: first === undefined ? null : corsErrorCode(first),
    netError: first?.netError ?? null,
    console: first === undefined ? null : consoleMessage(first, request),
    preflights: state?.preflights ?? [],
    requests: state?.requests ?? [],
    response: first === undefined ? response : null,
    missing: state?.missing ?? [],
  };
}
