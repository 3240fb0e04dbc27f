/** Between the model's words (paths, offsets) and those of the protocol (URIs, lines, UTF-16 columns). */
import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Range,
} from "vscode-languageserver/node";
import { URI } from "vscode-uri";
import type { Finding, Severity } from "../../../shared/src/finding";
import { lineStartsOf, positionAt, type Span } from "../../../shared/src/ir/span";
import {
  configurationProblem,
  diagnosticSource,
  explainCommand,
  probeDiagnosticSource,
  rulePage,
} from "../../../shared/src/protocol";
import type { Context } from "./context";
import { slashed } from "../workspace/paths";

/** The path of a `file:` URI; `undefined` for documents that are not on disk. */
export function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === "file" ? slashed(parsed.fsPath) : undefined;
}

export function uriOf(file: string): string {
  return URI.file(file).toString();
}

/** Turns spans into ranges; reads where a file's lines begin once. */
export class Ranges {
  readonly #text: (file: string) => string | undefined;
  readonly #lineStarts = new Map<string, readonly number[]>();

  constructor(text: (file: string) => string | undefined) {
    this.#text = text;
  }

  of(at: Span): Range {
    const starts = this.#starts(at.file);
    const start = positionAt(starts, at.start);
    const end = positionAt(starts, at.end);
    return {
      start: { line: start.line, character: start.column },
      end: { line: end.line, character: end.column },
    };
  }

  #starts(file: string): readonly number[] {
    const known = this.#lineStarts.get(file) ?? lineStartsOf(this.#text(file) ?? "");
    this.#lineStarts.set(file, known);
    return known;
  }
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** What depends on the editor: where a diagnostic may lead, and whether it may fade. */
export interface DiagnosticContext {
  /** The URI of a file. */
  readonly uri: (file: string) => string;
  /** What opens the page of a rule. */
  readonly page: (rule: string) => string;
  readonly fades: boolean;
}

/** Files as the editor names them; pages of rules as the client shows them without a network, if it does. */
export function diagnosticContextOf({ client, documents }: Context): DiagnosticContext {
  const isShown = client.commands.has(explainCommand);
  return {
    uri: (file) => documents.uri(file),
    page: (rule) =>
      isShown && rule !== configurationProblem
        ? `command:${explainCommand}?${encodeURIComponent(JSON.stringify([rule]))}`
        : rulePage(rule),
    fades: client.fades,
  };
}

/** A finding as editors show it. */
export function diagnosticOf(
  finding: Finding,
  ranges: Ranges,
  { uri, page, fades }: DiagnosticContext,
): Diagnostic {
  return {
    range: ranges.of(finding.at),
    severity: severities[finding.severity],
    source: finding.live ? probeDiagnosticSource : diagnosticSource,
    code: finding.rule,
    codeDescription: { href: page(finding.rule) },
    message: finding.message,
    // An error that fades would look as if it did not matter.
    ...(fades && finding.dead && finding.severity !== "error"
      ? { tags: [DiagnosticTag.Unnecessary] }
      : {}),
    relatedInformation: finding.related.map(({ at, message }) => ({
      location: { uri: uri(at.file), range: ranges.of(at) },
      message,
    })),
  };
}

/** Whether two ranges have a place in common; touching counts, as a cursor is an empty range. */
export function overlaps(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range["start"], b: Range["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
