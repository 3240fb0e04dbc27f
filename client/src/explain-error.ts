import {
  type CancellationToken,
  commands,
  Disposable,
  env,
  l10n,
  ProgressLocation,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { type ExplainedError, explainErrorRequest } from "../../shared/src/protocol";
import { showPlace } from "./places";
import type { Session } from "./session";

const scheme = "cors-error";

/** The command that leads an error of a browser's console to the line that it comes from. */
export function offerExplainError(session: Session): Disposable {
  const texts = new Map<string, string>();
  return Disposable.from(
    workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) => texts.get(uri.path) ?? "",
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === scheme) texts.delete(uri.path);
    }),
    commands.registerCommand("corsLens.explainError", async (given?: unknown) => {
      const text = typeof given === "string" ? given : await ask();
      if (text) await explain(text, session, texts);
    }),
  );
}

/** Offers what lies on the clipboard, where that speaks of a request. */
async function ask(): Promise<string | undefined> {
  const copied = await env.clipboard.readText();
  const isError = /cors|access-control|https?:\/\//i.test(copied) && copied.length < 20_000;
  return window.showInputBox({
    title: l10n.t("Explain a Console Error"),
    prompt: l10n.t("What the browser's console says, or “CORS error” and the URL"),
    placeHolder:
      "Access to fetch at 'https://…' from origin 'https://…' has been blocked by CORS policy: …",
    ignoreFocusOut: true,
    ...(isError ? { value: copied.replace(/\s+/g, " ").trim() } : {}),
  });
}

async function explain(text: string, session: Session, texts: Map<string, string>): Promise<void> {
  const title = l10n.t("CORS Lens: looking for the line");
  const errors = await window.withProgress(
    { location: ProgressLocation.Window, title },
    (_progress, token: CancellationToken) =>
      session.request<readonly ExplainedError[]>(explainErrorRequest, { text }, token),
  );
  const [first] = errors;
  if (!first) {
    void window.showInformationMessage(
      l10n.t("This is no error of a browser's console, and it has no URL. Paste the whole line."),
    );
    return;
  }
  const uri = Uri.from({
    scheme,
    path: `/${l10n.t("Console Error")} ${String(texts.size + 1)}.txt`,
  });
  texts.set(uri.path, `${errors.map((error) => error.text).join("\n\n")}\n`);
  if (first.at) await showPlace(first.at);
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, {
    viewColumn: ViewColumn.Beside,
    preserveFocus: first.at !== undefined,
    preview: true,
  });
}
