import { createHash } from "node:crypto";
import type { Diagnostic } from "vscode-languageserver/node";
import type { Finding } from "../../../shared/src/finding";
import { type Context, findingsByFile } from "./context";
import { diagnosticOf, Ranges, diagnosticContextOf } from "./convert";

/** The diagnostics of one file and a name for exactly these. */
export interface FileReport {
  readonly items: Diagnostic[];
  readonly resultId: string;
}

/** The report of one file from its findings. */
export function reportOf(
  context: Context,
  findings: readonly Finding[],
  ranges?: Ranges,
): FileReport {
  const places = ranges ?? newRanges(context);
  const surroundings = diagnosticContextOf(context);
  const items = findings.map((finding) => diagnosticOf(finding, places, surroundings));
  return { items, resultId: createHash("sha1").update(JSON.stringify(items)).digest("base64") };
}

/** A report for each list of findings that the analysis gave: a list stays for as long as what it says. */
const known = new WeakMap<
  readonly Finding[],
  { readonly uris: string; readonly report: FileReport }
>();

/** As `reportOf`, worked out once for a list; editors may rename the documents that it points to. */
function keptReport(context: Context, findings: readonly Finding[], ranges: Ranges): FileReport {
  const files = new Set(findings.flatMap(({ related }) => related.map(({ at }) => at.file)));
  const uris = [...files].map((file) => context.documents.uri(file)).join("\n");
  const kept = known.get(findings);
  if (kept?.uris === uris) return kept.report;
  const report = reportOf(context, findings, ranges);
  known.set(findings, { uris, report });
  return report;
}

/** Reports of all files that have findings and are to be shown, by path. */
export function shownReports(context: Context): Map<string, FileReport> {
  const openOnly = context.configuration.window.diagnosticMode === "openFilesOnly";
  const ranges = newRanges(context);
  const shown = [...findingsByFile(context)].filter(
    ([file]) => !openOnly || context.documents.has(file),
  );
  return new Map(shown.map(([file, findings]) => [file, keptReport(context, findings, ranges)]));
}

export function newRanges({ analysis }: Context): Ranges {
  return new Ranges((file) => analysis.sources.text(file));
}
