/** The report for programs. Later versions add keys and never change one; a change would raise `version`. */
import type { Safety, Severity } from "../../../shared/src/finding";
import type { Coverage } from "../../../shared/src/model/query/coverage";
import type { Span } from "../../../shared/src/ir/span";
import { relativeTo } from "../workspace/paths";
import { type Place, Places, type Report, type Stats } from "./report";

export interface JsonRange {
  readonly start: Place;
  readonly end: Place;
}

export interface JsonFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly range: JsonRange;
  readonly related: readonly {
    readonly message: string;
    readonly file: string;
    readonly range: JsonRange;
  }[];
  readonly fixes: readonly { readonly title: string; readonly safety: Safety }[];
}

export interface JsonReport {
  readonly version: 1;
  readonly root: string;
  readonly findings: readonly JsonFinding[];
  readonly gaps: readonly {
    readonly file: string;
    readonly line: number;
    readonly reason: string;
  }[];
  readonly stats: Stats;
  /** What was followed of the applications that the paths belong to. */
  readonly coverage: Coverage;
}

/** The report as plain data. Files are relative to the root, with `/`; lines and columns count from 1. */
export function jsonReport(report: Report): JsonReport {
  const places = new Places(report.text);
  const file = (absolute: string): string => relativeTo(report.root, absolute);
  const range = (at: Span): JsonRange => ({
    start: places.of(at.file, at.start),
    end: places.of(at.file, at.end),
  });
  return {
    version: 1,
    root: report.root,
    findings: report.findings.map(({ rule, severity, message, at, related, fixes }) => ({
      rule,
      severity,
      message,
      file: file(at.file),
      range: range(at),
      related: related.map((other) => ({
        message: other.message,
        file: file(other.at.file),
        range: range(other.at),
      })),
      fixes: fixes.map(({ title, safety }) => ({ title, safety })),
    })),
    gaps: report.gaps.map((gap) => ({
      file: file(gap.file),
      line: gap.at ? places.of(gap.at.file, gap.at.start).line : 1,
      reason: gap.because,
    })),
    stats: report.stats,
    coverage: report.coverage,
  };
}
