/** "CORS Lens: Probe Deployed Endpoint…" and what belongs to it. */
import {
  commands,
  Disposable,
  env,
  type ExtensionContext,
  l10n,
  ProgressLocation,
  Uri,
  window,
  workspace,
} from "vscode";
import {
  type ProbeAnswer,
  type ProbePreview,
  type ProbeQuestion,
  probeRequests,
  type ProbeTarget,
} from "../../../shared/src/protocol";
import type { Session } from "../session";
import { chooseOrigins, choosePlace, type Place, typeUrl } from "./choose";
import { confirm } from "./confirm";
import { showReports } from "./document";
import { ProbePanel } from "./panel";
import { Reports, scheme } from "./reports";

/** What a lens or another extension already knows; the user is still shown all of it before anything is sent. */
interface Wish {
  /** Id of a target. */
  readonly api?: string;
  /** Stands in the input box when it opens. */
  readonly url?: string;
}

/** Registers the command, the reports and the panel. Nothing is asked of any endpoint before the user has confirmed it. */
export function offerProbe(session: Session, context: ExtensionContext): Disposable {
  const reports = new Reports();
  const panel = new ProbePanel(reports);
  const probe = new Probe(session, context, reports);
  const guarded = (work: () => Promise<void>) => () =>
    work().catch((error: unknown) => {
      void window.showErrorMessage(error instanceof Error ? error.message : String(error));
    });
  return Disposable.from(
    reports,
    panel,
    showReports(reports),
    workspace.registerTextDocumentContentProvider(scheme, reports),
    commands.registerCommand("corsLens.probe", (wish?: unknown) =>
      guarded(() => probe.begin(wishOf(wish)))(),
    ),
    commands.registerCommand("corsLens.probe.clear", () => guarded(() => probe.clear())()),
    commands.registerCommand("corsLens.probe.again", (uri: Uri) =>
      guarded(() => probe.again(uri))(),
    ),
    commands.registerCommand("corsLens.probe.draw", (uri?: Uri) => {
      const shown = uri ?? window.activeTextEditor?.document.uri;
      if (shown) panel.show(shown);
    }),
    commands.registerCommand("corsLens.probe.copy", (text: string) =>
      env.clipboard.writeText(text),
    ),
    commands.registerCommand("corsLens.probe.save", (uri: Uri) =>
      guarded(() => save(reports, uri))(),
    ),
  );
}

function wishOf(value: unknown): Wish {
  if (typeof value !== "object" || value === null) return {};
  const text = (name: keyof Wish): Wish => {
    const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
    return typeof found === "string" ? { [name]: found } : {};
  };
  return { ...text("api"), ...text("url") };
}

class Probe {
  constructor(
    private readonly session: Session,
    private readonly context: ExtensionContext,
    private readonly reports: Reports,
  ) {}

  /** From the first question to the open report. */
  async begin(wish: Wish): Promise<void> {
    if (!isTrusted()) return;
    const targets = await this.#ask<readonly ProbeTarget[]>(probeRequests.targets, {});
    const place = await this.#place(targets, wish);
    if (!place) return;
    const origins = await chooseOrigins(place.target?.origins ?? []);
    if (!origins) return;
    const { url, target, typed } = place;
    await this.#run({ url, origins, typed, ...(target ? { api: target.id } : {}) });
  }

  /** Takes the problems of the last probe off the code. */
  async clear(): Promise<void> {
    await this.#ask<null>(probeRequests.clear, {});
  }

  /** The same question once more; confirmed once more, too. */
  async again(uri: Uri): Promise<void> {
    const report = this.reports.of(uri);
    if (report && isTrusted())
      await this.#run({ ...report.question, headers: [], own: false, send: [] });
  }

  async #place(targets: readonly ProbeTarget[], wish: Wish): Promise<Place | undefined> {
    const target = targets.find(({ id }) => id === wish.api);
    if (wish.url !== undefined) return typeUrl(target, wish.url);
    return choosePlace(target ? [target] : targets, target ? [] : this.#recent);
  }

  async #run(question: ProbeQuestion): Promise<void> {
    const preview = await this.#ask<ProbePreview>(probeRequests.plan, question);
    const consent = await confirm(preview, this.context.secrets);
    if (!consent) return;
    const answer = await this.#withProgress({ ...question, ...consent });
    if (!answer) return;
    await this.#remember(question);
    // What was agreed to once is not kept: neither headers nor requests that may change data.
    const uri = this.reports.add({ question, answer });
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { preview: false });
  }

  #withProgress(question: ProbeQuestion): Thenable<ProbeAnswer | undefined> {
    const options = {
      location: ProgressLocation.Notification,
      title: l10n.t("Probing {0}", question.url),
      cancellable: true,
    };
    return window.withProgress(options, async (progress, token) => {
      let done = 0;
      return this.session.requestWithProgress<ProbeAnswer>(
        probeRequests.run,
        question,
        token,
        (report) => {
          const percentage = report.percentage ?? done;
          progress.report({ message: report.message ?? "", increment: percentage - done });
          done = percentage;
        },
      );
    });
  }

  #ask<Result>(method: string, params: unknown): Thenable<Result> {
    const options = { location: ProgressLocation.Window, title: l10n.t("CORS Lens") };
    return window.withProgress(options, (_, token) =>
      this.session.request<Result>(method, params, token),
    );
  }

  get #recent(): readonly string[] {
    return this.context.workspaceState.get<readonly string[]>("probe.recent", []);
  }

  async #remember({ url }: ProbeQuestion): Promise<void> {
    const [plain = url] = url.split(/[?#]/);
    const urls = [plain, ...this.#recent.filter((other) => other !== plain)].slice(0, 8);
    await this.context.workspaceState.update("probe.recent", urls);
  }
}

function isTrusted(): boolean {
  if (workspace.isTrusted) return true;
  void window.showWarningMessage(l10n.t("Endpoints are probed in trusted workspaces only."));
  return false;
}

async function save(reports: Reports, uri: Uri): Promise<void> {
  const report = reports.of(uri);
  if (!report) return;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = uri.path.slice(1);
  const target = await window.showSaveDialog({
    ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}),
    filters: { [l10n.t("CORS probe")]: ["cors-probe", "txt"] },
  });
  if (target) await workspace.fs.writeFile(target, new TextEncoder().encode(report.answer.text));
}
