import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver/node";
import type { Finding } from "../../../shared/src/finding";
import type { Analysis } from "../workspace/analysis";
import type { Configs } from "../workspace/config";
import type { Checker } from "./checker";
import type { Client } from "./client";
import type { Configuration } from "./configuration";
import type { OpenDocuments } from "./documents";
import type { Folders } from "./folders";
import type { LiveFindings } from "./probe-live";

/** What every feature works with. */
export interface Context {
  readonly connection: Connection;
  readonly client: Client;
  readonly folders: Folders;
  readonly configuration: Configuration;
  readonly documents: OpenDocuments;
  readonly analysis: Analysis;
  readonly checker: Checker;
  readonly configs: Configs;
  readonly live: LiveFindings;
}

/** Findings by file, without the files of folders where the extension is turned off. */
export function findingsByFile({
  analysis,
  configs,
  configuration,
  live,
}: Context): Map<string, Finding[]> {
  const byFile = new Map<string, Finding[]>();
  for (const finding of [...configs.findings, ...analysis.findings, ...live.all]) {
    const { file } = finding.at;
    if (!configuration.of(file).enable) continue;
    byFile.set(file, [...(byFile.get(file) ?? []), finding]);
  }
  return byFile;
}

/** Findings of one file, as far as they are known; none where the extension is turned off. */
export function knownFindings(
  { analysis, configs, configuration, live }: Context,
  file: string,
): readonly Finding[] {
  if (!configuration.of(file).enable) return [];
  const all = [...configs.findings, ...analysis.findings, ...live.all];
  return all.filter(({ at }) => at.file === file);
}

/** Findings of one file that fit its present text. Rejects when the request is cancelled. */
export async function settledFindings(
  context: Context,
  file: string,
  token: CancellationToken,
): Promise<readonly Finding[]> {
  await settle(context, file, token);
  return knownFindings(context, file);
}

/** Resolves when what is known about a file fits its present text. Rejects when the request is cancelled. */
export async function settle(
  { checker }: Context,
  file: string,
  token: CancellationToken,
): Promise<void> {
  await checker.settled(file, signalOf(token));
  if (token.isCancellationRequested) {
    throw new ResponseError(LSPErrorCodes.RequestCancelled, "the request was cancelled");
  }
}

/** A cancellation token as the rest of the program knows it. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
