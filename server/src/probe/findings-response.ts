/** Findings about the real response. */
import {
  byteLowercase,
  corsCheck,
  exposedHeaders,
  getHeader,
  PROFILES,
  type HeaderList,
} from "../../../shared/src/browser";
import { finding, type Case } from "./case";
import { allowOriginFindings } from "./findings-origin";
import type { ProbeFinding } from "./finding";
import type { ResponseEvidence, RouteEvidence } from "./route-evidence";
import type { WireExchange } from "./wire";

/** Headers that the page reads and no answer had: sent or not, whether the page may read them was not seen. */
export function unseenReads({ route, responses }: RouteEvidence): string[] {
  return Object.entries(route.readsHeaders).flatMap(([method, names]) => {
    const answers = responses.flatMap((each) =>
      each.method === method && each.exchange.response ? [each.exchange.response] : [],
    );
    const [first] = answers;
    if (first === undefined) return [];
    const unseen = names.filter((name) => {
      const sent = answers.some(({ headers }) => getHeader(headers, name) !== null);
      const probe = [...first.headers, [name, ""] as const];
      return !sent && !exposedHeaders(probe, "cors", "omit").includes(byteLowercase(name));
    });
    if (unseen.length === 0) return [];
    return [
      `the page reads ${unseen.join(", ")} of ${method} ${route.url}, and the answer (${String(first.status)}) had no such header: whether the page may read it was not seen`,
    ];
  });
}

export function responseFindings(input: Case): ProbeFinding[] {
  const found = input.evidence.responses.flatMap((response) => [
    ...allowOriginFindings(input, response.exchange, response.origin),
    ...missing(input, response.exchange, response.origin),
    ...disagreement(input, response),
    ...unexposed(input, response),
  ]);
  const { errorPath } = input.evidence;
  const extra =
    errorPath === null ? [] : missing(input, errorPath.exchange, errorPath.origin ?? "");
  return [...found, ...extra];
}

/** A response without Access-Control-Allow-Origin of an API that otherwise answers browsers. */
function missing(input: Case, exchange: WireExchange, origin: string): ProbeFinding[] {
  const { response } = exchange;
  if (response === null) return [];
  if (getHeader(response.headers, "Access-Control-Allow-Origin") !== null) return [];
  if (!input.speaksCors) return notConfigured(input, exchange, origin);
  if (!preflightAllows(input, origin)) return [];
  const failed = response.status >= 400;
  const status = String(response.status);
  const message = failed
    ? `The ${status} response lacks Access-Control-Allow-Origin: the page sees a CORS error, not the status.\n` +
      "Send the CORS headers with error responses too (gateway responses, exception handlers)."
    : "The server sends the data and the browser withholds it: no Access-Control-Allow-Origin.\n" +
      "The preflight may pass; the handler or integration must send the header with the response.";
  const rule = failed
    ? "error-response-without-allow-origin"
    : "success-response-without-allow-origin";
  return [finding(rule, failed ? "warning" : "error", exchange, message, origin)];
}

/** Elsewhere this origin is welcome; a list that leaves it out is no fault. */
function preflightAllows({ evidence, plan }: Case, origin: string): boolean {
  const answers = [...evidence.preflights, ...evidence.responses].filter((answer) => {
    return answer.origin === origin && answer.exchange.response !== null;
  });
  const welcomed = answers.some(({ exchange }) => {
    return (
      corsCheck(origin, "omit", exchange.response?.headers ?? [], PROFILES.browsers).length === 0
    );
  });
  // With no preflight to compare with, an origin that is said to be a page's decides.
  return welcomed || (evidence.preflights.length === 0 && !plan.originsAssumed);
}

function notConfigured(input: Case, exchange: WireExchange, origin: string): ProbeFinding[] {
  if (!input.plan.servesBrowsers || (exchange.response?.status ?? 0) === 404) return [];
  const message =
    "The endpoint sends no CORS headers at all, so browsers block every page of another origin.\n" +
    "Configure CORS on the API, or send Access-Control-Allow-Origin from the handler.";
  return [finding("cors-not-configured", "error", exchange, message, origin)];
}

/** The preflight says yes and the response another origin, or the reverse: two layers speak. */
function disagreement({ evidence, plan }: Case, response: ResponseEvidence): ProbeFinding[] {
  const preflight = evidence.preflights.find(({ origin }) => origin === response.origin);
  const asked = preflight?.exchange.response?.headers;
  const answered = response.exchange.response?.headers;
  if (asked === undefined || answered === undefined) return [];
  const name = "Access-Control-Allow-Origin";
  if (getHeader(asked, name) === null || getHeader(answered, name) === null) return [];
  const mode = plan.credentials ? "include" : "omit";
  const passes = (headers: HeaderList) =>
    corsCheck(response.origin, mode, headers, PROFILES.browsers).length === 0;
  if (passes(asked) === passes(answered)) return [];
  const message =
    `OPTIONS says '${getHeader(asked, name) ?? ""}' and ${response.method} says '${getHeader(answered, name) ?? ""}': two layers disagree.\n` +
    "Let one layer write the CORS headers of both.";
  const { exchange, origin } = response;
  return [finding("preflight-and-response-disagree", "warning", exchange, message, origin)];
}

function unexposed({ evidence, plan }: Case, response: ResponseEvidence): ProbeFinding[] {
  const { exchange, origin, method } = response;
  const headers = exchange.response?.headers ?? [];
  const mode = plan.credentials ? "include" : "omit";
  // A page that gets no response at all has another problem.
  if (corsCheck(origin, mode, headers, PROFILES.browsers).length > 0) return [];
  const readable = exposedHeaders(headers, "cors", mode);
  const hidden = (evidence.route.readsHeaders[method] ?? []).filter((name) => {
    const isSent = getHeader(headers, name) !== null && !NEVER_READABLE.has(byteLowercase(name));
    return isSent && !readable.includes(byteLowercase(name));
  });
  if (hidden.length === 0) return [];
  const message =
    `The page reads ${hidden.join(", ")} and gets null.\n` +
    `${listsWildcard(headers) ? "With credentials * is a literal name. " : ""}` +
    `Send Access-Control-Expose-Headers: ${hidden.join(", ")}.`;
  const made = finding("response-header-not-exposed", "warning", exchange, message, origin);
  return [{ ...made, missing: hidden }];
}

/** No list makes them readable. */
const NEVER_READABLE = new Set(["set-cookie", "set-cookie2"]);

function listsWildcard(headers: HeaderList): boolean {
  const listed = getHeader(headers, "Access-Control-Expose-Headers") ?? "";
  return listed.split(",").some((name) => name.trim() === "*");
}
