/** `probe(options)`: plan, ask, judge, report. The only entry; everything else here is its parts. */
import { randomBytes } from "node:crypto";
import {
  byteLowercase,
  parseUrl,
  type Header,
  type WireResponse,
} from "../../../shared/src/browser";
import { Resolver } from "./address";
import type { ResolveOverride } from "./resolve";
import type { ProbeFinding } from "./finding";
import { findingsOf } from "./findings";
import { unseenReads } from "./findings-response";
import { makePlan, type PlanInput, type ProbePlan } from "./plan";
import { driftOf, type Drift } from "./drift";
import { redact, redactHeaders, redactText } from "./redact";
import { probeRoute } from "./route";
import type { RouteEvidence } from "./route-evidence";
import { Session } from "./http-session";
import { trustStore } from "./transport";
import { judgeRoute, type JudgedCell, type Verdict } from "./verdicts";
import { wasSent, type WireExchange } from "./wire";

export interface ProbeOptions extends PlanInput {
  /** False for addresses found in the workspace: then only public hosts are asked. */
  readonly typed?: boolean;
  readonly resolve?: readonly ResolveOverride[];
  /** Certificates (PEM) to trust besides the system's. */
  readonly ca?: string;
  /** Milliseconds for one exchange; 10,000 when absent. */
  readonly timeout?: number;
  /** Milliseconds between requests; 100 when absent. */
  readonly pace?: number;
  readonly signal?: AbortSignal;
  /** Called after every request with the number sent so far. */
  readonly onRequest?: (sent: number) => void;
}

/** What a probe found, in the shape that `--format json` prints. */
export interface ProbeReport {
  readonly version: 1;
  readonly endpoint: string;
  /** Requests sent. */
  readonly requests: number;
  readonly verdicts: readonly Verdict[];
  readonly findings: readonly ProbeFinding[];
  /** Secrets are redacted. */
  readonly exchanges: readonly WireExchange[];
  /** Where the code and the endpoint contradict each other; needs `api.declared`. */
  readonly drift: readonly Drift[];
  /** What was not asked or not concluded, and why. */
  readonly notes: readonly string[];
}

/** A report, and its exchanges as JSON lines that `judge` reads (`--record`). Secrets are redacted. */
export interface RecordedProbe {
  readonly report: ProbeReport;
  readonly recording: string;
}

/**
 * Probes the endpoint. Throws `PlanError` for input that is no URL or origin; whatever the network
 * and the server do becomes part of the report.
 */
export async function probe(options: ProbeOptions): Promise<ProbeReport> {
  return (await probeAndRecord(options)).report;
}

/** `probe` with its recording. */
export async function probeAndRecord(options: ProbeOptions): Promise<RecordedProbe> {
  const plan = makePlan(options);
  const session = startSession(options, plan);
  const evidence: RouteEvidence[] = [];
  for (const [index, route] of plan.routes.entries()) {
    session.begin(plan.routes.length - index);
    evidence.push(await probeRoute(session, plan, route));
  }
  return conclude(options, plan, session, evidence);
}

function startSession(options: ProbeOptions, plan: ProbePlan): Session {
  const host = parseUrl(plan.endpoint)?.host ?? "";
  const typedHosts = new Set(options.typed === false ? [] : [host]);
  return new Session({
    resolver: new Resolver(options.resolve ?? [], typedHosts),
    secureContext: trustStore(options.ca),
    timeout: options.timeout ?? 10_000,
    pace: options.pace ?? 100,
    label: () => `p${randomBytes(5).toString("hex")}`,
    agreed: plan.routes.flatMap(({ url, sends }) => sends.map((method) => `${method} ${url}`)),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.onRequest === undefined ? {} : { onRequest: options.onRequest }),
  });
}

function conclude(
  options: ProbeOptions,
  plan: ProbePlan,
  session: Session,
  evidence: readonly RouteEvidence[],
): RecordedProbe {
  const overridden = (options.resolve ?? []).length > 0;
  const speaksCors = session.exchanges.some(hasCorsHeader);
  const judged = evidence.map((route) => ({ route, cells: judgeRoute(route, overridden) }));
  const cells = judged.flatMap((route): readonly JudgedCell[] => route.cells);
  const findings = judged.flatMap((route) =>
    findingsOf({ plan, evidence: route.route, cells: route.cells, speaksCors }),
  );
  const notes = [...plan.skipped, ...evidence.flatMap(({ skipped }) => skipped)];
  if (session.stopped !== null) notes.push(`stopped: ${session.stopped}`);
  if (plan.originsAssumed) notes.push("no page's origin is known; give one with --origin");
  if (!speaksCors && findings.length === 0 && session.exchanges.some(({ response }) => response)) {
    notes.push("the endpoint sends no CORS headers; only pages of its own origin can read it");
  }
  notes.push(...evidence.flatMap(unseenReads), ...remarks(session.exchanges));
  const hide = <T extends object>(value: T) => withoutSecrets(value, plan.secrets);
  const report: ProbeReport = {
    version: 1,
    endpoint: redactText(plan.endpoint, plan.secrets),
    requests: session.exchanges.filter(wasSent).length,
    verdicts: cells.map(({ verdict }) => hide(verdict)),
    findings: findings.map(hide),
    exchanges: session.exchanges.map((exchange) => redact(exchange, plan.secrets)),
    drift: driftOf(options.api?.declared ?? {}, evidence).map(hide),
    notes: notes.map((note) => redactText(note, plan.secrets)),
  };
  return { report, recording: cells.map((cell, i) => recordLine(cell, i, plan.secrets)).join("") };
}

function recordLine(
  { exchange, verdict }: JudgedCell,
  index: number,
  secrets: readonly Header[],
): string {
  const { request, redirectHops } = exchange;
  const safe = (response: WireResponse | null) =>
    response === null ? null : { ...response, headers: redactHeaders(response.headers, secrets) };
  const line = {
    id: `probe ${String(index + 1)}`,
    request: { ...request, url: redactText(request.url, secrets) },
    preflightResponse: safe(exchange.preflightResponse),
    actualResponse: safe(exchange.actualResponse),
    ...(redirectHops === undefined
      ? {}
      : {
          redirectHops: redirectHops.map((hop) => ({
            preflightResponse: safe(hop.preflightResponse),
            actualResponse: safe(hop.actualResponse),
          })),
        }),
    verdict: verdict.verdict,
    blockedAt: verdict.blockedAt,
  };
  return `${JSON.stringify(line)}\n`;
}

/** Verdicts and findings quote URLs in their sentences too. */
function withoutSecrets<T extends object>(value: T, secrets: readonly Header[]): T {
  const entries = Object.entries(value).map(([key, field]: [string, unknown]) => {
    return [key, typeof field === "string" ? redactText(field, secrets) : field] as const;
  });
  return Object.fromEntries(entries) as T;
}

function hasCorsHeader({ response }: WireExchange): boolean {
  return (response?.headers ?? []).some(([name]) =>
    byteLowercase(name).startsWith("access-control-"),
  );
}

/** Slips in a head that Chromium forgives; other browsers and proxies may not. */
function remarks(exchanges: readonly WireExchange[]): string[] {
  const slips = new Set(exchanges.flatMap(({ response }) => response?.tolerated ?? []));
  return slips.size === 0
    ? []
    : [
        `response heads are malformed in ways that only some parsers forgive: ${[...slips].join(", ")}`,
      ];
}
