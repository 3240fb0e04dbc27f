/** The report as workflow commands, which GitHub Actions shows as annotations beside the changed lines. */
import type { Finding, Severity } from "../../../shared/src/finding";
import { rulePage } from "../../../shared/src/protocol";
import { relativeTo } from "../workspace/paths";
import { printable } from "../../../shared/src/base/printable";
import { Places, type Report } from "./report";

const commands: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
};

/** One command a line; empty without findings. Paths are relative to `base`, the root of the checkout. */
export function githubReport(report: Report, base: string): string {
  const places = new Places(report.text);
  return report.findings.map((finding) => `${command(finding, places, base)}\n`).join("");
}

function command({ rule, severity, message, at }: Finding, places: Places, base: string): string {
  const start = places.of(at.file, at.start);
  const end = places.of(at.file, at.end);
  const properties = [
    ["file", relativeTo(base, at.file)],
    ["line", start.line],
    ["endLine", end.line],
    // GitHub refuses columns of a place that goes over several lines.
    ...(start.line === end.line
      ? [
          ["col", start.column],
          ["endColumn", end.column],
        ]
      : []),
    ["title", `cors-lens: ${rule}`],
  ];
  const list = properties.map(([name, value]) => `${name}=${property(String(value))}`).join(",");
  return `::${commands[severity]} ${list}::${data(`${message}\n${rulePage(rule)}`)}`;
}

function data(text: string): string {
  return printable(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
