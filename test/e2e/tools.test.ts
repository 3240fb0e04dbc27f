import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import {
  CancellationTokenSource,
  commands,
  LanguageModelTextPart,
  lm,
  type Tab,
  TabInputWebview,
  Uri,
  window,
  workspace,
} from "vscode";
import { diagnosticsOf, folder, openFile, problem, quickFixes, revert } from "./editor";

async function ask(input: object): Promise<string> {
  const token = new CancellationTokenSource().token;
  const options = { input, toolInvocationToken: undefined };
  const { content } = await lm.invokeTool("cors-lens_findings", options, token);
  return content.map((part) => (part instanceof LanguageModelTextPart ? part.value : "")).join("");
}

describe("What the extension offers besides problems", () => {
  it("a tool for language models that lists findings and explains a rule", async () => {
    const stack = await openFile("orders-ts", "lib/orders-stack.ts");
    await problem(stack, "origin-never-matches");
    assert.ok(lm.tools.some(({ name }) => name === "cors-lens_findings"));
    const all = await ask({});
    assert.match(
      all,
      /orders-ts\/lib\/orders-stack\.ts:\d+:\d+ error origin-never-matches\n {2}No browser/,
    );
    const one = await ask({ file: stack.uri.fsPath, rule: "origin-never-matches" });
    assert.match(one, /fix \(safe\): Write https:/);
    assert.match(one, /# origin-never-matches\n[^]*## What the browser does/);
    assert.match(await ask({ file: stack.uri.fsPath, rule: "none" }), /reports nothing/);
    await revert(stack);
  });

  it("the line that an error of the browser's console comes from", async () => {
    const stack = await openFile("orders-ts", "lib/orders-stack.ts");
    await problem(stack, "origin-never-matches");
    const text =
      "Access to fetch at 'https://x1.execute-api.eu-west-1.amazonaws.com/orders/42' from origin 'https://app.acmecorp.com' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.";
    await commands.executeCommand("corsLens.explainError", text);
    const shown = workspace.textDocuments.find(({ uri }) => uri.scheme === "cors-error");
    assert.ok(shown);
    assert.match(shown.getText(), /step {2}preflight-allow-origin-present/);
    assert.match(shown.getText(), /rule {2}origin-never-matches/);
    // Several applications of the workspace have the path; each is wrong in the same place.
    const code = window.visibleTextEditors.find(({ document }) => document.uri.scheme === "file");
    assert.ok(code);
    const line = code.document.lineAt(code.selection.active.line).text;
    assert.match(line, /https:\/\/app\.acmecorp\.com\//);
    await revert(stack);
  });

  it("the contract with pages, in a tab of its own", async () => {
    const opened = new Promise<void>((resolve) => {
      const isContract = ({ input }: Tab): boolean =>
        input instanceof TabInputWebview && input.viewType.endsWith("corsLens.contract");
      const listening = window.tabGroups.onDidChangeTabs((change) => {
        if (![...change.opened, ...change.changed].some(isContract)) return;
        listening.dispose();
        resolve();
      });
    });
    await commands.executeCommand("corsLens.showContract");
    await opened;
    await commands.executeCommand("workbench.action.closeActiveEditor");
  });

  it("a page for each rule, from its own files, one step away from the problem", async () => {
    const stack = await openFile("orders-ts", "lib/orders-stack.ts");
    const found = await problem(stack, "origin-never-matches");
    const target = typeof found.code === "object" ? found.code.target : undefined;
    assert.equal(target?.scheme, "command");
    const offered = await quickFixes(stack, found);
    const explain = offered.find(({ title }) => title === "Explain origin-never-matches");
    assert.ok(explain?.command);
    const opened = new Promise<string>((resolve) => {
      window.tabGroups.onDidChangeTabs(({ opened: [tab] }) => {
        if (tab) resolve(tab.label);
      });
    });
    const { command, arguments: args = [] } = explain.command;
    await commands.executeCommand(command, ...(args as unknown[]));
    assert.match(await opened, /origin-never-matches\.md/);
    await commands.executeCommand("workbench.action.closeActiveEditor");
    await revert(stack);
  });

  it("an example to begin with, in a copy of its own", async () => {
    await commands.executeCommand("corsLens.openExample");
    const shown = window.activeTextEditor?.document;
    assert.ok(shown);
    assert.ok(shown.uri.path.endsWith("/example/lib/orders-stack.ts"), shown.uri.path);
    await problem(shown, "origin-never-matches");
    await revert(shown);
  });

  it("completion and errors for cors-lens.json, by its schema", async () => {
    const file = Uri.joinPath(folder("orders-ts"), "cors-lens.json");
    writeFileSync(file.fsPath, '{ "rules": { "any-origin-alowed": "off" } }\n');
    const document = await workspace.openTextDocument(file);
    await window.showTextDocument(document);
    assert.equal(document.languageId, "jsonc");
    const [own] = await diagnosticsOf(file, (found) => found.length > 0);
    assert.match(own?.message ?? "", /Did you mean "any-origin-allowed"/);
    await revert(document);
    await workspace.fs.delete(file);
    await diagnosticsOf(file, (found) => found.length === 0);
  });

  it("a language for the reports of a probe", async () => {
    const document = await workspace.openTextDocument({
      content: "# CORS probe of https://api.example/orders\n",
      language: "cors-probe",
    });
    assert.equal(document.languageId, "cors-probe");
  });
});
