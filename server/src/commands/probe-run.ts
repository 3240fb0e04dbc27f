/** What `cors-lens probe` does. */
import { coverageOf } from "../../../shared/src/model/query/coverage";
import path from "node:path";
import type { Log, Result } from "sarif";
import type { Finding, Severity } from "../../../shared/src/finding";
import {
  agreedRequests,
  makePlan,
  PlanError,
  probeAndRecord,
  probeReportText,
  type ProbeFinding,
  type ProbeOptions,
  type ProbeReport,
  locatedReport,
  type Placed,
  placeFindings,
  type Site,
  targetOf,
} from "../probe";
import { printableJson, withoutCommands } from "../../../shared/src/base/printable";
import { sarifReport } from "../report/sarif";
import { namedBytes, writeNamed } from "../files/disk";
import { relativeTo, slashed } from "../workspace/paths";
import { reasonOf } from "../files/door";
import { type Exit, UserError, type CliHost } from "./command";
import type { ProbeFlags } from "./probe";
import { apiOf, type KnownApi } from "./probe-api";
import { Progress } from "./progress";

/** Asks the endpoint and reports; the exit code is 1 for findings at or above `--fail-on`. */
export async function probeUrl(url: string, flags: ProbeFlags, world: CliHost): Promise<Exit> {
  if (flags.api !== undefined && flags.app === undefined) {
    throw new UserError("--api names an API of a folder: give the folder with --app");
  }
  const known = flags.app === undefined ? undefined : await apiOf(flags.app, url, flags.api, world);
  const { report, recording, target } = await ask(url, flags, known, world);
  if (flags.record !== undefined) await write(flags.record, recording, world);
  const site = known && target && { ...known, target };
  const placed = site ? placeFindings(report, site) : report.findings.map(unplaced);
  const located = known && site ? locate(report, placed, site, known) : report;
  world.write(formats[flags.format](located, placed, known, world));
  return fails(located.findings, flags.failOn) ? 1 : 0;
}

async function ask(url: string, flags: ProbeFlags, known: KnownApi | undefined, world: CliHost) {
  const { origin: origins, method: methods, header: headers, resolve, cacert } = flags;
  const target = known && targetOf(known.model, known.api, url, origins);
  const ca = cacert === undefined ? undefined : pem(cacert, world);
  const progress = new Progress(world);
  const options: ProbeOptions = {
    endpoint: target?.endpoint ?? url,
    origins,
    methods,
    headers,
    resolve,
    credentials: flags.credentials === true,
    own: flags.own === true,
    send: flags.send.map((method) => ({ method })),
    onRequest: (sent) => progress.show(`cors-lens: ${String(sent)} requests`),
    ...(target ? { api: target.api } : {}),
    ...(ca === undefined ? {} : { ca }),
  };
  try {
    for (const text of agreedRequests(makePlan(options)))
      world.stderr(`cors-lens: may change data, sent once:\n${text}`);
    const recorded = await probeAndRecord(options);
    return { ...recorded, target };
  } catch (error) {
    if (error instanceof PlanError) throw new UserError(error.message);
    throw error;
  } finally {
    progress.done();
  }
}

function locate(
  report: ProbeReport,
  placed: readonly Placed[],
  site: Site,
  { root, places }: KnownApi,
): ProbeReport {
  return locatedReport(report, placed, site, (at) => ({
    file: relativeTo(root, at.file),
    line: places.of(at.file, at.start).line,
  }));
}

function unplaced(finding: ProbeFinding): Placed {
  return { finding, related: [], fixes: [] };
}

const largestPem = 16 * 1024 * 1024;

function pem(file: string, { cwd }: CliHost): string {
  let text: string;
  try {
    text = Buffer.from(namedBytes(path.resolve(cwd, file), largestPem)).toString("utf8");
  } catch (error) {
    throw new UserError(`cannot read ${file}: ${reasonOf(error)}`);
  }
  // OpenSSL takes anything and then trusts nothing of it.
  if (!/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/.test(text))
    throw new UserError(`${file} holds no certificate in PEM`);
  return text;
}

async function write(file: string, text: string, { cwd }: CliHost): Promise<void> {
  try {
    await writeNamed(path.resolve(cwd, file), text);
  } catch (error) {
    throw new UserError(`cannot write ${file}: ${reasonOf(error)}`);
  }
}

type Format = (
  report: ProbeReport,
  placed: readonly Placed[],
  known: KnownApi | undefined,
  world: CliHost,
) => string;

const formats: Readonly<Record<ProbeFlags["format"], Format>> = {
  text: (report) => withoutCommands(probeReportText(report)),
  json: (report) => `${printableJson(report)}\n`,
  sarif: (report, placed, known, world) => `${printableJson(sarif(placed, known, world))}\n`,
};

/** Findings with a line as the source's own are reported; the others point to the URL that was asked. */
function sarif(placed: readonly Placed[], known: KnownApi | undefined, world: CliHost): Log {
  const findings = placed.flatMap(({ finding, at, related, fixes }): Finding[] =>
    at ? [{ ...finding, at, related, fixes }] : [],
  );
  const base = slashed(world.cwd);
  const stats = {
    files: 0,
    read: 0,
    parsed: 0,
    evaluated: 0,
    reused: 0,
    apps: 0,
    apis: 0,
    handlers: 0,
    responses: 0,
    requests: 0,
  };
  const text = known?.text ?? (() => undefined);
  const log = sarifReport(
    {
      root: known?.root ?? base,
      cwd: base,
      findings,
      gaps: [],
      stats,
      coverage: coverageOf([]),
      text,
    },
    { base, rules: world.engine.rules },
  );
  const loose = placed.filter(({ at }) => at === undefined).map(({ finding }) => resultAt(finding));
  const runs = log.runs.map((run) => ({ ...run, results: [...(run.results ?? []), ...loose] }));
  return { ...log, runs };
}

function resultAt({ rule, severity, message, url }: ProbeFinding): Result {
  return {
    ruleId: rule,
    level: severity === "information" ? "note" : severity,
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(url) } } }],
  };
}

/** The URL as RFC 3986 has it; browsers and the redaction leave characters in it that no URI has. */
function uriOf(url: string): string {
  const href = URL.canParse(url) ? new URL(url).href : encodeURI(url);
  return href.replace(/%(?![\da-f]{2})|[^\w\-.~:/?#@!$&'()*+,;=%]/gi, encodeURIComponent);
}

const order: readonly Severity[] = ["error", "warning", "information"];

function fails(findings: readonly ProbeFinding[], failOn: Severity | "never"): boolean {
  if (failOn === "never") return false;
  const counting = order.slice(0, order.indexOf(failOn) + 1);
  return findings.some(({ severity }) => counting.includes(severity));
}
