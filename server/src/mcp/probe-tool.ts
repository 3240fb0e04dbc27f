import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { PlanError, probe, type ProbeOptions, probeReportText } from "../probe";
import { UserError } from "../commands/command";
import { answered } from "./answer";

const input = {
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

interface Wish {
  readonly url: string;
  readonly confirmedHost: string;
}

/**
 * The tool `probe`. Three things have to come together: the URL in the call, its host repeated, and, where the client
 * can ask its user, the user's own yes. Hosts that are not public are asked only after that yes, so that an agent that
 * was talked into it cannot look around in a private network.
 */
export function registerProbeTool(server: McpServer): void {
  server.registerTool(
    "probe",
    {
      title: "Probe a live endpoint",
      description:
        "Asks a deployed endpoint what a browser would ask (OPTIONS and GET, at most 60 requests, no credentials) and tells what the browser would do with the answers. Sends requests to the host: only with the user's consent.",
      inputSchema: input,
      annotations: { readOnlyHint: true, openWorldHint: true, idempotentHint: true },
    },
    ({ url, confirmedHost, origins, methods, headers, credentials }, { signal }) =>
      answered(async () => {
        const host = agreedHost({ url, confirmedHost });
        const typed = await consent(server, host);
        const options: ProbeOptions = {
          endpoint: url,
          typed,
          signal,
          ...(origins ? { origins } : {}),
          ...(methods ? { methods } : {}),
          ...(headers ? { headers: headers.map(nameOnly) } : {}),
          ...(credentials === undefined ? {} : { credentials }),
        };
        return probeReportText(await probing(options));
      }),
  );
}

function agreedHost({ url, confirmedHost }: Wish): string {
  if (!URL.canParse(url)) throw new UserError(`"${url}" is no URL.`);
  const { host, hostname, protocol } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") {
    throw new UserError(`Only http and https are probed, not ${protocol}`);
  }
  if (![host, hostname].includes(confirmedHost.trim().toLowerCase())) {
    throw new UserError(
      `Nothing was sent. Ask the user whether requests may be sent to ${host}; if so, call again with confirmedHost "${host}".`,
    );
  }
  return host;
}

/** Whether the user said yes; `false` where the client cannot ask. Throws when the user said no. */
async function consent({ server }: McpServer, host: string): Promise<boolean> {
  if (!server.getClientCapabilities()?.elicitation) return false;
  const { action, content } = await server.elicitInput({
    message: `CORS Lens would send up to 60 OPTIONS and GET requests to ${host}. Continue?`,
    requestedSchema: {
      type: "object",
      properties: { send: { type: "boolean", title: `Send requests to ${host}`, default: false } },
      required: ["send"],
    },
  });
  if (action === "accept" && content?.["send"] === true) return true;
  throw new UserError(`Nothing was sent: the user did not agree to requests to ${host}.`);
}

/** A value could be a secret that an agent happened to read. */
function nameOnly(header: string): string {
  return header.split(":", 1)[0]?.trim() ?? "";
}

async function probing(options: ProbeOptions): Promise<Awaited<ReturnType<typeof probe>>> {
  try {
    return await probe(options);
  } catch (error) {
    if (error instanceof PlanError) throw new UserError(error.message);
    throw error;
  }
}
