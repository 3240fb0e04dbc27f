/**
 * What the tools do. The MCP server gets it handed in, so that its bundle holds the SDK only and not, for a second time,
 * what the command line is made of. Each action answers in words and rejects with a `UserError` for what its caller
 * can put right.
 */
import { realPlace } from "../files/disk";
import { unusedRule } from "../../../shared/src/analyze";
import type { Severity } from "../../../shared/src/finding";
import { UserError, type CliHost } from "../commands/command";
import { reportOf, runAnalysis, tellFailures } from "../commands/run";
import { targetsOf } from "../commands/targets";
import { PlanError, probe, type ProbeOptions, probeReportText } from "../probe";
import type { Report } from "../report/report";
import { rulePageText } from "../report/rule-pages";
import { textReport } from "../report/text";
import { Analysis } from "../workspace/analysis";
import { isWithin, slashed } from "../workspace/paths";

export interface CheckRequest {
  readonly paths?: readonly string[] | undefined;
  readonly rule?: string | undefined;
  readonly severity: Severity;
}

export interface ProbeRequest {
  readonly url: string;
  /** The host of the URL once more. */
  readonly confirmedHost: string;
  readonly origins?: readonly string[] | undefined;
  readonly methods?: readonly string[] | undefined;
  readonly headers?: readonly string[] | undefined;
  readonly credentials?: boolean | undefined;
}

/** Asks the user whether requests may go to a host; `undefined` when the user cannot be asked. */
export type Consent = (host: string) => Promise<boolean | undefined>;

/** The folders that the client works in; `undefined` when it does not say. */
export type Roots = () => Promise<readonly string[] | undefined>;

export interface Actions {
  readonly check: (wish: CheckRequest, roots: Roots) => Promise<string>;
  readonly explain: (rule: string | undefined) => Promise<string>;
  readonly probe: (wish: ProbeRequest, consent: Consent, signal: AbortSignal) => Promise<string>;
}

export function actionsOf(world: CliHost): Actions {
  return {
    check: (wish, roots) => check(wish, roots, world),
    explain: (rule) => Promise.resolve().then(() => explain(rule, world)),
    probe: probeWith,
  };
}

async function check(
  { paths = [], rule, severity }: CheckRequest,
  roots: Roots,
  world: CliHost,
): Promise<string> {
  const allowed = (await roots()) ?? [world.cwd];
  const targets = await targetsOf(paths.length > 0 ? paths : allowed, { cwd: world.cwd, allowed });
  for (const { folder } of targets.roots) await refuseOutside(folder, allowed);
  const analysis = new Analysis(world.engine);
  await runAnalysis(analysis, targets, world);
  tellFailures(analysis, targets, world);
  return shortReport(reportOf(analysis, targets), rule, severity);
}

/**
 * An agent reads what its user works on and nothing else, whatever it was talked into: a path counts as where it really
 * leads. Rejects with a `UserError` otherwise.
 */
async function refuseOutside(folder: string, allowed: readonly string[]): Promise<void> {
  const real = slashed((await realPlace(folder)) ?? folder);
  for (const root of allowed) {
    const there = await realPlace(root);
    if (there !== undefined && isWithin(slashed(there), real)) return;
  }
  throw new UserError(
    `Nothing was read: ${folder} lies outside of ${allowed.join(", ") || "every folder that the client works in"}.`,
  );
}

/** More findings would crowd out everything else that an agent has in mind. */
const most = 30;

/** Characters of an answer; code that nobody vouches for may have names of any length. */
const longest = 60_000;

const order: readonly Severity[] = ["error", "warning", "information"];

/** The worst first, and not too many. */
function shortReport(report: Report, rule: string | undefined, least: Severity): string {
  const wanted = report.findings
    .filter((finding) => rule === undefined || finding.rule === rule)
    .filter(({ severity }) => order.indexOf(severity) <= order.indexOf(least))
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const shown = { ...report, cwd: report.root, findings: wanted.slice(0, most) };
  const text = textReport(shown, { color: false });
  const rest = wanted.length - most;
  const more = `\n${rest} more findings are left out here. Narrow the search by paths, rule or severity.\n`;
  const cut = text.length > longest ? `${text.slice(0, longest)}…\n` : text;
  return `Paths are relative to ${report.root}\n\n${cut}${rest > 0 ? more : ""}`;
}

function explain(rule: string | undefined, { engine }: CliHost): string {
  if (rule === undefined) {
    return engine.rules.map(({ id, summary }) => `${id}: ${summary}`).join("\n");
  }
  const known = rule === unusedRule || engine.rules.some(({ id }) => id === rule);
  const page = known ? rulePageText(rule) : undefined;
  if (page !== undefined) return page;
  throw new UserError(`There is no rule "${rule}". Call explain without arguments for the list.`);
}

/**
 * Three things have to come together: the URL in the call, its host repeated, and, where the client can ask its user,
 * the user's own yes. Hosts that are not public are asked only after that yes, so that an agent that was talked into it
 * cannot look around in a private network.
 */
async function probeWith(
  { url, confirmedHost, origins, methods, headers, credentials }: ProbeRequest,
  consent: Consent,
  signal: AbortSignal,
): Promise<string> {
  const { host, href } = agreedUrl(url, confirmedHost);
  const agreed = await consent(host);
  if (agreed === false) {
    throw new UserError(`Nothing was sent: the user did not agree to requests to ${host}.`);
  }
  const options: ProbeOptions = {
    endpoint: href,
    typed: agreed ?? false,
    signal,
    ...(origins ? { origins } : {}),
    ...(methods ? { methods } : {}),
    ...(headers ? { headers: headers.map(nameOnly) } : {}),
    ...(credentials === undefined ? {} : { credentials }),
  };
  try {
    return probeReportText(await probe(options));
  } catch (error) {
    if (error instanceof PlanError) throw new UserError(error.message);
    throw error;
  }
}

/** The URL as it will be asked. What it is parsed to is what the user is told and what is sent: there is no second host. */
function agreedUrl(url: string, confirmedHost: string): URL {
  if (!URL.canParse(url)) throw new UserError(`"${url}" is no URL.`);
  const parsed = new URL(url);
  const { host, hostname, protocol } = parsed;
  if (protocol !== "https:" && protocol !== "http:") {
    throw new UserError(`Only http and https are probed, not ${protocol}`);
  }
  if (![host, hostname].includes(confirmedHost.trim().toLowerCase())) {
    throw new UserError(
      `Nothing was sent. Ask the user whether requests may be sent to ${host}; if so, call again with confirmedHost "${host}".`,
    );
  }
  return parsed;
}

/** A value could be a secret that an agent happened to read. */
function nameOnly(header: string): string {
  return header.split(":", 1)[0]?.trim() ?? "";
}
