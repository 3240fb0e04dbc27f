/** The report for people: the matrix first, then each blocked cell, findings, notes, raw exchanges. */
import { STEPS } from "../../../shared/src/browser";
import { groupBy } from "../../../shared/src/base/group";
import type { Drift } from "./drift";
import { failingBytes } from "./evidence";
import { printableLine as printable } from "../../../shared/src/base/printable";
import type { FindingId, ProbeFinding } from "./finding";
import type { ProbeReport } from "./run";
import type { Verdict } from "./verdicts";
import type { WireExchange } from "./wire";

/** The whole report as text; every section begins with a `#` heading. */
export function probeReportText(report: ProbeReport): string {
  const { endpoint, requests, verdicts, findings, exchanges, drift, notes } = report;
  const blocked = verdicts.filter(({ verdict }) => verdict === "blocked");
  const sections = [
    [`# CORS probe of ${endpoint}`, `${String(requests)} requests sent.`],
    ["## Verdicts", ...matrix(verdicts)],
    ["## Findings", ...(findings.length === 0 ? ["None."] : findings.flatMap(findingLines))],
    ...(blocked.length === 0
      ? []
      : [
          ["## Blocked", ...byCause(blocked, report).flatMap((group) => groupLines(group, report))],
        ]),
    ...(drift.length === 0 ? [] : [["## Drift from the code", ...drift.flatMap(driftLines)]]),
    ...section("## Notes", [...notes, ...conditions(report.verdicts)]),
    [
      "## Not evaluated",
      "Cookies, permission prompts, Content Security Policy, extensions, HSTS, proxies (HTTP_PROXY is ignored).",
    ],
    ["## Exchanges", ...exchanges.flatMap(exchangeLines)],
  ];
  const text = sections.map((lines) => lines.flatMap(split).map(printable).join("\n"));
  return `${text.join("\n\n")}\n`;
}

function section(title: string, notes: readonly string[]): string[][] {
  return notes.length === 0 ? [] : [[title, ...notes.map((note) => `- ${note}`)]];
}

/** What a conditional verdict depends on, once for each page; permissions have findings of their own. */
function conditions(verdicts: readonly Verdict[]): readonly string[] {
  const told = verdicts.flatMap(({ condition, method, url, origin }) =>
    condition?.startsWith("redirected") === true
      ? [`${method} ${url} from ${origin}: ${condition}.`]
      : [],
  );
  return [...new Set(told)];
}

/** The command that repeats what decided a verdict. */
export function curlOf(verdict: Verdict): string {
  const { url, origin, method, headers, blockedAt } = verdict;
  const words = ["curl", "-i"];
  if (blockedAt === "preflight") {
    words.push("-X", "OPTIONS", "-H", `Access-Control-Request-Method: ${method}`);
    if (headers.length > 0)
      words.push("-H", `Access-Control-Request-Headers: ${headers.join(",")}`);
  } else words.push("-o", "/dev/null", "-D", "-");
  return [...words, "-H", `Origin: ${origin}`, url].map(shellQuoted).join(" ");
}

function matrix(verdicts: readonly Verdict[]): string[] {
  if (verdicts.length === 0) return ["Nothing could be judged."];
  const rows = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const key = `${verdict.url} ${verdict.origin} ${verdict.method}`;
    rows.set(key, [...(rows.get(key) ?? []), verdict]);
  }
  const cells = [...rows.values()].map((pair) => {
    const [first] = pair;
    const of = (credentials: string) => pair.find((verdict) => verdict.credentials === credentials);
    return [first?.origin, first?.method, said(of("omit")), said(of("include")), first?.url].map(
      (cell) => cell ?? "",
    );
  });
  return table([["origin", "method", "without credentials", "with credentials", "url"], ...cells]);
}

function said(verdict: Verdict | undefined): string {
  if (verdict === undefined) return "not tested";
  const at = verdict.blockedAt === null ? "" : ` at ${verdict.blockedAt}`;
  const inferred = verdict.certainty === "inferred" ? " (inferred)" : "";
  return `${verdict.verdict}${at}${inferred}`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => {
    return Math.max(...rows.map((row) => row[column]?.length ?? 0));
  });
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function findingLines(finding: ProbeFinding): string[] {
  const { rule, severity, message, origin, layer, url } = finding;
  const lines = [`${severity} ${rule} ${url}`, ...message.split("\n").map((text) => `  ${text}`)];
  if (origin !== undefined) lines.push(`  origin: ${origin}`);
  if (layer !== undefined) lines.push(`  answered by: ${layer}`);
  return [...lines, ...sourceLines(finding)];
}

/** Where the code says so, in a form that the editor makes a link of. */
function sourceLines({ file, line }: Pick<ProbeFinding, "file" | "line">): string[] {
  return file === undefined ? [] : [`  source: ${file}:${String(line ?? 1)}`];
}

function driftLines(drift: Drift): string[] {
  const { message, layer } = drift;
  const by = layer === undefined ? "" : ` (answered by: ${layer})`;
  return [`- ${message}${by}`, ...sourceLines(drift)];
}

/** Verdicts that fail at one step of one URL for one reason: told once. */
type Group = readonly [Verdict, ...Verdict[]];

function byCause(blocked: readonly Verdict[], report: ProbeReport): readonly Group[] {
  const groups = groupBy(blocked, (verdict) => [
    JSON.stringify([
      verdict.url,
      verdict.blockedAt,
      verdict.failedSteps[0],
      causeOf(verdict, report.findings)?.rule,
    ]),
  ]);
  return [...groups.values()];
}

/** The first in full, the others by name. */
function groupLines([first, ...others]: Group, report: ProbeReport): string[] {
  const also = others.map(
    ({ method, origin, credentials }) =>
      `also: ${method} from ${origin}, credentials: ${credentials}`,
  );
  return [...blockedLines(first, report), ...also];
}

function blockedLines(verdict: Verdict, report: ProbeReport): string[] {
  const { method, origin, url, credentials, console, failedSteps, differs } = verdict;
  const [first, ...later] = failedSteps;
  const lines = [`### ${method} ${url} from ${origin}, credentials: ${credentials}`];
  if (console !== null) lines.push(console);
  if (first !== undefined) {
    const bytes = failingBytes(report, verdict, first).map((line) => `bytes: ${line}`);
    lines.push(...bytes, `fails: ${first}`, `must hold: ${STEPS[first]}`);
  }
  if (later.length > 0) lines.push(`would fail next: ${later.join(", ")}`);
  if (differs !== undefined) lines.push(`decided otherwise by: ${differs.join(", ")}`);
  lines.push(`again: ${curlOf(verdict)}`);
  const cause = causeOf(verdict, report.findings);
  if (cause !== undefined) {
    const [, fix = cause.message] = cause.message.split("\n");
    lines.push(`fix: ${fix} (${cause.rule})`, ...sourceLines(cause));
  }
  return lines;
}

const missing: readonly FindingId[] = [
  "cors-not-configured",
  "preflight-not-ok",
  "request-refused-by-policy",
  "origin-never-matches",
  "preflight-needs-authorization",
  "error-response-without-allow-origin",
  "success-response-without-allow-origin",
  "cdn-caches-one-origin",
  "preflight-and-response-disagree",
  "endpoint-unreachable",
];

/** The findings that speak of a check of the browser's procedure; a fix for another step would change nothing. */
const explaining: Readonly<Record<string, readonly FindingId[]>> = {
  "allow-origin-present": missing,
  "allow-origin-match": missing,
  "allow-origin-not-wildcard": ["wildcard-origin-with-credentials"],
  "allow-origin-single": ["allow-origin-multiple-values"],
  "allow-credentials": ["credentials-value-invalid", "request-refused-by-policy"],
  "status-ok": [
    "preflight-needs-authorization",
    "preflight-not-ok",
    "cors-not-configured",
    "endpoint-unreachable",
  ],
  "not-redirected": ["preflight-redirected"],
  "allow-methods-valid": ["allow-methods-missing"],
  "method-allowed": ["allow-methods-missing"],
  "allow-headers-valid": ["allow-headers-missing"],
  "header-allowed": ["allow-headers-missing"],
  "authorization-listed": ["allow-headers-missing"],
  network: ["endpoint-unreachable", "tls-untrusted", "preflight-not-ok"],
  "redirect-count": ["endpoint-unreachable"],
  "mixed-content": ["mixed-content"],
};

/** The finding that explains a blocked cell: that of its page and address first, a located one before others. */
function causeOf(
  { url, origin, blockedAt, failedSteps }: Verdict,
  findings: readonly ProbeFinding[],
): ProbeFinding | undefined {
  const [plain] = url.split("?");
  const first = failedSteps[0] ?? "";
  const check = first.slice(first.indexOf("-") + 1);
  const wanted = blockedAt === null ? [] : (explaining[check] ?? []);
  const explains = ({ rule, severity }: ProbeFinding): boolean =>
    severity !== "information" && wanted.includes(rule);
  const own = findings.filter((finding) => finding.origin === origin && explains(finding));
  return own.find((finding) => finding.url.split("?")[0] === plain) ?? own[0];
}

function exchangeLines({ request, response, failure, address, duration }: WireExchange): string[] {
  const status = response === null ? (failure?.netError ?? "") : String(response.status);
  const via = [response?.protocol, address, `${String(duration)} ms`].filter(Boolean).join(", ");
  return [
    `### ${request.method} ${request.url} -> ${status} (${via})`,
    ...request.headers.map(([name, value]) => `> ${name}: ${value}`),
    ...(failure === null ? [] : [`! ${failure.reason}`]),
    ...(response?.headers ?? []).map(([name, value]) => `< ${name}: ${value}`),
  ];
}

function split(text: string): string[] {
  return text.split("\n");
}

/** Quoted for a POSIX shell: the parts come from servers and must not become commands. */
export function shellQuoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}
