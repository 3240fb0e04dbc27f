/** The panel beside the report in which the exchange is drawn. */
import { randomBytes } from "node:crypto";
import {
  type Disposable,
  env,
  l10n,
  type Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from "vscode";
import type { Report, Reports } from "./reports";
import { sequencePage, type Words } from "./sequence";

/** One panel for all reports: a second probe is drawn in the place of the first. */
export class ProbePanel implements Disposable {
  readonly #reports: Reports;
  #panel: WebviewPanel | undefined;
  #report: Report | undefined;
  #cell = 0;

  constructor(reports: Reports) {
    this.#reports = reports;
  }

  show(uri: Uri): void {
    this.#report = this.#reports.of(uri);
    if (!this.#report) return;
    this.#cell = 0;
    this.#panel ??= this.#open();
    this.#panel.reveal(ViewColumn.Beside, false);
    this.#draw();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): WebviewPanel {
    const panel = window.createWebviewPanel(
      "corsLens.probe",
      l10n.t("CORS Exchange"),
      ViewColumn.Beside,
      { enableScripts: true, localResourceRoots: [], enableCommandUris: false },
    );
    panel.onDidDispose(() => (this.#panel = undefined));
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    return panel;
  }

  #receive(message: unknown): void {
    if (typeof message !== "object" || message === null || !this.#report) return;
    const { cells } = this.#report.answer;
    if ("cell" in message && typeof message.cell === "number" && message.cell in cells) {
      this.#cell = message.cell;
      this.#draw();
    }
    if ("copy" in message) void env.clipboard.writeText(cells[this.#cell]?.curl ?? "");
  }

  #draw(): void {
    if (!this.#panel || !this.#report) return;
    const nonce = randomBytes(16).toString("hex");
    this.#panel.webview.html = sequencePage(this.#report.answer, this.#cell, nonce, words());
  }
}

function words(): Words {
  return {
    title: l10n.t("Where the request stops"),
    choose: l10n.t("Requests that were judged"),
    copy: l10n.t("Copy as curl"),
    stopsHere: l10n.t("the browser stops here"),
    notSent: l10n.t("never sent"),
    verdicts: {
      allowed: l10n.t("allowed"),
      blocked: l10n.t("blocked"),
      conditional: l10n.t("conditional"),
    },
  };
}
