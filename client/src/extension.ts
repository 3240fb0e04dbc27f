import { commands, type ExtensionContext, l10n, window } from "vscode";
import { offerFileCommands } from "./configuration-file";
import { offerContract } from "./contract/panel";
import { openExample } from "./example";
import { offerExplainError } from "./explain-error";
import { offerFindings } from "./lm-tool";
import { offerMcpServer } from "./mcp";
import { offerProbe } from "./probe/probe";
import { onceRelevant } from "./relevance";
import { offerRulePages } from "./rule-pages";
import { Session } from "./session";
import { offerShowFindings } from "./show-findings";
import { showStatus } from "./status";

/** Called by VS Code for the first file in a language of the extension, or a workspace with a `cdk.json`. */
export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel(l10n.t("CORS Lens"), { log: true });
  const session = new Session(context.asAbsolutePath("dist/server.js"), output);
  context.subscriptions.push(
    output,
    session,
    showStatus(session),
    commands.registerCommand("corsLens.restart", () => session.restart()),
    commands.registerCommand("corsLens.showOutput", () => output.show()),
    commands.registerCommand("corsLens.openExample", () => openExample(context)),
    offerShowFindings(),
    offerRulePages(context),
    offerFindings(session, context),
    offerMcpServer(context),
    offerProbe(session, context),
    offerExplainError(session),
    offerContract(session),
    offerFileCommands(),
    onceRelevant(() => {
      void session.start();
      // The editor's menu has entries of this extension from now on.
      void commands.executeCommand("setContext", "corsLens.active", true);
    }),
  );
}
