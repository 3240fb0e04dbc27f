/** Findings that are known and accepted for now, so that only new ones count. */
import { isObject } from "../../../shared/src/base/json";
import path from "node:path";
import type { Finding } from "../../../shared/src/finding";
import { fingerprints } from "../report/fingerprint";
import type { Report } from "../report/report";
import { Door } from "../files/door";
import { UserError } from "./command";

/** One known finding. Has no line number, so that it stays known when the code around it moves. */
interface Known {
  /** Relative to the folder of the baseline, with `/`. */
  readonly file: string;
  readonly rule: string;
  readonly fingerprint: string;
}

/** The text of a baseline with the findings of a report, one entry a line. */
export function baselineText(report: Report, folder: string): string {
  const known = knownOf(report, folder).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const lines = known.map((entry) => `    ${JSON.stringify(entry)}`);
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}

export interface Remainder {
  /** Findings that the baseline does not know. */
  readonly findings: readonly Finding[];
  /** How many it knows. */
  readonly known: number;
  /** Entries of the baseline that were not found again. */
  readonly gone: number;
}

/**
 * What is new in a report. Entries of files that were not looked at (`includes`) are not missed. Throws a
 * `UserError` when the baseline cannot be read.
 */
export function beyondBaseline(
  report: Report,
  file: string,
  includes: (file: string) => boolean,
): Remainder {
  const folder = path.posix.dirname(file);
  const entries = read(file);
  const keys = new Set(entries.map(keyOf));
  const own = knownOf(report, folder).map(keyOf);
  const found = new Set(own);
  const findings = report.findings.filter((_, i) => !keys.has(own[i] ?? ""));
  return {
    findings,
    known: report.findings.length - findings.length,
    gone: entries.filter(
      (entry) => includes(path.posix.join(folder, entry.file)) && !found.has(keyOf(entry)),
    ).length,
  };
}

function knownOf(report: Report, folder: string): Known[] {
  const prints = fingerprints(report.findings, report.text);
  return report.findings.map(({ rule, at }, i) => ({
    file: path.posix.relative(folder, at.file),
    rule,
    fingerprint: prints[i] ?? "",
  }));
}

function keyOf({ file, rule, fingerprint }: Known): string {
  return JSON.stringify([file, rule, fingerprint]);
}

const largest = 64 * 1024 * 1024;

/** The file lies in the checkout, so what it leads to may be a stranger's wish: neither followed outside nor quoted. */
function read(file: string): readonly Known[] {
  const reading = new Door([path.posix.dirname(file)]).read(file, largest);
  if (reading.k !== "bytes") {
    const reasons = { absent: "no such file or folder", "too large": "it is too large" };
    const why = reading.k === "refused" ? `it ${reading.because}` : reasons[reading.k];
    throw new UserError(`cannot read the baseline ${file}: ${why}`);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(reading.bytes).toString("utf8"));
  } catch {
    throw new UserError(`cannot read the baseline ${file}: it is no JSON`);
  }
  if (isBaseline(parsed)) return parsed.findings;
  throw new UserError(
    `cannot read the baseline ${file}: it is no baseline of version 1 (\`cors-lens baseline\` writes one)`,
  );
}

function isBaseline(value: unknown): value is { readonly findings: readonly Known[] } {
  return (
    isObject(value) &&
    value["version"] === 1 &&
    Array.isArray(value["findings"]) &&
    value["findings"].every(isKnown)
  );
}

function isKnown(value: unknown): value is Known {
  return (
    isObject(value) &&
    ["file", "rule", "fingerprint"].every((key) => typeof value[key] === "string")
  );
}
