// What a developer does in the editor, as functions. Everything waits for the event it needs, never for time to pass.
import assert from "node:assert/strict";
import {
  type CodeAction,
  commands,
  type Diagnostic,
  languages,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from "vscode";

/** Longest wait for one event, in milliseconds; reached only when a test fails. */
const patience = 20_000;

/** The folder of a project in the workspace under test. */
export function folder(project: string): Uri {
  const found = workspace.workspaceFolders?.find(({ name }) => name === project);
  assert.ok(found, `the workspace has no folder ${project}`);
  return found.uri;
}

/** Opens a file of a project in an editor. */
export async function openFile(project: string, file: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(Uri.joinPath(folder(project), file));
  await window.showTextDocument(document, { preview: false });
  return document;
}

/** Our problems in a file once they satisfy `wanted`. Fails with what was there instead when that does not happen. */
export function diagnosticsOf(
  uri: Uri,
  wanted: (problems: readonly Diagnostic[]) => boolean,
): Promise<readonly Diagnostic[]> {
  const current = (): Diagnostic[] =>
    languages.getDiagnostics(uri).filter(({ source }) => source === "cors-lens");
  return new Promise((resolve, reject) => {
    const subscription = languages.onDidChangeDiagnostics(check);
    const timer = setTimeout(giveUp, patience);
    check();

    function check(): void {
      const problems = current();
      if (!wanted(problems)) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve(problems);
    }
    function giveUp(): void {
      subscription.dispose();
      const seen = current().map((d) => `${String(ruleOf(d))}: ${d.message}`);
      reject(new Error(`${uri.path} has ${seen.length} problems:\n${seen.join("\n")}`));
    }
  });
}

/** The rule that a problem comes from. */
export function ruleOf({ code }: Diagnostic): string | number | undefined {
  return typeof code === "object" ? code.value : code;
}

/** The problem of a rule in a file, once it is there. */
export async function problem(document: TextDocument, rule: string): Promise<Diagnostic> {
  const isIt = (d: Diagnostic): boolean => ruleOf(d) === rule;
  const found = (await diagnosticsOf(document.uri, (all) => all.some(isIt))).find(isIt);
  assert.ok(found);
  return found;
}

/** The quick fixes that the editor offers at a problem, in its order, edits resolved. */
export async function quickFixes(document: TextDocument, at: Diagnostic): Promise<CodeAction[]> {
  return commands.executeCommand<CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    at.range,
    "quickfix",
    20, // how many actions to resolve: all
  );
}

/** Applies the quick fix with that title, as choosing it in the menu does. */
export async function applyQuickFix(
  document: TextDocument,
  at: Diagnostic,
  title: string | RegExp,
): Promise<void> {
  const offered = await quickFixes(document, at);
  const chosen = offered.find((fix) =>
    typeof title === "string" ? fix.title === title : title.test(fix.title),
  );
  assert.ok(chosen, `no fix "${title}" among: ${offered.map((fix) => fix.title).join("; ")}`);
  if (chosen.edit) assert.ok(await workspace.applyEdit(chosen.edit), "the edit was refused");
  if (chosen.command) {
    const { command, arguments: args = [] } = chosen.command;
    await commands.executeCommand(command, ...(args as unknown[]));
  }
}

/** Types a new text over the whole document, without saving it. */
export async function replace(document: TextDocument, text: string): Promise<void> {
  assert.notEqual(text, document.getText(), "the text would not change");
  const all = new Range(document.positionAt(0), document.positionAt(document.getText().length));
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, all, text);
  assert.ok(await workspace.applyEdit(edit), "the edit was refused");
}

/** Resolves when the document's text satisfies `wanted`. */
export function textOf(document: TextDocument, wanted: (text: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const subscription = workspace.onDidChangeTextDocument(check);
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`${document.uri.path} did not change as wanted:\n${document.getText()}`));
    }, patience);
    check();

    function check(): void {
      const text = document.getText();
      if (!wanted(text)) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve(text);
    }
  });
}

/**
 * Throws away unsaved changes, so that the next test finds the project as it was. The file stays open: closing and
 * opening it again would show the problems of the old text for a moment.
 */
export async function revert(document: TextDocument): Promise<void> {
  await window.showTextDocument(document);
  await commands.executeCommand("workbench.action.files.revert");
  assert.ok(!document.isDirty, "the file still has unsaved changes");
}
