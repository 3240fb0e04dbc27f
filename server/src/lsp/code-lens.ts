import {
  type CancellationToken,
  type CodeLens,
  CodeLensRefreshRequest,
  type Command,
  type Range,
} from "vscode-languageserver/node";
import { findingsOf, lensOf } from "../../../shared/src/editor/lens";
import type { Api } from "../../../shared/src/model/model";
import { sameSpan } from "../../../shared/src/ir/span";
import { lensCommands, type ShowFindings } from "../../../shared/src/protocol";
import type { AppResult } from "../workspace/analysis";
import { type Context, settle } from "./context";
import { pathOf } from "./convert";
import { idOf } from "./probe";
import { newRanges } from "./reports";

/**
 * Above each API its routes, origins, preflights, and the answers that pages cannot read; and "Probe…". A client that
 * has no commands for it shows the line alone.
 */
export function codeLens(context: Context): void {
  const { connection, checker, client } = context;
  connection.onCodeLens(({ textDocument }, token) => lenses(context, textDocument.uri, token));
  if (!client.refreshesLenses) return;
  // The code that decides may stand in another file than the one that was changed.
  checker.onIdle(
    () => void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined),
  );
}

async function lenses(
  context: Context,
  uri: string,
  token: CancellationToken,
): Promise<CodeLens[]> {
  const file = pathOf(uri);
  if (file === undefined) return [];
  await settle(context, file, token);
  const { enable, codeLens: isWanted } = context.configuration.of(file);
  if (!enable || !isWanted) return [];
  const all = context.analysis.results.flatMap((result) =>
    result.model.apis.map((api) => ({ result, api })),
  );
  // A program may make a construct several times, as a stack for each stage: it has one place and one line.
  return all
    .filter(
      ({ api }, index) =>
        api.at.file === file && all.findIndex((each) => sameSpan(each.api.at, api.at)) === index,
    )
    .flatMap(({ result, api }) => lensesOf(context, uri, result, api));
}

function lensesOf(context: Context, uri: string, result: AppResult, api: Api): CodeLens[] {
  const range = newRanges(context).of(api.at);
  const title = lensOf(result.model, api, result.findings);
  const { commands } = context.client;
  const line: Command = commands.has(lensCommands.showFindings)
    ? {
        title,
        command: lensCommands.showFindings,
        arguments: [placesOf(context, uri, range, result, api)],
      }
    : { title, command: "" };
  if (!commands.has(lensCommands.probe)) return [{ range, command: line }];
  const probe: Command = {
    title: "Probe…",
    command: lensCommands.probe,
    arguments: [{ api: idOf(result, api) }],
  };
  const hasProblems = context.live.all.some(({ at }) => at.file === api.at.file);
  const clear: Command = { title: "Clear the probe's problems", command: lensCommands.clearProbe };
  return [
    { range, command: line },
    { range, command: probe },
    ...(hasProblems && commands.has(lensCommands.clearProbe) ? [{ range, command: clear }] : []),
  ];
}

function placesOf(
  context: Context,
  uri: string,
  range: Range,
  { model, findings }: AppResult,
  api: Api,
): ShowFindings {
  const ranges = newRanges(context);
  const places = findingsOf(model, api, findings).map(({ at }) => ({
    uri: context.documents.uri(at.file),
    range: ranges.of(at),
  }));
  return { uri, position: range.start, places };
}
