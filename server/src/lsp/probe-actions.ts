/** From a finding to the probe of the API that it is about. */
import { type CodeAction, CodeActionKind, type Diagnostic } from "vscode-languageserver/node";
import type { Finding } from "../../../shared/src/finding";
import { findingsOf } from "../../../shared/src/editor/lens";
import { sameSpan } from "../../../shared/src/ir/span";
import { lensCommands } from "../../../shared/src/protocol";
import type { Context } from "./context";
import { idOf } from "./probe";

/** A problem in the editor, and the finding behind it. */
export interface Reported {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
}

/** More APIs than these share the code: the finding is about none of them in particular. */
const MOST = 3;

/** "Probe OrdersApi…", once for each API that the problems are about; nothing for a client that cannot probe. */
export function probeActions(context: Context, reported: readonly Reported[]): CodeAction[] {
  if (reported.length === 0 || !context.client.commands.has(lensCommands.probe)) return [];
  const found = context.analysis.results.flatMap((result) =>
    result.model.apis.flatMap((api) => {
      const about = reported.filter(
        ({ finding }) => findingsOf(result.model, api, [finding]).length > 0,
      );
      return about.length === 0 ? [] : [{ result, api, about }];
    }),
  );
  // A program may make a construct several times, as a stack for each stage.
  const apis = found.filter(
    ({ api }, index) => found.findIndex((each) => sameSpan(each.api.at, api.at)) === index,
  );
  if (apis.length > MOST) return [];
  return apis.map(({ result, api, about }) => ({
    title: `Probe the deployed ${api.name}…`,
    kind: CodeActionKind.QuickFix,
    diagnostics: about.map(({ diagnostic }) => diagnostic),
    command: {
      title: "Probe…",
      command: lensCommands.probe,
      arguments: [{ api: idOf(result, api) }],
    },
  }));
}
