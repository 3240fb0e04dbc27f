/** The MCP server: what the command line can do, as tools of an agent. In a bundle of its own, as the SDK is large. */
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { version } from "../../../shared/src/version";
import type { World } from "../commands/command";
import { registerCheckTool } from "./check-tool";
import { registerExplainTool } from "./explain-tool";
import { registerProbeTool } from "./probe-tool";

const instructions = `CORS Lens finds CORS mistakes in AWS CDK applications (TypeScript, JavaScript, Python) and their Lambda handlers without running any code.
Call check after changing a stack, a handler or a page's fetch; explain for the meaning of a rule. probe sends requests to a live host and needs the user's consent.`;

/** A server with all tools, connected to nothing yet. */
export function mcpServer(world: World): McpServer {
  const server = new McpServer(
    { name: "cors-lens", title: "CORS Lens", version },
    { instructions },
  );
  registerCheckTool(server, world);
  registerExplainTool(server, world);
  registerProbeTool(server);
  return server;
}

/** Serves one client over standard input and output until it goes away. */
export async function serveMcp(world: World): Promise<void> {
  const server = mcpServer(world);
  const gone = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
  });
  process.stdin.once("end", () => void server.close());
  await server.connect(new StdioServerTransport());
  await gone;
}
