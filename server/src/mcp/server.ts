/** The MCP server: what the command line can do, as tools of an agent. In a bundle of its own, as the SDK is large. */
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { version } from "../../../shared/src/version";
import type { Actions } from "./actions";
import {
  registerCheck,
  registerContract,
  registerExplain,
  registerExplainCall,
  registerExplainError,
  registerProbe,
} from "./tools";

const instructions = `CORS Lens finds CORS mistakes in AWS CDK applications (TypeScript, JavaScript, Python) and their Lambda handlers without running any code.
Call check after changing a stack, a handler or a page's fetch; explain for the meaning of a rule, explain_error when a user shows an error of the browser's console, explain_call and contract for what pages may do. probe sends requests to a live host and needs the user's consent.`;

/** A server with all tools, connected to nothing yet. */
export function mcpServer(actions: Actions): McpServer {
  const server = new McpServer(
    { name: "cors-lens", title: "CORS Lens", version },
    { instructions },
  );
  registerCheck(server, actions);
  registerExplain(server, actions);
  registerExplainCall(server, actions);
  registerExplainError(server, actions);
  registerContract(server, actions);
  registerProbe(server, actions);
  return server;
}

/** Serves one client over standard input and output until it goes away. */
export async function serveMcp(actions: Actions): Promise<void> {
  const server = mcpServer(actions);
  const gone = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
  });
  process.stdin.once("end", () => void server.close());
  await server.connect(new StdioServerTransport());
  await gone;
}
