import type { Context } from "./context";
import { shownReports } from "./reports";

/** Diagnostics for editors that cannot ask for them: sent after each update, where they differ from the last. */
export function pushDiagnostics(context: Context): void {
  const { connection, checker, documents, typing } = context;
  const sent = new Map<string, string>();

  // The editor moves what it was told along with the text until it is told anew.
  typing.onRest(() => {
    if (checker.isIdle) send();
  });
  checker.onIdle(send);

  function send(): void {
    if (checker.hasStopped || typing.isActive) return;
    const shown = shownReports(context);
    for (const file of sent.keys()) {
      if (shown.has(file)) continue;
      sent.delete(file);
      void connection.sendDiagnostics({ uri: documents.uri(file), diagnostics: [] });
    }
    for (const [file, { items, resultId }] of shown) {
      if (sent.get(file) === resultId) continue;
      sent.set(file, resultId);
      const version = documents.version(file);
      void connection.sendDiagnostics({
        uri: documents.uri(file),
        diagnostics: items,
        ...(version === undefined ? {} : { version }),
      });
    }
  }
}
