import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type CodeLens, commands, env, extensions, window, workspace } from "vscode";
import { folder, openFile } from "../editor";

/** As `pseudo.mjs` writes it, with an icon in it perhaps. */
const translated = /^⟦[^]*⟧$/;

describe("In another language", () => {
  let server: Server;
  before(async () => {
    server = createServer((_request, response) => response.writeHead(204).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  after((done) => {
    server.close(done);
  });

  it("every text of package.json is in that language", () => {
    assert.equal(env.language, "qps-ploc");
    const extension = extensions.getExtension("cors-lens.cors-lens");
    assert.ok(extension);
    const { contributes } = extension.packageJSON as { contributes: Record<string, unknown> };
    const {
      commands: list,
      configuration,
      walkthroughs,
    } = contributes as {
      // VS Code keeps the English titles of commands beside the others.
      commands: { title: { value: string } }[];
      configuration: {
        properties: Record<string, { markdownDescription: string; enumDescriptions?: string[] }>;
      };
      walkthroughs: {
        title: string;
        description: string;
        steps: { title: string; description: string }[];
      }[];
    };
    const texts = [
      ...list.map(({ title }) => title.value),
      ...Object.values(configuration.properties).flatMap((setting) => [
        setting.markdownDescription,
        ...(setting.enumDescriptions ?? []),
      ]),
      ...walkthroughs.flatMap(({ title, description, steps }) => [
        title,
        description,
        ...steps.flatMap((step) => [step.title, step.description]),
      ]),
    ];
    assert.ok(texts.length > 30);
    assert.deepEqual(
      texts.filter((text) => !translated.test(text)),
      [],
    );
    // A link stays one: its command is no text.
    assert.match(
      walkthroughs[0]?.steps[0]?.description ?? "",
      /\]\(command:corsLens\.openExample\)/,
    );
  });

  it("the client speaks it too", async () => {
    await openFile("orders-ts", "lib/orders-stack.ts");
    const { port } = server.address() as AddressInfo;
    const { fsPath } = folder("orders-ts");
    const wish = {
      url: `http://127.0.0.1:${String(port)}`,
      api: `${fsPath} ${fsPath}/lib/orders-stack.ts#Api`, // whose pages' origins are known
    };
    let done = false;
    const finished = Promise.resolve(commands.executeCommand("corsLens.probe", wish));
    void finished.finally(() => (done = true));
    // As pressing Enter at every question; mocha's own patience ends it when that does not help.
    while (!done) await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    await finished;
    const report = workspace.textDocuments.find(({ uri }) => uri.scheme === "cors-probe");
    assert.ok(report);
    const lenses = await commands.executeCommand<CodeLens[]>(
      "vscode.executeCodeLensProvider",
      report.uri,
    );
    const titles = lenses.map(({ command }) => command?.title ?? "");
    assert.ok(titles.length >= 3);
    assert.deepEqual(
      titles.filter((title) => !translated.test(title)),
      [],
    );
    await window.showTextDocument(report);
    const opened = new Promise<string>((resolve) => {
      window.tabGroups.onDidChangeTabs(({ opened: [tab] }) => {
        if (tab) resolve(tab.label);
      });
    });
    await commands.executeCommand("corsLens.probe.draw");
    assert.match(await opened, translated);
  });
});
