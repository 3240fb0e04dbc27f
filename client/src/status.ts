import {
  Disposable,
  l10n,
  languages,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  type Uri,
} from "vscode";
import { diagnosticSource } from "../../shared/src/protocol";
import { selector } from "./documents";
import type { ServerState, Session } from "./session";

/** The entry in the language status menu: what the server is doing and how many problems it has found. */
export function showStatus(session: Session): Disposable {
  const item = languages.createLanguageStatusItem("corsLens.status", selector);
  item.name = l10n.t("CORS Lens");
  let state: ServerState = "waiting";
  let skipped: readonly string[] = [];
  const problems = new Map<string, number>();

  const show = (): void => {
    const count = [...problems.values()].reduce((sum, n) => sum + n, 0);
    display(item, state, count, skipped);
  };
  const count = (uris: readonly Uri[]): void => {
    for (const uri of uris) {
      const own = languages.getDiagnostics(uri).filter((d) => d.source === diagnosticSource);
      if (own.length > 0) problems.set(uri.toString(), own.length);
      else problems.delete(uri.toString());
    }
    show();
  };

  show();
  return Disposable.from(
    item,
    session.onDidChangeState((next) => {
      state = next;
      show();
    }),
    session.onDidChangeSkipped((files) => {
      skipped = files;
      show();
    }),
    languages.onDidChangeDiagnostics(({ uris }) => count(uris)),
  );
}

function display(
  item: LanguageStatusItem,
  state: ServerState,
  problems: number,
  skipped: readonly string[],
): void {
  const restart = { title: l10n.t("Restart"), command: "corsLens.restart" };
  const output = { title: l10n.t("Show output"), command: "corsLens.showOutput" };
  item.busy = state === "starting";
  item.severity =
    state === "stopped"
      ? LanguageStatusSeverity.Error
      : skipped.length > 0
        ? LanguageStatusSeverity.Warning
        : LanguageStatusSeverity.Information;
  item.command = state === "stopped" ? restart : output;
  item.text = l10n.t("CORS Lens");
  item.detail =
    state === "running" && skipped.length > 0 ? leftOut(skipped) : describe(state, problems);
}

/** A file that brings the server down is named, as nothing is said of what stands in it. */
function leftOut(files: readonly string[]): string {
  const names = files.map((file) => file.slice(file.lastIndexOf("/") + 1)).join(", ");
  return l10n.t("left out until changed: {0}", names);
}

function describe(state: ServerState, problems: number): string {
  switch (state) {
    case "waiting":
      return l10n.t("no CDK app in this workspace");
    case "starting":
      return l10n.t("starting");
    case "stopped":
      return l10n.t("the language server has stopped");
    case "running":
      if (problems === 0) return l10n.t("no problems found");
      return problems === 1 ? l10n.t("1 problem") : l10n.t("{0} problems", problems);
  }
}
