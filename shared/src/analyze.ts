/** Model in, findings out: runs every rule, applies severities and suppression comments. */
import type { Finding, Problem, Related, Severity } from "./finding";
import type { FileFacts } from "./ir/facts";
import type { CorsModel } from "./model/model";
import type { Span } from "./ir/span";
import { positionAt } from "./ir/span";
import type { RuleContext } from "./advice/context";
import type { Rule } from "./rules/rule";

export interface AnalyzeOptions {
  readonly rules: readonly Rule[];
  readonly context: RuleContext;
  /** Severities by rule id, from settings. */
  readonly severities?: Readonly<Record<string, Severity | "off">>;
  /** Facts of a file, for its suppression comments. */
  readonly facts: (file: string) => FileFacts | undefined;
  /** Told of a rule that threw; without it the error goes on. The findings of the other rules count all the same. */
  readonly onFailure?: (error: unknown) => void;
  /** Files whose unused suppressions are reported. */
  readonly files?: Iterable<string>;
}

/** Reported by the analysis itself, with a severity like any rule. */
export const unusedRule = "suppression-unused";

/** All findings of a model, ordered by file and place; equal findings (same rule, place and message) appear once. */
export function analyze(model: CorsModel, options: AnalyzeOptions): Finding[] {
  const used = new Set<string>();
  const seen = new Set<string>();
  const findings: Told[] = [];
  for (const rule of options.rules) {
    const chosen = options.severities?.[rule.id];
    if (chosen === "off") continue;
    for (const problem of problemsOf(rule, model, options)) {
      const finding = ofConstruct(toFinding(rule, problem, chosen), model);
      const key = `${rule.id} ${place(finding.at)} ${finding.message}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (suppressed(finding, options, used)) continue;
      const about = `${rule.id} ${place(finding.at)} ${place(problem.fault ?? finding.at)}`;
      findings.push({ finding, about });
    }
  }
  return [...strongest(findings), ...unusedSuppressions(options, used)].sort(byPlace);
}

/** What a rule reports, as far as it comes. */
function* problemsOf(rule: Rule, model: CorsModel, options: AnalyzeOptions): Iterable<Problem> {
  try {
    yield* rule.check(model, options.context);
  } catch (error) {
    if (!options.onFailure) throw error;
    options.onFailure(error);
  }
}

function toFinding(rule: Rule, problem: Problem, chosen: Severity | undefined): Finding {
  return {
    rule: rule.id,
    at: problem.at,
    message: bounded(problem.message),
    severity: chosen ?? problem.severity ?? rule.severity,
    related: distinct(problem.related ?? [])
      .slice(0, mostRelated)
      .map((one) => ({ ...one, message: bounded(one.message) })),
    fixes: problem.fixes ?? [],
    ...(rule.dead ? { dead: true } : {}),
  };
}

/** In a file that CDK wrote nothing is changed: the finding says which construct is meant, and where it is made. */
function ofConstruct(finding: Finding, { synthesized = [] }: CorsModel): Finding {
  const { file, start, end } = finding.at;
  const own = synthesized.filter(({ at }) => at.file === file);
  if (own.length === 0) return finding;
  const made = own.find(({ at }) => at.start <= start && end <= at.end);
  const where = made?.line === undefined ? "" : ` (${made.line})`;
  const about = made ? `\nConstruct: ${made.construct}${where}.` : "";
  return { ...finding, message: finding.message + about, fixes: [] };
}

const rank: Readonly<Record<Severity, number>> = { error: 3, warning: 2, information: 1 };

interface Told {
  readonly finding: Finding;
  /** Rule, place and fault. */
  readonly about: string;
}

/** One finding of a rule for a fault: where ways through a handler differ in what is at stake, the worst. */
function strongest(findings: readonly Told[]): Finding[] {
  const best = new Map<string, Finding>();
  for (const { finding, about } of findings) {
    const other = best.get(about);
    if (!other || rank[finding.severity] > rank[other.severity]) best.set(about, finding);
  }
  return [...best.values()];
}

/** Other places of a finding that are told. */
const mostRelated = 50;

/** Characters of a message; values of the code stand in it, which may be of any length. */
const longestMessage = 2000;

function bounded(message: string): string {
  return message.length <= longestMessage ? message : `${message.slice(0, longestMessage)}…`;
}

function distinct(related: readonly Related[]): Related[] {
  const seen = new Map(related.map((one) => [`${place(one.at)} ${one.message}`, one]));
  return [...seen.values()];
}

function suppressed(finding: Finding, options: AnalyzeOptions, used: Set<string>): boolean {
  const facts = options.facts(finding.at.file);
  if (!facts) return false;
  const line = positionAt(facts.lineStarts, finding.at.start).line;
  let hit = false;
  for (const directive of facts.directives) {
    if (directive.rules.length > 0 && !directive.rules.includes(finding.rule)) continue;
    const own = positionAt(facts.lineStarts, directive.at[0]).line;
    const covers =
      directive.scope === "file" || (directive.scope === "line" ? own === line : own + 1 === line);
    if (!covers) continue;
    used.add(directiveKey(facts.file, directive.at[0], finding.rule));
    hit = true;
  }
  return hit;
}

function* unusedSuppressions(options: AnalyzeOptions, used: Set<string>): Iterable<Finding> {
  const severity = options.severities?.[unusedRule] ?? "information";
  if (severity === "off") return;
  for (const file of options.files ?? []) {
    const facts = options.facts(file);
    for (const directive of facts?.directives ?? []) {
      const idle = directive.rules.filter(
        (id) => !used.has(directiveKey(file, directive.at[0], id)),
      );
      const anyUsed = [...used].some((key) =>
        key.startsWith(directiveKey(file, directive.at[0], "")),
      );
      if (directive.rules.length === 0 ? anyUsed : idle.length === 0) continue;
      const at: Span = { file, start: directive.at[0], end: directive.at[1] };
      const what =
        directive.rules.length === 0
          ? "no rule reports anything"
          : `${idle.join(", ")} ${idle.length > 1 ? "report" : "reports"} nothing`;
      yield {
        rule: unusedRule,
        severity,
        at,
        message: `This comment suppresses nothing: ${what} here.\nRemove it, so that it cannot hide a later mistake.`,
        related: [],
        dead: true,
        fixes:
          directive.rules.length === idle.length
            ? [
                {
                  title: "Remove the unused suppression",
                  safety: "safe",
                  edits: [{ kind: "removeStatement", statement: at }],
                },
              ]
            : [],
      };
    }
  }
}

function directiveKey(file: string, offset: number, rule: string): string {
  return `${file}@${offset}#${rule}`;
}

function place(at: Span): string {
  return `${at.file}:${at.start}-${at.end}`;
}

function byPlace(a: Finding, b: Finding): number {
  if (a.at.file !== b.at.file) return a.at.file < b.at.file ? -1 : 1;
  return a.at.start - b.at.start || a.rule.localeCompare(b.rule);
}
