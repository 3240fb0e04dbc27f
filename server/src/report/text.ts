/** The report for people: place, source line, what is wrong, the other place, why, and what to change. */
import pc from "picocolors";
import type { Finding, Fix, Severity } from "../../../shared/src/finding";
import type { Span } from "../../../shared/src/ir/span";
import { rulePage } from "../../../shared/src/protocol";
import { fromFolder } from "../workspace/paths";
import { withCopies } from "./copies";
import type { Copied } from "./copies";
import { excerpt } from "./excerpt";
import { printable, printableLine, withoutCommands } from "../../../shared/src/base/printable";
import { Places, type Report } from "./report";

type Colors = ReturnType<typeof pc.createColors>;
type Paint = (text: string) => string;

export interface TextOptions {
  /** Write colours; the words say the same without. */
  readonly color: boolean;
  /** List everything that was not understood, not only how much it is. */
  readonly gaps?: boolean;
}

/** The whole report, ending with a newline. */
export function textReport(report: Report, { color, gaps = false }: TextOptions): string {
  const colors = pc.createColors(color);
  const places = new Places(report.text);
  const parts = withCopies(report.findings.map(forPeople), places).map((found) =>
    findingText(found, report, places, colors),
  );
  if (gaps && report.gaps.length > 0) parts.push(gapsText(report, places, colors));
  parts.push(summary(report, colors));
  return withoutCommands(`${parts.join("\n\n")}\n`);
}

/** The finding with words that may be printed: values of the code stand in them. */
function forPeople(finding: Finding): Finding {
  return {
    ...finding,
    message: printable(finding.message),
    related: finding.related.map((each) => ({ ...each, message: printable(each.message) })),
    fixes: finding.fixes.map((fix) => ({ ...fix, title: printableLine(fix.title) })),
  };
}

function findingText(
  { finding, copies }: Copied,
  report: Report,
  places: Places,
  colors: Colors,
): string {
  const paint = paintOf(finding.severity, colors);
  const [first = "", ...why] = finding.message.split("\n");
  const spots = [
    { at: finding.at, mark: "^", note: "", paint, arrow: "-->" },
    ...finding.related.map(({ at, message }) => ({
      at,
      mark: "-",
      note: message,
      paint: colors.blue,
      arrow: ":::",
    })),
  ];
  const gutter = Math.max(...spots.map(({ at }) => `${places.of(at.file, at.start).line}`.length));
  const blank = " ".repeat(gutter);
  const notes = [
    ...why.map((line) => ["why", line]),
    ...finding.fixes.map((fix) => ["fix", fixText(fix)]),
    ["see", rulePage(finding.rule)],
  ];
  return [
    `${paint(`${finding.severity}[${finding.rule}]`)}${colors.bold(`: ${first}`)}`,
    ...spots.flatMap((spot) => spotLines(spot, gutter, report, places, colors)),
    `${blank} ${colors.dim("|")}`,
    ...notes.map(
      ([name, text]) => `${blank} ${colors.dim("=")} ${colors.bold(`${name}:`)} ${text}`,
    ),
    ...copyLines(copies, blank, { report, places, colors }),
  ].join("\n");
}

/** Where the same code stands, too. */
function copyLines(
  copies: readonly Finding[],
  blank: string,
  { report, places, colors }: { report: Report; places: Places; colors: Colors },
): readonly string[] {
  if (copies.length === 0) return [];
  return [
    `${blank} ${colors.dim("=")} ${colors.bold("copies:")} The same code stands in ${copies.length} other places:`,
    ...copies.map(({ at }) => `${blank}   ${placeText(at, report, places)}`),
  ];
}

function placeText({ file, start }: Span, { cwd }: Report, places: Places): string {
  const { line, column } = places.of(file, start);
  return `${printableLine(fromFolder(cwd, file))}:${line}:${column}`;
}

interface Spot {
  readonly at: Span;
  readonly mark: string;
  readonly note: string;
  readonly paint: Paint;
  readonly arrow: string;
}

function spotLines(
  spot: Spot,
  gutter: number,
  report: Report,
  places: Places,
  colors: Colors,
): string[] {
  const { at, mark, note, paint, arrow } = spot;
  const start = places.of(at.file, at.start);
  const end = places.of(at.file, at.end);
  const line = places.line(at.file, start.line);
  const until = end.line === start.line ? end.column - 1 : line.length;
  const shown = excerpt(line, start.column - 1, until, mark);
  const blank = " ".repeat(gutter);
  const bar = colors.dim("|");
  return [
    `${blank}${colors.dim(arrow)} ${placeText(at, report, places)}`,
    `${blank} ${bar}`,
    `${colors.dim(`${start.line}`.padStart(gutter))} ${bar} ${shown.code}`,
    `${blank} ${bar} ${paint(note === "" ? shown.marks : `${shown.marks} ${oneLine(note)}`)}`,
  ];
}

function fixText({ title, safety }: Fix): string {
  return safety === "safe" ? `${title} (safe: --fix does it)` : `${title} (to be reviewed)`;
}

function oneLine(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .join(" ");
}

function paintOf(severity: Severity, colors: Colors): Paint {
  if (severity === "error") return (text) => colors.bold(colors.red(text));
  if (severity === "warning") return (text) => colors.bold(colors.yellow(text));
  return (text) => colors.bold(colors.cyan(text));
}

function gapsText(report: Report, places: Places, colors: Colors): string {
  const lines = report.gaps.map(({ file, at, because }) => {
    const line = at ? `:${places.of(at.file, at.start).line}` : "";
    return `  ${printableLine(fromFolder(report.cwd, file))}${line}: ${printableLine(oneLine(because))}`;
  });
  return [colors.bold("Not understood:"), ...lines].join("\n");
}

/** "No mistakes" is said only of what was looked at. */
function nothingFound({ stats, coverage: { routes, linked } }: Report, colors: Colors): string {
  if (stats.apis + stats.handlers + stats.requests === 0)
    return colors.yellow("No API, handler or call of one was found: there is nothing to judge.");
  if (linked < routes) return colors.yellow("No CORS mistakes found in what was followed.");
  return colors.green("No CORS mistakes found.");
}

/** `Followed 12 of 30 routes: 18 no source for …`, where some were not. */
function followed({ coverage: { routes, linked, unlinked } }: Report): string {
  if (linked === routes) return "";
  const [first, ...others] = unlinked;
  const why = first ? `; ${first.count}: ${oneLine(first.reason)}` : "";
  const more = others.length > 0 ? `, and ${count(others.length, "other reason")}` : "";
  return `\nFollowed ${linked} of ${count(routes, "route")}${why}${more} (--gaps lists them).`;
}

function summary(report: Report, colors: Colors): string {
  const { findings, stats, gaps } = report;
  const of = (severity: Severity): number => findings.filter((f) => f.severity === severity).length;
  const counts = [
    count(of("error"), "error"),
    count(of("warning"), "warning"),
    `${of("information")} information`,
  ].filter((text) => !text.startsWith("0 "));
  const said =
    counts.length === 0
      ? nothingFound(report, colors)
      : `${colors.bold(counts.join(", "))} in ${count(new Set(findings.map((f) => f.at.file)).size, "file")}.`;
  const safe = findings.filter((f) => f.fixes.some((fix) => fix.safety === "safe")).length;
  const fix = safe > 0 ? ` ${count(safe, "problem")} can be fixed with --fix.` : "";
  const part = stats.followedInPart ?? 0;
  const inPart =
    part > 0
      ? ` ${part} of ${count(stats.handlers, "handler")} ${part === 1 ? "was" : "were"} followed in part.`
      : "";
  const unclear =
    gaps.length > 0 ? ` Not understood: ${count(gaps.length, "place")} (--gaps lists them).` : "";
  return `${said}${fix}\n${colors.dim(`Looked at ${count(stats.files, "file")}, ${count(stats.apis, "API")}, ${count(stats.handlers, "handler")} with ${count(stats.responses, "response")}.${inPart}${unclear}`)}${colors.yellow(followed(report))}`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
