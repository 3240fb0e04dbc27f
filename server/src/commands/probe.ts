import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { InvalidArgumentError, Option } from "commander";
import type { Log, Result } from "sarif";
import type { Finding, Severity } from "../../../shared/src/finding";
import {
  agreedRequests,
  makePlan,
  parseResolve,
  PlanError,
  probeAndRecord,
  probeReportText,
  type ProbeFinding,
  type ProbeOptions,
  type ProbeReport,
  type ResolveOverride,
  locatedReport,
  type Placed,
  placeFindings,
  type Site,
  targetOf,
} from "../probe";
import { sarifReport } from "../report/sarif";
import { relativeTo, slashed } from "../workspace/paths";
import { reasonOf } from "../workspace/tree";
import { type Exit, type Register, UserError, type World } from "./command";
import { apiOf, type KnownApi } from "./probe-api";
import { Progress } from "./progress";

interface ProbeFlags {
  readonly origin: readonly string[];
  readonly method: readonly string[];
  readonly header: readonly string[];
  readonly credentials?: boolean;
  readonly own?: boolean;
  readonly send: readonly string[];
  readonly app?: string;
  readonly api?: string;
  readonly resolve: readonly ResolveOverride[];
  readonly cacert?: string;
  readonly format: "text" | "json" | "sarif";
  readonly failOn: Severity | "never";
  readonly record?: string;
}

/** `cors-lens probe <url>` */
export const registerProbe: Register = (program, world, exit) => {
  program
    .command("probe")
    .description(
      "ask a live endpoint what a browser would ask, and say what the browser would say.\n" +
        "Sends OPTIONS, GET and HEAD only, at most 60 requests, all to the URL's host;\n" +
        "anything else only where --send names it.",
    )
    .argument("<url>", "the endpoint, or the base URL of an API with --app")
    .option("--origin <origin>", "origin of a page that calls (repeatable)", gather, [])
    .option("--method <method>", "method that the page uses (repeatable)", gather, [])
    .option(
      "--header <name[: value]>",
      "request header that the page sets; a value goes along with GET (repeatable)",
      gather,
      [],
    )
    .option("--credentials", "the page sends credentials (cookies)")
    .option("--own", "the host is mine: also try to get past its allow-list")
    .option(
      "--send <method>",
      "send this request itself too, once, without a body, from the first origin;\n" +
        "IT MAY CHANGE DATA; it is shown before, and left out where no browser would send it (repeatable)",
      gather,
      [],
    )
    .option("--app <dir>", "plan from the code in this folder, and lead findings back to it")
    .option("--api <name>", "which API of the folder, when it has several")
    .option(
      "--resolve <host:port:addr>",
      "connect to this address instead, as curl does (repeatable)",
      gatherResolve,
      [],
    )
    .option("--cacert <file>", "certificates to trust besides the system's (PEM)")
    .addOption(
      new Option("--format <format>", "how to report")
        .choices(["text", "json", "sarif"])
        .default("text"),
    )
    .addOption(
      new Option("--fail-on <severity>", "lowest severity that makes the exit code 1")
        .choices(["error", "warning", "information", "never"])
        .default("error"),
    )
    .option("--record <file>", "write the exchanges as JSON lines, for `cors-lens judge`")
    .action(async (url: string, flags: ProbeFlags) => {
      exit(await probeUrl(url, flags, world));
    });
};

function gather(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function gatherResolve(
  value: string,
  before: readonly ResolveOverride[],
): readonly ResolveOverride[] {
  const parsed = parseResolve(value);
  if (parsed === null) throw new InvalidArgumentError("Write HOST:PORT:ADDR.");
  return [...before, ...parsed];
}

async function probeUrl(url: string, flags: ProbeFlags, world: World): Promise<Exit> {
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

async function ask(url: string, flags: ProbeFlags, known: KnownApi | undefined, world: World) {
  const { origin: origins, method: methods, header: headers, resolve, cacert } = flags;
  const target = known && targetOf(known.model, known.api, url, origins);
  const ca = cacert === undefined ? undefined : await pem(cacert, world);
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
      world.complain(`cors-lens: may change data, sent once:\n${text}`);
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

async function pem(file: string, { cwd }: World): Promise<string> {
  let text: string;
  try {
    text = await readFile(path.resolve(cwd, file), "utf8");
  } catch (error) {
    throw new UserError(`cannot read ${file}: ${reasonOf(error)}`);
  }
  // OpenSSL takes anything and then trusts nothing of it.
  if (!/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/.test(text))
    throw new UserError(`${file} holds no certificate in PEM`);
  return text;
}

async function write(file: string, text: string, { cwd }: World): Promise<void> {
  try {
    await writeFile(path.resolve(cwd, file), text);
  } catch (error) {
    throw new UserError(`cannot write ${file}: ${reasonOf(error)}`);
  }
}

type Format = (
  report: ProbeReport,
  placed: readonly Placed[],
  known: KnownApi | undefined,
  world: World,
) => string;

const formats: Readonly<Record<ProbeFlags["format"], Format>> = {
  text: (report) => probeReportText(report),
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  sarif: (report, placed, known, world) =>
    `${JSON.stringify(sarif(placed, known, world), null, 2)}\n`,
};

/** Findings with a line as the source's own are reported; the others point to the URL that was asked. */
function sarif(placed: readonly Placed[], known: KnownApi | undefined, world: World): Log {
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
    { root: known?.root ?? base, findings, gaps: [], stats, text },
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
