import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import type { Severity } from "../../../shared/src/finding";
import type { World } from "../commands/command";
import { reportOf, runAnalysis, tellFailures } from "../commands/run";
import { targetsOf } from "../commands/targets";
import type { Report } from "../report/report";
import { textReport } from "../report/text";
import { Analysis } from "../workspace/analysis";
import { answered } from "./answer";

/** More findings would crowd out everything else that an agent has in mind. */
const most = 30;

const input = {
  paths: z
    .array(z.string())
    .optional()
    .describe(
      "Folders or files, absolute or relative to where the server was started. A file is checked with its whole application. Default: the start folder.",
    ),
  rule: z.string().optional().describe("Only findings of this rule."),
  severity: z
    .enum(["error", "warning", "information"])
    .default("information")
    .describe("Only findings that are at least as severe."),
};

/** The tool `check`: the report of the command line. */
export function registerCheckTool(server: McpServer, world: World): void {
  server.registerTool(
    "check",
    {
      title: "Check for CORS mistakes",
      description:
        "Reports CORS mistakes in AWS CDK stacks, Lambda handlers and the pages that call them, each with its place, reason and fix. Reads files only; runs no code and sends nothing.",
      inputSchema: input,
      annotations: { readOnlyHint: true, openWorldHint: false, idempotentHint: true },
    },
    ({ paths = [], rule, severity }) =>
      answered(async () => {
        const targets = await targetsOf(paths, world.cwd);
        const analysis = new Analysis(world.engine);
        await runAnalysis(analysis, targets, world);
        tellFailures(analysis, targets, world);
        return shortReport(reportOf(analysis, targets), rule, severity);
      }),
  );
}

const order: readonly Severity[] = ["error", "warning", "information"];

/** The worst first, and not too many. */
function shortReport(report: Report, rule: string | undefined, least: Severity): string {
  const wanted = report.findings
    .filter((finding) => rule === undefined || finding.rule === rule)
    .filter(({ severity }) => order.indexOf(severity) <= order.indexOf(least))
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const text = textReport({ ...report, findings: wanted.slice(0, most) }, { color: false });
  const rest = wanted.length - most;
  const more = `\n${rest} more findings are left out here. Narrow the search by paths, rule or severity.\n`;
  return `Paths are relative to ${report.root}\n\n${text}${rest > 0 ? more : ""}`;
}
