/** The tools as an agent sees them: names, descriptions, arguments. Arguments that a tool does not have are an error. */
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import type { Actions } from "./actions";
import { answered, consentOf, rootsOf } from "./client";

const readsFiles = { readOnlyHint: true, openWorldHint: false, idempotentHint: true };
const sendsRequests = { readOnlyHint: true, openWorldHint: true, idempotentHint: true };

const paths = z
  .array(z.string())
  .optional()
  .describe(
    "Folders or files, absolute or relative to where the server was started. They are judged with their whole application and have to lie in a folder that the client works in. Default: those folders, else the start folder.",
  );
const folder = z
  .string()
  .optional()
  .describe("The application's folder. Default: the folders that the client works in.");

export function registerCheck(server: McpServer, { check }: Actions): void {
  const inputSchema = z.strictObject({
    paths,
    rule: z.string().optional().describe("Only findings of the rule with this id."),
    severity: z
      .enum(["error", "warning", "information"])
      .default("information")
      .describe("Only findings that are at least as severe."),
  });
  const description =
    "Reports CORS mistakes in AWS CDK stacks, Lambda handlers and the pages that call them, each with its place, reason and fixes; the structured answer has the edits of each fix, which you may apply (those of safety review after asking the user). Reads files only; runs no code and sends nothing.";
  server.registerTool(
    "check",
    { title: "Check for CORS mistakes", description, inputSchema, annotations: readsFiles },
    (wish) => answered(check(wish, rootsOf(server))),
  );
}

export function registerExplain(server: McpServer, { explain }: Actions): void {
  const inputSchema = z.strictObject({
    rule: z.string().optional().describe("The id of a rule, as in a finding."),
  });
  const description =
    "The page of a rule: what the browser does, wrong and right code in TypeScript and Python, when to ignore it. Without a rule, the list of all rules.";
  server.registerTool(
    "explain",
    { title: "Explain a CORS rule", description, inputSchema, annotations: readsFiles },
    ({ rule }) => answered(explain(rule)),
  );
}

export function registerExplainCall(server: McpServer, { explainCall }: Actions): void {
  const inputSchema = z.strictObject({
    method: z.string().describe("As the page writes it: GET, PUT, …"),
    path: z.string().startsWith("/").describe("As the API's routes see it: /orders/42"),
    folder,
    api: z.string().optional().describe("The API's name, when several serve the path."),
    origin: z
      .string()
      .optional()
      .describe("The page's origin. Default: one that the policy names."),
    credentials: z.boolean().optional().describe("Whether the page sends cookies."),
    headers: z
      .array(z.string())
      .optional()
      .describe("Headers that the page sets, as name: value. Default: those of the page's code."),
  });
  const description =
    "What the browser and AWS will do with a page's call, before anything is deployed: the preflight and the request step by step, the verdict, and the browser's console line. Reads files only.";
  server.registerTool(
    "explain_call",
    { title: "Explain a page's call", description, inputSchema, annotations: readsFiles },
    (wish) => answered(explainCall(wish, rootsOf(server))),
  );
}

export function registerExplainError(server: McpServer, { explainError }: Actions): void {
  const inputSchema = z.strictObject({
    text: z
      .string()
      .describe(
        "What the browser's console says, word for word (Chromium, Firefox or Safari), with the line of the request where there is one; or 'CORS error' and the URL.",
      ),
    folder,
  });
  const description =
    "From a CORS error of a browser's console to the step that fails, the API, the line of the code and the fix, or to what has to be probed. Start here when a user pastes such an error. Reads files only.";
  server.registerTool(
    "explain_error",
    { title: "Explain a console error", description, inputSchema, annotations: readsFiles },
    (wish) => answered(explainError(wish, rootsOf(server))),
  );
}

export function registerContract(server: McpServer, { contract }: Actions): void {
  const inputSchema = z.strictObject({ paths });
  const description =
    "Every call that pages may make to the application's APIs: method, path, page and credentials, each allowed, blocked at a step of the browser's procedure, or unknown with the reason. Reads files only.";
  server.registerTool(
    "contract",
    { title: "Show the contract with pages", description, inputSchema, annotations: readsFiles },
    ({ paths: wanted = [] }) => answered(contract(wanted, rootsOf(server))),
  );
}

export function registerProbe(server: McpServer, { probe }: Actions): void {
  const inputSchema = z.strictObject({
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
  });
  const description =
    "Asks a deployed endpoint what a browser would ask (OPTIONS, GET and HEAD, at most 60 requests, no credentials) and tells what the browser would do with the answers. Sends requests to the host: only with the user's consent. This machine and private networks are asked only where the client can ask its user.";
  server.registerTool(
    "probe",
    { title: "Probe a live endpoint", description, inputSchema, annotations: sendsRequests },
    (wish, { signal }) => answered(probe(wish, consentOf(server), signal)),
  );
}
