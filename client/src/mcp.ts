import {
  Disposable,
  type ExtensionContext,
  l10n,
  lm,
  McpStdioServerDefinition,
  workspace,
} from "vscode";

/** Offers `cors-lens mcp` to the agents of the editor, where it knows such servers. */
export function offerMcpServer(context: ExtensionContext): Disposable {
  if (typeof lm?.registerMcpServerDefinitionProvider !== "function") {
    return new Disposable(() => undefined);
  }
  return lm.registerMcpServerDefinitionProvider("corsLens.mcp", {
    provideMcpServerDefinitions: () => {
      const program = context.asAbsolutePath("dist/cli.js");
      // The editor's own executable is Node when it is told so.
      const server = new McpStdioServerDefinition(
        l10n.t("CORS Lens"),
        process.execPath,
        [program, "mcp"],
        { ELECTRON_RUN_AS_NODE: "1" },
        versionOf(context),
      );
      const [folder] = workspace.workspaceFolders ?? [];
      if (folder) server.cwd = folder.uri;
      return [server];
    },
  });
}

/** Agents list a server's tools anew when its version changes. */
function versionOf({ extension }: ExtensionContext): string {
  const manifest: unknown = extension.packageJSON;
  const isObject = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return isObject ? String(manifest.version) : "0";
}
