import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type CodeAction,
  commands,
  type Diagnostic,
  type DocumentLink,
  type DocumentSymbol,
  languages,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import { applyQuickFix, diagnosticsOf, folder, openFile, revert, ruleOf, textOf } from "./editor";

const broken = "https://app.acmecorp.com/";

/** Longest wait for an event, in milliseconds; reached only when a test fails. */
const patience = 30_000;

/** An HTTP API that deploys what the stack of `orders-ts` says: it compares origins as texts. */
function deployed(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  const headers: Record<string, string> = { "apigw-requestid": "Jx1f8h2bIAMEJ9g=" };
  if (origin === broken || origin === "http://localhost:4200") {
    headers["access-control-allow-origin"] = origin;
    headers["access-control-allow-credentials"] = "true";
  }
  response.writeHead(request.method === "OPTIONS" ? 204 : 200, headers);
  response.end();
}

describe("Probing a deployed endpoint", () => {
  let server: Server;
  let methods: string[];
  let stack: TextDocument;

  before(async () => {
    methods = [];
    server = createServer((request, response) => {
      methods.push(request.method ?? "");
      deployed(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    stack = await openFile("orders-ts", "lib/orders-stack.ts");
  });
  after(async () => {
    await revert(stack);
    await new Promise((resolve) => server.close(resolve));
  });

  it("asks after the user's consent only, and opens a report", async () => {
    const { port } = server.address() as AddressInfo;
    const finished = commands.executeCommand("corsLens.probe", {
      url: `http://127.0.0.1:${String(port)}`,
      api: apiOf("orders-ts"),
    });
    const report = await accepting(finished);
    assert.ok(methods.length > 0 && methods.length <= 8, `${methods.length} requests`);
    assert.deepEqual(new Set([...methods, "OPTIONS", "GET"]).size, 2, methods.join());
    assert.equal(report.languageId, "cors-probe");
    assert.match(report.getText(), /^# CORS probe of http:\/\/127\.0\.0\.1/);
    assert.match(report.getText(), /\n## Verdicts\n/);
    assert.match(report.getText(), /\n {2}source: lib\/orders-stack\.ts:12\n/);
  });

  it("is offered on the problem that it can tell more about", async () => {
    const wrong = (d: Diagnostic) => ruleOf(d) === "origin-never-matches";
    const problems = await diagnosticsOf(stack.uri, (all) => all.some(wrong));
    const problem = problems.find(wrong);
    assert.ok(problem);
    const actions = await commands.executeCommand<CodeAction[]>(
      "vscode.executeCodeActionProvider",
      stack.uri,
      problem.range,
    );
    const [probe, ...others] = actions.filter(
      ({ command }) => command?.command === "corsLens.probe",
    );
    assert.deepEqual([probe?.title, others.length], ["Probe the deployed Api…", 0]);
    assert.deepEqual(probe?.command?.arguments, [{ api: apiOf("orders-ts") }]);
  });

  it("has its headings in the outline and leads to the line", async () => {
    const { uri } = shownReport();
    const [title] = await commands.executeCommand<DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      uri,
    );
    assert.ok(title);
    const names = title.children.map(({ name }) => name);
    assert.ok(names.includes("Verdicts") && names.includes("Exchanges"), names.join());
    const links = await commands.executeCommand<DocumentLink[]>("vscode.executeLinkProvider", uri);
    const targets = links.map(({ target }) => String(target));
    assert.ok(
      targets.some((target) => target.endsWith("orders-ts/lib/orders-stack.ts#L12")),
      targets.join(),
    );
  });

  it("puts its finding on the guilty line, and the fix takes both away", async () => {
    const found = await live(stack, (all) => all.some((d) => ruleOf(d) === "origin-never-matches"));
    const problem = found.find((d) => ruleOf(d) === "origin-never-matches");
    assert.ok(problem);
    assert.equal(stack.getText(problem.range).replaceAll('"', ""), broken);
    const fixed = stack.getText().replace(broken, broken.slice(0, -1));
    await applyQuickFix(stack, problem, `Write ${broken.slice(0, -1)}`);
    assert.equal(await textOf(stack, (text) => text === fixed), fixed);
    await live(stack, (all) => all.length === 0);
  });

  it("draws the exchange", async () => {
    await window.showTextDocument(shownReport());
    await commands.executeCommand("corsLens.probe.draw");
    await tab("CORS Exchange");
    await revert(stack);
    await commands.executeCommand("workbench.action.closeAllEditors");
    stack = await openFile("orders-ts", "lib/orders-stack.ts");
  });
});

/** Accepts what the editor proposes, step after step, as pressing Enter does, until the report is there. */
async function accepting(finished: Thenable<unknown>): Promise<TextDocument> {
  let done = false;
  const end = Promise.resolve(finished).finally(() => (done = true));
  const late = performance.now() + patience;
  while (!done && performance.now() < late) {
    await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
  }
  assert.ok(done, "the probe did not come to its end");
  await end;
  return shownReport();
}

function shownReport(): TextDocument {
  const report = workspace.textDocuments.find(({ uri }) => uri.scheme === "cors-probe");
  assert.ok(report, "no report is open");
  return report;
}

/** The id of a project's API, as a lens above it passes it on. */
function apiOf(project: string): string {
  const { fsPath } = folder(project);
  return `${fsPath} ${fsPath}/lib/orders-stack.ts#Api`;
}

/** Resolves when a tab with this label is open. */
function tab(label: string): Promise<void> {
  const isOpen = () => window.tabGroups.all.some(({ tabs }) => tabs.some((t) => t.label === label));
  return new Promise((resolve, reject) => {
    const subscription = window.tabGroups.onDidChangeTabs(check);
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`no tab ${label} was opened`));
    }, patience);
    check();

    function check(): void {
      if (!isOpen()) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    }
  });
}

/** What the last probe found in a document, once it satisfies `wanted`. */
function live(
  document: TextDocument,
  wanted: (problems: readonly Diagnostic[]) => boolean,
): Promise<readonly Diagnostic[]> {
  const current = () =>
    languages.getDiagnostics(document.uri).filter(({ source }) => source === "cors-lens probe");
  return new Promise((resolve, reject) => {
    const subscription = languages.onDidChangeDiagnostics(check);
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`the probe's problems are: ${current().map(String).join("; ")}`));
    }, patience);
    check();

    function check(): void {
      const problems = current();
      if (!wanted(problems)) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve(problems);
    }
  });
}
