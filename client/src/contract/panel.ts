import { randomBytes } from "node:crypto";
import {
  CancellationTokenSource,
  commands,
  Disposable,
  l10n,
  ViewColumn,
  type WebviewPanel,
  window,
} from "vscode";
import { contractRequest, type ContractRow } from "../../../shared/src/protocol";
import { showPlace } from "../places";
import type { Session } from "../session";
import { contractPage, type ContractWords } from "./page";

/** The command that shows every call that pages may make. */
export function offerContract(session: Session): Disposable {
  const view = new ContractView(session);
  return Disposable.from(
    view,
    commands.registerCommand("corsLens.showContract", () => view.show()),
  );
}

/** One panel; the command draws it anew. */
class ContractView implements Disposable {
  readonly #session: Session;
  #panel: WebviewPanel | undefined;
  #rows: readonly ContractRow[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  async show(): Promise<void> {
    const asking = new CancellationTokenSource();
    this.#rows = await this.#session.request<readonly ContractRow[]>(
      contractRequest,
      {},
      asking.token,
    );
    this.#panel ??= this.#open();
    this.#panel.reveal(undefined, false);
    const nonce = randomBytes(16).toString("hex");
    this.#panel.webview.html = contractPage(this.#rows, nonce, words());
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): WebviewPanel {
    const panel = window.createWebviewPanel(
      "corsLens.contract",
      l10n.t("CORS Contract"),
      ViewColumn.Beside,
      { enableScripts: true, localResourceRoots: [], enableCommandUris: false },
    );
    panel.onDidDispose(() => (this.#panel = undefined));
    panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message));
    return panel;
  }

  async #receive(message: unknown): Promise<void> {
    if (typeof message !== "object" || message === null) return;
    if (!("row" in message) || typeof message.row !== "number" || !("go" in message)) return;
    const row = this.#rows[message.row];
    if (!row) return;
    if (message.go === "route") await showPlace(row.route);
    if (message.go === "without") await showPlace(row.without.at);
    if (message.go === "with") await showPlace(row.with.at);
  }
}

function words(): ContractWords {
  return {
    title: l10n.t("What pages may call"),
    filter: l10n.t("Filter by route, page, header or step"),
    none: l10n.t("No API that pages may call was found."),
    refused: l10n.t("Only calls that are not allowed"),
    heads: [
      l10n.t("API"),
      l10n.t("Call"),
      l10n.t("Page"),
      l10n.t("Without credentials"),
      l10n.t("With credentials"),
    ],
    verdicts: {
      allowed: l10n.t("allowed"),
      blocked: l10n.t("blocked"),
      depends: l10n.t("depends"),
      unknown: l10n.t("unknown"),
    },
  };
}
