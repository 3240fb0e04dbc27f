/** The tool that reports mistakes, with the edits that fix them. */
import type { Finding, Fix, Severity } from "../../../shared/src/finding";
import { reportOf, runAnalysis, tellFailures } from "../commands/run";
import { type CliHost, UserError } from "../commands/command";
import { listedRules, unknownRule } from "../commands/rule";
import { targetsOf } from "../commands/targets";
import { jsonReport } from "../report/json";
import { Places } from "../report/report";
import { textReport } from "../report/text";
import { Analysis } from "../workspace/analysis";
import { spell } from "../workspace/fixes";
import { relativeTo } from "../workspace/paths";
import type { Answer, CheckRequest } from "./actions";

/** More findings would crowd out everything else that an agent has in mind. */
const most = 30;

/** Characters of an answer; code that nobody vouches for may have names of any length. */
const longest = 60_000;

const order: readonly Severity[] = ["error", "warning", "information"];

/** The findings of folders that may be read: the worst first, and not too many. */
export async function check(
  { paths = [], rule, severity }: CheckRequest,
  allowed: readonly string[],
  world: CliHost,
): Promise<Answer> {
  const rules = listedRules(world.engine.rules);
  if (rule !== undefined && rules.every(({ id }) => id !== rule))
    throw new UserError(unknownRule(rule, rules));
  const targets = await targetsOf(paths.length > 0 ? paths : allowed, { cwd: world.cwd, allowed });
  const analysis = new Analysis(world.engine);
  await runAnalysis(analysis, targets, world);
  tellFailures(analysis, targets, world);
  const whole = reportOf(analysis, targets);
  const wanted = whole.findings
    .filter((finding) => rule === undefined || finding.rule === rule)
    .filter((finding) => order.indexOf(finding.severity) <= order.indexOf(severity))
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const report = { ...whole, cwd: whole.root, findings: wanted.slice(0, most), gaps: [] };
  const text = textReport({ ...report, gaps: whole.gaps }, { color: false });
  const left = Math.max(0, wanted.length - most);
  const more =
    left > 0
      ? `\n${left} more findings are left out here. Narrow the search by paths, rule or severity.\n`
      : "";
  const cut = text.length > longest ? `${text.slice(0, longest)}…\n` : text;
  const { findings, coverage } = jsonReport(report);
  const edits = await Promise.all(report.findings.map((one) => editsOf(one, analysis, whole.root)));
  const data = {
    root: whole.root,
    findings: findings.map((finding, i) => ({ ...finding, fixes: edits[i] ?? [] })),
    leftOut: left,
    coverage,
  };
  const isBounded = JSON.stringify(data).length <= longest;
  return {
    text: `Paths are relative to ${whole.root}\n\n${cut}${more}`,
    data: isBounded ? data : { root: whole.root, findings: [], leftOut: wanted.length, coverage },
  };
}

interface SpeltEdit {
  readonly file: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
  readonly text: string;
}

/** The fixes with the edits that they consist of; nothing is written. A fix that cannot be spelled has none. */
async function editsOf(
  { fixes }: Finding,
  { engine, sources }: Analysis,
  root: string,
): Promise<readonly (Pick<Fix, "title" | "safety"> & { readonly edits: readonly SpeltEdit[] })[]> {
  const text = (file: string): string | undefined => sources.text(file);
  const places = new Places(text);
  return Promise.all(
    fixes.map(async (fix) => {
      const spelt = (await spell(fix, engine.frontends, text)) ?? [];
      const edits = spelt.map(({ at, text: put }) => ({
        file: relativeTo(root, at.file),
        start: places.of(at.file, at.start),
        end: places.of(at.file, at.end),
        text: put,
      }));
      return { title: fix.title, safety: fix.safety, edits };
    }),
  );
}
