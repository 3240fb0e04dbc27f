import assert from "node:assert/strict";
import path from "node:path";
import { commands, extensions } from "vscode";
import { diagnosticsOf, openFile, problem, revert } from "./editor";

describe("The packed extension", () => {
  it("is the one under test, installed from its package", async () => {
    const extension = extensions.getExtension("cors-lens.cors-lens");
    assert.ok(extension, "cors-lens is not installed");
    const installed = process.env.E2E_EXTENSIONS;
    assert.ok(installed);
    assert.equal(path.dirname(extension.extensionPath), installed);
    await openFile("orders-ts", "lib/orders-stack.ts");
    await extension.activate();
    assert.ok(extension.isActive);
  });

  it("finds the same problems after its server was restarted", async () => {
    const stack = await openFile("orders-ts", "lib/orders-stack.ts");
    await problem(stack, "origin-never-matches");
    const cleared = diagnosticsOf(stack.uri, (all) => all.length === 0);
    await commands.executeCommand("corsLens.restart");
    await cleared;
    await problem(stack, "origin-never-matches");
    await revert(stack);
  });

  it("shows its output only when asked", async () => {
    const all = await commands.getCommands(true);
    assert.ok(all.includes("corsLens.showOutput"));
    await commands.executeCommand("corsLens.showOutput");
  });
});
