import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { unusedRule } from "../../../shared/src/analyze";
import type { World } from "../commands/command";
import { rulePageText } from "../report/rule-pages";
import { refused, said } from "./answer";

/** The tool `explain`: the page of a rule, or the list of all. */
export function registerExplainTool(server: McpServer, { engine }: World): void {
  server.registerTool(
    "explain",
    {
      title: "Explain a CORS rule",
      description:
        "The page of a rule: what the browser does, wrong and right code in TypeScript and Python, when to ignore it. Without a rule, the list of all rules.",
      inputSchema: {
        rule: z.string().optional().describe("The id of a rule, as in a finding."),
      },
      annotations: { readOnlyHint: true, openWorldHint: false, idempotentHint: true },
    },
    ({ rule }) => {
      if (rule === undefined) {
        return said(engine.rules.map(({ id, summary }) => `${id}: ${summary}`).join("\n"));
      }
      const known = rule === unusedRule || engine.rules.some(({ id }) => id === rule);
      const page = known ? rulePageText(rule) : undefined;
      return page === undefined
        ? refused(`There is no rule "${rule}". Call explain without arguments for the list.`)
        : said(page);
    },
  );
}
