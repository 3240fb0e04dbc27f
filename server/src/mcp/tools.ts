/** The tools as an agent sees them: names, descriptions, arguments. */
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import { fileURLToPath } from "node:url";
import type { Actions, Consent, Roots } from "./actions";

const readsFiles = { readOnlyHint: true, openWorldHint: false, idempotentHint: true };
const sendsRequests = { readOnlyHint: true, openWorldHint: true, idempotentHint: true };

export function registerCheck(server: McpServer, { check }: Actions): void {
  const inputSchema = {
    paths: z
      .array(z.string())
      .optional()
      .describe(
        "Folders or files, absolute or relative to where the server was started. A file is checked with its whole application. They have to lie in a folder that the client works in. Default: those folders, else the start folder.",
      ),
    rule: z.string().optional().describe("Only findings of this rule."),
    severity: z
      .enum(["error", "warning", "information"])
      .default("information")
      .describe("Only findings that are at least as severe."),
  };
  const description =
    "Reports CORS mistakes in AWS CDK stacks, Lambda handlers and the pages that call them, each with its place, reason and fix. Reads files only; runs no code and sends nothing.";
  server.registerTool(
    "check",
    { title: "Check for CORS mistakes", description, inputSchema, annotations: readsFiles },
    (wish) => answered(check(wish, rootsOf(server))),
  );
}

export function registerExplain(server: McpServer, { explain }: Actions): void {
  const inputSchema = {
    rule: z.string().optional().describe("The id of a rule, as in a finding."),
  };
  const description =
    "The page of a rule: what the browser does, wrong and right code in TypeScript and Python, when to ignore it. Without a rule, the list of all rules.";
  server.registerTool(
    "explain",
    { title: "Explain a CORS rule", description, inputSchema, annotations: readsFiles },
    ({ rule }) => answered(explain(rule)),
  );
}

export function registerProbe(server: McpServer, { probe }: Actions): void {
  const inputSchema = {
    url: z.string().describe("The endpoint to ask, as the user gave it."),
    confirmedHost: z
      .string()
      .describe(
        "The host of the url once more, as a sign that the user agreed to requests being sent there. Ask the user first; never fill it in by yourself.",
      ),
    origins: z.array(z.string()).optional().describe("Origins of the pages that call."),
    methods: z.array(z.string()).optional().describe("Methods that the pages use."),
    headers: z
      .array(z.string())
      .optional()
      .describe("Names of request headers that the pages set. No values: they are not needed."),
    credentials: z.boolean().optional().describe("Whether the pages send cookies."),
  };
  const description =
    "Asks a deployed endpoint what a browser would ask (OPTIONS, GET and HEAD, at most 60 requests, no credentials) and tells what the browser would do with the answers. Sends requests to the host: only with the user's consent.";
  server.registerTool(
    "probe",
    { title: "Probe a live endpoint", description, inputSchema, annotations: sendsRequests },
    (wish, { signal }) => answered(probe(wish, consentOf(server), signal)),
  );
}

/** Asks through the client, where it can show a question. */
function consentOf({ server }: McpServer): Consent {
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
function rootsOf({ server }: McpServer): Roots {
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

/** The answer in words. What the caller can put right is an answer too, for the agent to act on. */
async function answered(action: Promise<string>): Promise<CallToolResult> {
  try {
    return { content: [{ type: "text", text: await action }] };
  } catch (error) {
    // Not `instanceof`: the class belongs to another bundle.
    if (!(error instanceof Error) || error.name !== "UserError") throw error;
    return { content: [{ type: "text", text: error.message }], isError: true };
  }
}
