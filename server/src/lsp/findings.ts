import type { CancellationToken } from "vscode-languageserver/node";
import type { Finding } from "../../../shared/src/finding";
import {
  findingsRequest,
  type ListedFinding,
  type ListFindings,
} from "../../../shared/src/protocol";
import { type Context, findingsByFile, signalOf } from "./context";
import { pathOf } from "./convert";
import { newRanges } from "./reports";

/** Findings as plain data for tools of the client, once everything that changed has been checked. */
export function findings(context: Context): void {
  context.connection.onRequest(
    findingsRequest,
    async (
      { uri, rule }: ListFindings,
      token: CancellationToken,
    ): Promise<readonly ListedFinding[]> => {
      await context.checker.idle(signalOf(token));
      const file = uri === undefined ? undefined : pathOf(uri);
      const ranges = newRanges(context);
      return [...findingsByFile(context).values()]
        .flat()
        .filter(({ at }) => uri === undefined || at.file === file)
        .filter((finding) => rule === undefined || finding.rule === rule)
        .map((finding) => listed(finding, ranges, context));
    },
  );
}

function listed(
  { rule, severity, message, at, fixes }: Finding,
  ranges: ReturnType<typeof newRanges>,
  { documents }: Context,
): ListedFinding {
  const { start } = ranges.of(at);
  return {
    uri: documents.uri(at.file),
    line: start.line + 1,
    column: start.character + 1,
    rule,
    severity,
    message,
    fixes: fixes.map(({ title, safety }) => ({ title, safety })),
  };
}
