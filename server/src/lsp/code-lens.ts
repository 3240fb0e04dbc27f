import {
  type CancellationToken,
  type CodeLens,
  CodeLensRefreshRequest,
} from "vscode-languageserver/node";
import { lensOf } from "../../../shared/src/explain";
import { sameSpan } from "../../../shared/src/model/span";
import { type Context, settle } from "./context";
import { pathOf } from "./convert";
import { newRanges } from "./reports";

/** One line above each API: routes, origins, preflights, and the answers that pages cannot read. */
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
  if (file === undefined || !context.configuration.of(file).enable) return [];
  await settle(context, file, token);
  const ranges = newRanges(context);
  const all = context.analysis.results.flatMap(({ model }) =>
    model.apis.map((api) => ({ model, api })),
  );
  // A program may make a construct several times, as a stack for each stage: it has one place and one line.
  return all
    .filter(
      ({ api }, index) =>
        api.at.file === file && all.findIndex((each) => sameSpan(each.api.at, api.at)) === index,
    )
    .map(({ model, api }) => ({
      range: ranges.of(api.at),
      command: { title: lensOf(model, api), command: "" },
    }));
}
