import { commands, Disposable, FileType, l10n, Uri, window, workspace } from "vscode";

import { fixAllKind, fixRuleKind, suppressFileKind } from "../../shared/src/protocol";

const name = "cors-lens.json";
const start = `{
  // Every key is optional; completion names them, and the rules.
  "rules": {}
}
`;

/** Commands for the settings that a project shares, and for what is done with the problems of a file. */
export function offerFileCommands(): Disposable {
  return Disposable.from(
    commands.registerCommand("corsLens.createConfiguration", createConfiguration),
    commands.registerCommand("corsLens.fixAll", () => apply(fixAllKind)),
    commands.registerCommand("corsLens.fixRule", () => apply(fixRuleKind)),
    commands.registerCommand("corsLens.suppressInFile", () => apply(suppressFileKind)),
  );
}

/** The first code action of a kind where the cursor is; the editor says so where there is none. */
async function apply(kind: string): Promise<void> {
  await commands.executeCommand("editor.action.codeAction", { kind, apply: "first" });
}

/** Makes the file in the folder that is chosen, or opens the one that is there. */
async function createConfiguration(): Promise<void> {
  const folders = workspace.workspaceFolders ?? [];
  const folder =
    folders.length > 1 ? await window.showWorkspaceFolderPick() : workspace.workspaceFolders?.[0];
  if (!folder) {
    if (folders.length === 0)
      void window.showInformationMessage(l10n.t("Open a folder first: the file belongs in one."));
    return;
  }
  const file = Uri.joinPath(folder.uri, name);
  if (!(await isFile(file))) await workspace.fs.writeFile(file, new TextEncoder().encode(start));
  await window.showTextDocument(file);
}

async function isFile(file: Uri): Promise<boolean> {
  try {
    return (await workspace.fs.stat(file)).type === FileType.File;
  } catch {
    // Not there.
    return false;
  }
}
