import { commands, Disposable, FileType, l10n, Uri, window, workspace } from "vscode";

const name = "cors-lens.json";
const start = `{
  // Every key is optional; completion names them, and the rules.
  "rules": {}
}
`;

/** Commands for the settings that a project shares, and for all safe fixes of a file. */
export function offerFileCommands(): Disposable {
  return Disposable.from(
    commands.registerCommand("corsLens.createConfiguration", createConfiguration),
    commands.registerCommand("corsLens.fixAll", () =>
      commands.executeCommand("editor.action.codeAction", {
        kind: "source.fixAll.cors-lens",
        apply: "first",
      }),
    ),
  );
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
