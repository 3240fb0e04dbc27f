/** Reports of probes, kept while the window lives, and shown as documents that nobody can change. */
import { withoutEnd } from "../../../shared/src/base/trim";
import { EventEmitter, l10n, type TextDocumentContentProvider, Uri } from "vscode";
import type { ProbeAnswer, ProbeQuestion } from "../../../shared/src/protocol";

export const scheme = "cors-probe";

/** What was asked and what came of it. */
export interface Report {
  readonly question: ProbeQuestion;
  readonly answer: ProbeAnswer;
}

export class Reports implements TextDocumentContentProvider {
  readonly #reports = new Map<string, Report>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;

  /** Stores a report under its endpoint's own document; a second probe of the endpoint replaces the first. */
  add(report: Report): Uri {
    const name = report.answer.endpoint.replace(/^[a-z]+:\/\//i, "").replace(/[^\w.-]+/g, "-");
    const uri = Uri.from({ scheme, path: `/${withoutEnd(name, "-")}.cors-probe` });
    this.#reports.set(uri.toString(), report);
    this.#changed.fire(uri);
    return uri;
  }

  of(uri: Uri): Report | undefined {
    return this.#reports.get(uri.toString());
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.of(uri)?.answer.text ?? `${l10n.t("# This report is gone: probe again.")}\n`;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
