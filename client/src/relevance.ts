import { CancellationTokenSource, Disposable, type TextDocument, workspace } from "vscode";
import { isReadable } from "./documents";

/**
 * What a CDK stack, a template of an API, or a handler that answers a browser cannot be written without. Of templates only
 * those with an API, a URL of a function or CORS are worth a process.
 */
const mention =
  /aws-cdk|aws_cdk|access-control-allow-|AWS::Serverless::(?:Http)?Api|Type:\s*(?:Http)?Api\b|AWS::ApiGateway|FunctionUrlConfig|AWS::Lambda::Url|CorsConfiguration/i;

/**
 * Calls `begin` once, as soon as there is something to check: a CDK app in the workspace, or an open or saved file that
 * speaks of CDK, of an API in a template, or of CORS. Until then the extension costs one file search and no process.
 */
export function onceRelevant(begin: () => void): Disposable {
  const search = new CancellationTokenSource();
  const newApp = workspace.createFileSystemWatcher("**/cdk.json", false, true, true);
  const waiting = Disposable.from(
    { dispose: () => search.cancel() },
    search,
    newApp,
    newApp.onDidCreate(relevant),
    workspace.onDidOpenTextDocument(look),
    workspace.onDidSaveTextDocument(look),
    workspace.onDidChangeWorkspaceFolders(() => void findApp()),
  );
  let begun = false;

  function relevant(): void {
    if (begun) return;
    begun = true;
    waiting.dispose();
    begin();
  }

  function look(document: TextDocument): void {
    if (isReadable(document) && mention.test(document.getText())) relevant();
  }

  async function findApp(): Promise<void> {
    const skip = "**/{node_modules,cdk.out,.venv,venv,dist}/**";
    const found = await workspace.findFiles("**/cdk.json", skip, 1, search.token);
    if (found.length > 0) relevant();
  }

  workspace.textDocuments.forEach(look);
  void findApp();
  return waiting;
}
