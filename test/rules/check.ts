/** `check(rule, before, after?)`: what a rule reports in a project written as text, and what its fix makes of it. */
import assert from "node:assert/strict";
import { applied, spell } from "../../server/src/workspace/fixes";
import { frontends } from "../../server/src/workspace/languages";
import { analyze } from "../../shared/src/analyze";
import type { Finding, Fix } from "../../shared/src/finding";
import { link } from "../../shared/src/readers/link";
import { lineStartsOf, positionAt, type Span } from "../../shared/src/ir/span";
import { defaultContext, type RuleContext } from "../../shared/src/advice/context";
import { rules } from "../../shared/src/rules/index";
import { parseLiteral, type Claim, type Literal } from "./literal";
import { memoryProject } from "./memory-project";

export interface CheckOptions {
  /** What settings say. */
  readonly context?: Partial<RuleContext>;
  /** The fix to apply; without it the first of each finding. */
  readonly title?: string;
  /** What every fix that is applied must be: only safe ones run unasked. */
  readonly safety?: Fix["safety"];
}

type Files = ReadonlyMap<string, string>;

/** Fails unless the rules report exactly what `before` claims, and the fixes turn it into `after`, with its own claims. */
export async function check(
  ids: string | readonly string[],
  before: string,
  after?: string,
  options: CheckOptions = {},
): Promise<void> {
  const wanted = typeof ids === "string" ? [ids] : ids;
  const literal = parseLiteral(before);
  const findings = await findingsIn(literal.files, wanted, options.context);
  compare(literal, findings);
  if (after === undefined) return;
  const fixed = await fixedFiles(literal.files, wanted, options);
  const expected = parseLiteral(after);
  for (const [file, text] of expected.files)
    assert.equal(fixed.get(file), text, `${file} after the fix`);
  compare(expected, await findingsIn(fixed, wanted, options.context));
}

/** The findings of some rules, or of all. */
export async function findingsIn(
  files: Files,
  ids: readonly string[] | undefined,
  context: Partial<RuleContext> = {},
): Promise<readonly Finding[]> {
  const chosen = rules.filter((rule) => ids === undefined || ids.includes(rule.id));
  assert.ok(chosen.length >= (ids?.length ?? 1), `no such rule: ${ids?.join(", ") ?? ""}`);
  const project = await memoryProject(files);
  return analyze(link(project), {
    rules: chosen,
    context: { ...defaultContext, ...context },
    facts: (file) => project.facts(file),
  });
}

/** The files after the fixes of all findings, one after another, as a person would apply them. */
export async function fixedFiles(
  files: Files,
  ids: readonly string[] | undefined,
  { context, title, safety }: CheckOptions = {},
): Promise<Files> {
  let current = files;
  let findings = await findingsIn(current, ids, context);
  while (findings.length > 0) {
    const fix = findings.map((finding) => fixOf(finding, title)).find((each) => each !== undefined);
    if (fix === undefined) break;
    assert.equal(fix.safety, safety ?? fix.safety, fix.title);
    current = await afterFix(current, fix);
    const left = await findingsIn(current, ids, context);
    if (left.length >= findings.length) break;
    findings = left;
  }
  return current;
}

function fixOf(finding: Finding, title: string | undefined): Fix | undefined {
  return finding.fixes.find((fix) => title === undefined || fix.title === title);
}

async function afterFix(files: Files, fix: Fix): Promise<Files> {
  const edits = await spell(fix, frontends, (file) => files.get(file));
  assert.ok(edits, `the writer cannot spell "${fix.title}": ${JSON.stringify(fix.edits)}`);
  const texts = [...files].map(([file, text]) => {
    const own = edits.filter((edit) => edit.at.file === file);
    return [file, applied(text, own)] as const;
  });
  return new Map(texts);
}

function compare(literal: Literal, findings: readonly Finding[]): void {
  const claims = literal.claims.filter((claim) => !claim.related);
  const open = [...findings];
  for (const claim of claims) {
    const index = open.findIndex((finding) => fits(claim, finding.at, finding, literal.files));
    assert.notEqual(
      index,
      -1,
      `not reported: ${shown(claim)}\nreported:\n${list(open, literal.files)}`,
    );
    open.splice(index, 1);
  }
  assert.equal(open.length, 0, `reported and not claimed:\n${list(open, literal.files)}`);
  const related = findings.flatMap((finding) => finding.related);
  for (const claim of literal.claims.filter((each) => each.related)) {
    const found = related.some((place) => fits(claim, place.at, place, literal.files));
    const places = related.map((place) => `${place.message} ${shownAt(place.at, literal.files)}`);
    assert.ok(found, `not related: ${shown(claim)}\nrelated:\n${places.join("\n")}`);
  }
  for (const { message, rule } of findings) {
    const [first = "", second] = message.split("\n");
    assert.ok(second && first.length <= 90, `a message of ${rule} is no short letter: ${message}`);
  }
}

function fits(
  claim: Claim,
  at: Span,
  said: { message: string; severity?: string },
  files: Files,
): boolean {
  const place = placeOf(at, files);
  if (claim.severity !== undefined && claim.severity !== said.severity) return false;
  return (
    at.file === claim.file &&
    place.line === claim.line &&
    place.start === claim.start &&
    place.end === claim.end &&
    said.message.startsWith(claim.message)
  );
}

/** Line and columns; of a place with several lines the part on its first line. */
function placeOf(at: Span, files: Files): { line: number; start: number; end: number } {
  const text = files.get(at.file) ?? "";
  const starts = lineStartsOf(text);
  const from = positionAt(starts, at.start);
  const to = positionAt(starts, at.end);
  const width = text.split("\n")[from.line]?.length ?? 0;
  return { line: from.line, start: from.column, end: to.line === from.line ? to.column : width };
}

function list(findings: readonly Finding[], files: Files): string {
  return findings
    .map(
      (finding) =>
        `${finding.rule} [${finding.severity}] ${finding.message}\n${shownAt(finding.at, files)}`,
    )
    .join("\n");
}

function shownAt(at: Span, files: Files): string {
  const { line, start, end } = placeOf(at, files);
  const text = (files.get(at.file) ?? "").split("\n")[line] ?? "";
  return `${at.file}:${line + 1}\n${text}\n${" ".repeat(start)}${"^".repeat(end - start)}`;
}

function shown({ file, line, start, end, message }: Claim): string {
  return `${file}:${line + 1} columns ${start} to ${end} ${message}`;
}
