import {
  commands,
  type Disposable,
  type ExtensionContext,
  l10n,
  Uri,
  window,
  workspace,
} from "vscode";
import { explainCommand } from "../../shared/src/protocol";

/** The command behind a problem's rule, and in the palette: the rule's page, which comes with the extension. */
export function offerRulePages(context: ExtensionContext): Disposable {
  return commands.registerCommand(explainCommand, async (wanted?: unknown) => {
    const rule = typeof wanted === "string" ? wanted : await chooseRule(context);
    const page = rule === undefined ? undefined : pageOf(rule, context);
    if (page) await commands.executeCommand("markdown.showPreviewToSide", page);
  });
}

/** The page of a rule as Markdown; `undefined` when there is no such rule. */
export async function textOfPage(
  rule: string,
  context: ExtensionContext,
): Promise<string | undefined> {
  const page = pageOf(rule, context);
  if (!page) return undefined;
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(page));
  } catch {
    return undefined;
  }
}

async function chooseRule({ extensionUri }: ExtensionContext): Promise<string | undefined> {
  const files = await workspace.fs.readDirectory(Uri.joinPath(extensionUri, "dist", "rules"));
  const rules = files.map(([name]) => name.replace(/\.md$/, "")).sort();
  return window.showQuickPick(rules, { title: l10n.t("Explain a Rule") });
}

function pageOf(rule: string, { extensionUri }: ExtensionContext): Uri | undefined {
  if (!/^[a-z][a-z0-9-]*$/.test(rule)) return undefined;
  return Uri.joinPath(extensionUri, "dist", "rules", `${rule}.md`);
}
