import {
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver/node";
import { type Context, knownFindings, settledFindings, signalOf } from "./context";
import { pathOf } from "./convert";
import { reportOf, shownReports } from "./reports";

/** Diagnostics for editors that ask for them: of one document, and of all files by long poll. */
export function pullDiagnostics(context: Context): void {
  const { connection, checker, typing } = context;
  /** What was answered last for each open document, to know when an answer has gone stale. */
  const answered = new Map<string, string>();

  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    const file = pathOf(textDocument.uri);
    if (file === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    // Until then the editor moves what it was told along with the text.
    await typing.rested(signalOf(token));
    const findings = await settledFindings(context, file, token);
    const { items, resultId } = reportOf(context, findings);
    answered.set(file, resultId);
    return resultId === previousResultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, items, resultId };
  });

  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
    const cancelled = signalOf(token);
    const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    await checker.idle(cancelled);
    // An answer without news would be asked for again at once: wait until there is news.
    for (;;) {
      await typing.rested(cancelled);
      const report = workspaceReport(context, previous);
      if (report.items.length > 0 || cancelled.aborted || checker.hasStopped) return report;
      await checker.change(cancelled);
    }
  });

  const refresh = (): void => {
    if (!context.client.refreshesDiagnostics || checker.hasStopped || typing.isActive) return;
    if (staleAnswer(context, answered)) void connection.languages.diagnostics.refresh();
  };
  checker.onIdle(refresh);
  typing.onRest(() => {
    if (checker.isIdle) refresh();
  });
}

/** Files whose diagnostics differ from what the client has, files without any left included. */
function workspaceReport(
  context: Context,
  previous: ReadonlyMap<string, string>,
): WorkspaceDiagnosticReport {
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  const shown = new Set<string>();
  for (const [file, report] of shownReports(context)) {
    const uri = context.documents.uri(file);
    shown.add(uri);
    if (previous.get(uri) === report.resultId) continue;
    const version = context.documents.version(file) ?? null;
    items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version, ...report });
  }
  const empty = reportOf(context, []);
  for (const [uri, resultId] of previous) {
    if (shown.has(uri) || resultId === empty.resultId) continue;
    items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, ...empty });
  }
  return { items };
}

/** Whether an open document would be answered otherwise now, because of a change elsewhere. */
function staleAnswer(context: Context, answered: Map<string, string>): boolean {
  let stale = false;
  for (const [file, resultId] of answered) {
    if (!context.documents.has(file)) {
      answered.delete(file);
      continue;
    }
    const now = reportOf(context, knownFindings(context, file)).resultId;
    if (now === resultId) continue;
    answered.set(file, now);
    stale = true;
  }
  return stale;
}
