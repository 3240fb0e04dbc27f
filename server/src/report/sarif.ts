/** The report as SARIF 2.1.0, for code scanning services and viewers. */
import { pathToFileURL } from "node:url";
import type { Location, Log, Region, ReportingDescriptor, Result } from "sarif";
import type { Finding, Severity } from "../../../shared/src/finding";
import type { Span } from "../../../shared/src/ir/span";
import { repository, rulePage } from "../../../shared/src/protocol";
import type { Rule } from "../../../shared/src/rules/rule";
import { version } from "../../../shared/src/version";
import { isWithin, relativeTo } from "../workspace/paths";
import { fingerprints } from "./fingerprint";
import { Places, type Report } from "./report";
import { rulePageText } from "./rule-pages";

export interface SarifOptions {
  /** The folder that paths are relative to, absolute with `/`: where the repository was checked out. */
  readonly base: string;
  readonly rules: readonly Rule[];
}

const levels = { error: "error", warning: "warning", information: "note" } as const;

/** The name of our fingerprints; a different way to make them would raise the version. */
const fingerprintName = "corsLensFinding/v1";
const baseId = "%SRCROOT%";

/** A log with one run. It holds the rules that found something, each with its page. */
export function sarifReport(report: Report, { base, rules }: SarifOptions): Log {
  const ids = [...new Set(report.findings.map(({ rule }) => rule))].sort();
  const prints = fingerprints(report.findings, report.text);
  const locate = locator(base, new Places(report.text));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "CORS Lens",
            semanticVersion: version,
            informationUri: repository,
            rules: ids.map((id) => descriptor(id, rules)),
          },
        },
        automationDetails: { id: "cors-lens/" },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.gaps.map(({ file, at, because }) => ({
              level: "note",
              message: { text: because },
              locations: [locate(at ?? { file, start: 0, end: 0 })],
            })),
          },
        ],
        originalUriBaseIds: {
          [baseId]: { uri: `${pathToFileURL(base).href.replace(/\/$/, "")}/` },
        },
        results: report.findings.map((finding, i) =>
          result(finding, ids.indexOf(finding.rule), prints[i] ?? "", locate),
        ),
      },
    ],
  };
}

function descriptor(id: string, rules: readonly Rule[]): ReportingDescriptor {
  const rule = rules.find((each) => each.id === id);
  const page = rulePageText(id);
  const summary = rule?.summary ?? firstSentence(page) ?? id;
  return {
    id,
    name: id.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    helpUri: rulePage(id),
    help: { text: `${summary}\n${rulePage(id)}`, markdown: page ?? summary },
    defaultConfiguration: { level: levels[rule?.severity ?? "information"] },
    properties: { tags: ["cors", ...(rule?.allows === undefined ? [] : ["security"])] },
  };
}

/** The sentence below a page's title. */
function firstSentence(page: string | undefined): string | undefined {
  return page?.split("\n").find((line) => line !== "" && !line.startsWith("#"));
}

type Locate = (at: Span) => Location;

function locator(base: string, places: Places): Locate {
  return (at) => ({
    physicalLocation: {
      artifactLocation: isWithin(base, at.file)
        ? { uri: encoded(relativeTo(base, at.file)), uriBaseId: baseId }
        : { uri: pathToFileURL(at.file).href },
      region: regionOf(at, places),
    },
  });
}

function regionOf(at: Span, places: Places): Region {
  const start = places.of(at.file, at.start);
  const end = places.of(at.file, at.end);
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

/** A relative path as a URI reference. */
function encoded(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}

function result(finding: Finding, ruleIndex: number, print: string, locate: Locate): Result {
  const { rule, severity, message, at, related } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: levelOf(severity),
    message: { text: message },
    locations: [locate(at)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, i) => ({
            id: i + 1,
            ...locate(other.at),
            message: { text: other.message },
          })),
        }),
    partialFingerprints: { [fingerprintName]: print },
  };
}

function levelOf(severity: Severity): Result.level {
  return levels[severity];
}
