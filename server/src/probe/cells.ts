/** The cells of the verdict matrix as exchanges to draw: page, browser, and whoever answers behind. */
import { apiTraits } from "../../../shared/src/model/kinds";
import { getHeader, type HeaderList } from "../../../shared/src/browser";
import type { ProbeCell, ProbeMessage } from "../../../shared/src/protocol";
import { exchangeOf } from "./evidence";
import type { ProbedApi } from "./place";
import { printableLine as printable } from "../../../shared/src/base/printable";
import { curlOf } from "./report-text";
import type { ProbeReport } from "./run";
import type { Verdict } from "./verdicts";
import type { WireExchange } from "./wire";

const PAGE = 0;
const BROWSER = 1;

/** Every verdict of the report with its messages, blocked ones first. */
export function cellsOf(report: ProbeReport, site: ProbedApi | undefined): readonly ProbeCell[] {
  const actors = actorsOf(report.exchanges, site);
  const cells = report.verdicts.map((verdict) => cellOf(verdict, report, actors));
  const rank = { blocked: 0, conditional: 1, allowed: 2 } as const;
  return cells.sort((a, b) => rank[a.verdict] - rank[b.verdict]);
}

function cellOf(verdict: Verdict, report: ProbeReport, actors: readonly string[]): ProbeCell {
  const { method, url, origin, credentials, console } = verdict;
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, "") || "/";
  return {
    title: printable(
      `${method} ${path} from ${origin}, ${credentials === "include" ? "with" : "without"} credentials`,
    ),
    verdict: verdict.verdict,
    console: console === null ? null : printable(console),
    curl: curlOf(verdict),
    actors,
    messages: messagesOf(verdict, report, actors),
  };
}

/** Who takes part, nearest to the page first. What neither wire nor code shows is left out. */
function actorsOf(
  exchanges: readonly WireExchange[],
  site: ProbedApi | undefined,
): readonly string[] {
  const all = exchanges.flatMap(({ response }) => (response ? [response.headers] : []));
  const cdn = all.some(throughCdn) || (site?.api.behaviors.length ?? 0) > 0;
  const gateway =
    site !== undefined ? gatewayName(site) : all.some(fromGateway) ? "API Gateway" : null;
  const rest = site === undefined && gateway === null ? "server" : "handler";
  return ["page", "browser", ...(cdn ? ["CDN"] : []), ...(gateway === null ? [] : [gateway]), rest];
}

function gatewayName({ api }: ProbedApi): string {
  return apiTraits[api.kind].label;
}

function throughCdn(headers: HeaderList): boolean {
  const has = (name: string) => getHeader(headers, name) !== null;
  return has("x-amz-cf-id") || has("cf-ray") || /cloudfront/i.test(getHeader(headers, "via") ?? "");
}

function fromGateway(headers: HeaderList): boolean {
  return ["apigw-requestid", "x-amz-apigw-id"].some((name) => getHeader(headers, name) !== null);
}

function messagesOf(
  verdict: Verdict,
  report: ProbeReport,
  actors: readonly string[],
): readonly ProbeMessage[] {
  const { method, blockedAt, failedSteps } = verdict;
  const preflight = exchangeOf(report.exchanges, verdict, "preflight");
  const response = exchangeOf(report.exchanges, verdict, "response");
  const asks = verdict.headers.length > 0 || !["GET", "HEAD", "POST"].includes(method);
  const stops = (stage: string) => blockedAt === stage;
  const why = failedSteps.filter((step) => step.startsWith(`${blockedAt ?? ""}-`));
  const messages: ProbeMessage[] = [
    {
      from: PAGE,
      to: BROWSER,
      text: `fetch ${method}`,
      detail: [verdict.url].map(printable),
      state: "passed",
    },
  ];
  if (asks) {
    const to = answerer(preflight, actors, true);
    messages.push(request(preflight, "OPTIONS", to, "passed"));
    messages.push(answered(preflight, to, stops("preflight"), why));
  }
  const cut = stops("preflight");
  const to = answerer(response, actors, false);
  const sent = request(response, method, to, cut ? "unsent" : "passed");
  messages.push(
    cut ? sent : { ...sent, detail: [...inferredFrom(response, method), ...sent.detail] },
  );
  messages.push(
    cut
      ? { from: to, to: BROWSER, text: "no response", detail: [], state: "unsent" }
      : answered(response, to, stops("response"), why),
  );
  const blocked = blockedAt !== null || verdict.verdict === "blocked";
  messages.push({
    from: BROWSER,
    to: PAGE,
    text: blocked ? "TypeError: Failed to fetch" : "response",
    detail: verdict.condition === undefined ? [] : [printable(verdict.condition)],
    state: blocked ? "unsent" : "passed",
  });
  return messages;
}

/** What was taken for the answer to a request that was not sent. */
function inferredFrom(exchange: WireExchange | null, method: string): readonly string[] {
  const asked = exchange?.request.method;
  if (asked === method) return [];
  return [`not sent: inferred from ${asked === undefined ? "what another page got" : asked}`];
}

/** The layer that evidently wrote the answer: a gateway answers preflights itself, unless nothing says so. */
function answerer(
  exchange: WireExchange | null,
  actors: readonly string[],
  preflight: boolean,
): number {
  const last = actors.length - 1;
  const headers = exchange?.response?.headers ?? [];
  const error = getHeader(headers, "x-cache")?.toLowerCase().includes("error") === true;
  if (error && actors.includes("CDN")) return actors.indexOf("CDN");
  const gateway = actors.length > (actors.includes("CDN") ? 4 : 3) ? last - 1 : last;
  return preflight || getHeader(headers, "x-amzn-errortype") !== null ? gateway : last;
}

function request(
  exchange: WireExchange | null,
  method: string,
  to: number,
  state: ProbeMessage["state"],
): ProbeMessage {
  const interesting = /^(origin|access-control-request-)/i;
  const lines = (exchange?.request.headers ?? []).filter(([name]) => interesting.test(name));
  return {
    from: BROWSER,
    to,
    text: method,
    detail: state === "unsent" ? [] : headerLines(lines),
    state,
  };
}

function answered(
  exchange: WireExchange | null,
  from: number,
  stopped: boolean,
  why: readonly string[],
): ProbeMessage {
  const interesting = /^(access-control-|vary$|location$)/i;
  const { response, failure } = exchange ?? { response: null, failure: null };
  const lines = (response?.headers ?? []).filter(([name]) => interesting.test(name));
  const none = response !== null && lines.length === 0 ? ["no CORS headers"] : [];
  const text = response ? String(response.status) : (failure?.netError ?? "inferred");
  return {
    from,
    to: BROWSER,
    text,
    detail: [
      ...headerLines(lines),
      ...none,
      ...(stopped ? why.map((step) => `fails: ${step}`) : []),
    ],
    state: stopped ? "stopped" : "passed",
  };
}

function headerLines(headers: HeaderList): string[] {
  return headers.map(([name, value]) => printable(`${name}: ${value}`));
}
