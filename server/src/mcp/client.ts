/** What the server asks its client for, and how it answers. */
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { fileURLToPath } from "node:url";
import type { Answer, Consent, Roots } from "./actions";

/** Asks through the client, where it can show a question. */
export function consentOf({ server }: McpServer): Consent {
  return async (host) => {
    if (!server.getClientCapabilities()?.elicitation) return undefined;
    const { action, content } = await server.elicitInput({
      message: `CORS Lens would send up to 60 OPTIONS, GET and HEAD requests to ${host}. Continue?`,
      requestedSchema: {
        type: "object",
        properties: {
          send: { type: "boolean", title: `Send requests to ${host}`, default: false },
        },
        required: ["send"],
      },
    });
    return action === "accept" && content?.["send"] === true;
  };
}

/** The folders that the client names as its roots, where it names any. */
export function rootsOf({ server }: McpServer): Roots {
  return async () => {
    if (!server.getClientCapabilities()?.roots) return undefined;
    const { roots } = await server.listRoots();
    return roots.flatMap(({ uri }) => folderOf(uri) ?? []);
  };
}

function folderOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    // Not on this machine.
    return undefined;
  }
}

/** The answer in words and as data. What the caller can put right is an answer too, for the agent to act on. */
export async function answered(action: Promise<Answer>): Promise<CallToolResult> {
  try {
    const { text, data } = await action;
    return { content: [{ type: "text", text }], structuredContent: { ...data } };
  } catch (error) {
    // Not `instanceof`: the class belongs to another bundle.
    if (!(error instanceof Error) || error.name !== "UserError") throw error;
    return { content: [{ type: "text", text: error.message }], isError: true };
  }
}
