import { echoesOf } from "./echoes";
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
import type { Typing } from "./typing";

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
  readonly typing: Typing;
}

/** Findings by file, without the files of folders where the extension is turned off. */
export function findingsByFile(context: Context): Map<string, readonly Finding[]> {
  const around = aroundAnalysis(context);
  const others = [...around.before, ...around.behind].map(({ at }) => at.file);
  const files = [...new Set([...others, ...context.analysis.findingsByFile.keys()])];
  const shown = files.filter((file) => context.configuration.of(file).enable);
  return new Map(shown.map((file) => [file, joined(context, file, around)]));
}

/** Findings of one file, as far as they are known; none where the extension is turned off. */
export function knownFindings(context: Context, file: string): readonly Finding[] {
  const enabled = context.configuration.of(file).enable;
  return enabled ? joined(context, file, aroundAnalysis(context)) : [];
}

/** Findings that the analysis does not make: of configuration files, and of probes. */
interface Around {
  readonly before: readonly Finding[];
  readonly behind: readonly Finding[];
}

function aroundAnalysis({ analysis, configs, live }: Context): Around {
  const roots = analysis.results.map(({ app }) => app.root);
  const behind = [...echoesOf(analysis.findingsByFile), ...live.all];
  return { before: configs.findingsFor(roots), behind };
}

/** All findings of a file; the very list of the analysis where nothing else is to be said. */
function joined({ analysis }: Context, file: string, around: Around): readonly Finding[] {
  const own = analysis.findingsByFile.get(file) ?? [];
  const before = around.before.filter(({ at }) => at.file === file);
  const behind = around.behind.filter(({ at }) => at.file === file);
  return before.length + behind.length === 0 ? own : [...before, ...own, ...behind];
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
