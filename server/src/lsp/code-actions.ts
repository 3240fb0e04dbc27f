import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from "vscode-languageserver/node";
import { unusedRule } from "../../../shared/src/analyze";
import type { Finding } from "../../../shared/src/finding";
import type { TextEdit } from "../../../shared/src/model/edit";
import {
  configurationProblem,
  explainCommand,
  fixAllKind,
  fixRuleKind,
  policyActionKind,
  suppressFileKind,
} from "../../../shared/src/protocol";
import { applied, compatible, safeFix, spell } from "../workspace/fixes";
import { languageOf } from "../workspace/prefilter";
import { type Context, settledFindings } from "./context";
import { diagnosticOf, overlaps, pathOf, diagnosticContextOf } from "./convert";
import { policyActions } from "./policy-actions";
import { probeActions, type Reported } from "./probe-actions";
import { newRanges } from "./reports";
import { fileSuppression, silences, suppression } from "./suppress";
import { workspaceEdit } from "./workspace-edit";

/**
 * Quick fixes, actions on policies, the probe of what is wrong, the rule's page, the suppression comment, and all safe
 * fixes of a file on demand.
 */
export function codeActions(context: Context): void {
  context.connection.onCodeAction(async (params, token) => {
    const file = pathOf(params.textDocument.uri);
    const { only } = params.context;
    const quick =
      !only ||
      only.some((kind) => contains(kind, CodeActionKind.QuickFix) || isPart(kind, quickKind));
    // Source actions are offered only when they are asked for, as on save.
    const all = only?.some((kind) => contains(kind, fixAllKind)) ?? false;
    const rewrites = !only || only.some((kind) => contains(kind, policyActionKind));
    if (file === undefined || (!quick && !all && !rewrites)) return [];
    const findings = await settledFindings(context, file, token);
    const { fixes, others, reported } = quick
      ? await quickFixes(context, params, file, findings, token)
      : none;
    const actions = [
      ...fixes,
      ...(rewrites ? await policyActions(context, file, params.range) : []),
      ...probeActions(context, reported),
      ...others,
      ...(all ? await fixAllActions(context, file, findings) : []),
    ];
    return actions.filter(
      ({ kind = "" }) => !only || only.some((wanted) => contains(wanted, kind)),
    );
  });
}

interface QuickFixes {
  readonly fixes: readonly CodeAction[];
  /** What fixes nothing: explanations, and comments that silence. */
  readonly others: readonly CodeAction[];
  /** What they are for. */
  readonly reported: readonly Reported[];
}

const none: QuickFixes = { fixes: [], others: [], reported: [] };

const quickKind = CodeActionKind.QuickFix;

const isPart = (kind: string, of: string): boolean => kind.startsWith(`${of}.`);

/** Whether asking for `wanted` asks for `kind` too: kinds are hierarchical. */
function contains(wanted: string, kind: string): boolean {
  return wanted === "" || kind === wanted || kind.startsWith(`${wanted}.`);
}

async function quickFixes(
  context: Context,
  { range, context: { only } }: CodeActionParams,
  file: string,
  findings: readonly Finding[],
  token: CancellationToken,
): Promise<QuickFixes> {
  const ranges = newRanges(context);
  const surroundings = diagnosticContextOf(context);
  const fixes: CodeAction[] = [];
  const explanations = new Map<string, CodeAction>();
  const suppressions: CodeAction[] = [];
  const reported: Reported[] = [];
  for (const finding of findings) {
    if (token.isCancellationRequested) return none;
    const diagnostic = diagnosticOf(finding, ranges, surroundings);
    if (!overlaps(diagnostic.range, range)) continue;
    reported.push({ finding, diagnostic });
    fixes.push(...(await fixActions(context, finding, diagnostic)));
    const explanation = explainAction(context, finding, diagnostic);
    if (explanation) explanations.set(finding.rule, explanation);
    // A comment silences what the rules say of the code, not what a server answered.
    if (!finding.live)
      suppressions.push(...(await suppressActions(context, file, finding, diagnostic)));
  }
  // Where they are asked for by themselves, one is enough.
  const least = only?.includes(fixRuleKind) === true ? 1 : 2;
  const all = await fixRuleActions(context, file, findings, reported, least);
  const byScope = [...suppressions].sort(
    (a, b) => Number(a.title.endsWith("file")) - Number(b.title.endsWith("file")),
  );
  const others = [...all, ...explanations.values(), ...distinct(byScope)];
  return { fixes: distinct(fixes), others, reported };
}

/** The probe offers the fixes of the rule that knows the line: each is offered once, for both problems. */
function distinct(actions: readonly CodeAction[]): readonly CodeAction[] {
  const byEdit = new Map<string, CodeAction>();
  for (const action of actions) {
    const key = JSON.stringify([action.title, action.edit]);
    const other = byEdit.get(key);
    const diagnostics = [...(other?.diagnostics ?? []), ...(action.diagnostics ?? [])];
    byEdit.set(key, { ...action, ...other, diagnostics });
  }
  return [...byEdit.values()];
}

async function fixActions(
  context: Context,
  finding: Finding,
  diagnostic: Diagnostic,
): Promise<CodeAction[]> {
  const actions: CodeAction[] = [];
  for (const fix of finding.fixes) {
    const edits = await spelt(context, fix);
    if (!edits) continue;
    actions.push({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      edit: workspaceEdit(context, edits, finding.at.file),
      // Of two ways out people choose one.
      ...(fix.safety === "safe" && finding.fixes.length === 1 ? { isPreferred: true } : {}),
    });
  }
  return actions;
}

/** The page of the rule, for those who use no mouse; only where the client can show it. */
function explainAction(
  { client }: Context,
  { rule }: Finding,
  diagnostic: Diagnostic,
): CodeAction | undefined {
  if (!client.commands.has(explainCommand) || rule === configurationProblem) return undefined;
  const title = `Explain ${rule}`;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command: explainCommand, arguments: [rule] },
  };
}

const inFile = "in this file";

async function suppressActions(
  context: Context,
  file: string,
  finding: Finding,
  diagnostic: Diagnostic,
): Promise<CodeAction[]> {
  const text = context.analysis.sources.text(file);
  const language = languageOf(file);
  if (text === undefined || !language || finding.rule === unusedRule) return [];
  if (!context.configuration.of(file).disableRuleComment) return [];
  const read = await context.analysis.engine.frontends[language].reader();
  const { rule, at } = finding;
  const comments = [
    { edit: suppression(rule, at, text), where: "for this line" },
    { edit: fileSuppression(rule, file, text), where: inFile },
  ];
  return comments.flatMap(({ edit, where }) => {
    if (!edit || !silences(edit, finding, read(file, applied(text, [edit])))) return [];
    return [
      {
        title: `Suppress ${rule} ${where}`,
        kind: where === inFile ? suppressFileKind : CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        edit: workspaceEdit(context, [edit], file),
      },
    ];
  });
}

/** One action for all safe fixes of a rule in the file, where it is more than the fix that is offered by itself. */
async function fixRuleActions(
  context: Context,
  file: string,
  findings: readonly Finding[],
  reported: readonly Reported[],
  least: number,
): Promise<CodeAction[]> {
  const actions: CodeAction[] = [];
  for (const rule of new Set(reported.map(({ finding }) => finding.rule))) {
    const own = findings.filter((finding) => finding.rule === rule && safeFix(finding));
    if (own.length < least) continue;
    const edits = await safeEdits(context, file, own);
    if (edits.length === 0) continue;
    actions.push({
      title: `Fix all safe ${rule} problems`,
      kind: fixRuleKind,
      diagnostics: reported
        .filter(({ finding }) => finding.rule === rule)
        .map(({ diagnostic }) => diagnostic),
      edit: workspaceEdit(context, edits, file),
    });
  }
  return actions;
}

/** One action with every safe fix that stays within the file, as far as they fit together. */
async function fixAllActions(
  context: Context,
  file: string,
  findings: readonly Finding[],
): Promise<CodeAction[]> {
  const edits = await safeEdits(context, file, findings);
  if (edits.length === 0) return [];
  return [
    {
      title: "Apply all safe CORS fixes",
      kind: fixAllKind,
      edit: workspaceEdit(context, edits, file),
    },
  ];
}

async function safeEdits(
  context: Context,
  file: string,
  findings: readonly Finding[],
): Promise<readonly TextEdit[]> {
  const fixes: (readonly TextEdit[])[] = [];
  for (const finding of findings) {
    const fix = safeFix(finding);
    const edits = fix && (await spelt(context, fix));
    if (edits?.every(({ at }) => at.file === file)) fixes.push(edits);
  }
  return compatible(fixes);
}

function spelt(
  { analysis }: Context,
  fix: Finding["fixes"][number],
): Promise<readonly TextEdit[] | undefined> {
  return spell(fix, analysis.engine.frontends, (file) => analysis.sources.text(file));
}
