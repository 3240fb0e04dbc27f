/** What a browser's console said, and the contract with pages, as plain data for the client. */
import type { CancellationToken } from "vscode-languageserver/node";
import { readConsole, STEPS } from "../../../shared/src/browser";
import { contractOf, type PlacedCall } from "../../../shared/src/contract";
import { groupBy } from "../../../shared/src/base/group";
import type { Span } from "../../../shared/src/ir/span";
import {
  type ContractCell,
  type ContractPlace,
  contractRequest,
  type ContractRow,
  type ExplainedError,
  explainErrorRequest,
} from "../../../shared/src/protocol";
import { knownApp } from "../commands/explain-error";
import { answerOf, answerText, type AnswerPlace } from "../console/error-answer";
import { explainError } from "../console/explain-error";
import { Places } from "../report/report";
import { type Context, signalOf } from "./context";
import { newRanges } from "./reports";

/** Answers once everything that changed has been checked. */
export function explained(context: Context): void {
  const { connection, checker } = context;
  connection.onRequest(
    explainErrorRequest,
    async ({ text }: { readonly text: string }, token: CancellationToken) => {
      await checker.idle(signalOf(token));
      return errorsIn(text, context);
    },
  );
  connection.onRequest(
    contractRequest,
    async (_params: unknown, token: CancellationToken): Promise<readonly ContractRow[]> => {
      await checker.idle(signalOf(token));
      return rowsOf(context);
    },
  );
}

async function errorsIn(text: string, context: Context): Promise<readonly ExplainedError[]> {
  const { analysis, folders } = context;
  const apps = await Promise.all(analysis.results.map((result) => knownApp(result)));
  const places = new Places((file) => analysis.sources.text(file));
  const shown = (at: Span): AnswerPlace => {
    const { line, column } = places.of(at.file, at.start);
    const root = folders.of(at.file);
    const file = root === undefined ? at.file : at.file.slice(root.length + 1);
    return { file, line, column, code: places.line(at.file, line).slice(0, 400) };
  };
  return readConsole(text).map((error) => {
    const told = explainError(error, apps);
    const answer = answerOf(told, shown);
    const [summary = ""] = answer.why.split("\n");
    const at = told.located?.at;
    return { text: answerText(answer), summary, ...(at ? { at: placeOf(at, context) } : {}) };
  });
}

/** Rows that a page can show; more are no contract that anybody reads. */
const mostRows = 5000;

function rowsOf(context: Context): readonly ContractRow[] {
  const { analysis, configuration } = context;
  const shown = analysis.results.filter(({ app }) => configuration.of(app.root).enable);
  return shown
    .flatMap(({ model }) => {
      const calls = contractOf(model);
      const pairs = groupBy(calls, (call) => [
        JSON.stringify([call.api, call.path, call.method, call.origin]),
      ]);
      return [...pairs.values()].flatMap((pair) => rowOf(pair, context) ?? []);
    })
    .slice(0, mostRows);
}

function rowOf(pair: readonly PlacedCall[], context: Context): ContractRow | undefined {
  const without = pair.find(({ credentials }) => credentials === "without");
  const with_ = pair.find(({ credentials }) => credentials === "with");
  if (!without || !with_) return undefined;
  const { api, construct, method, path, headers, origin, route } = without;
  return {
    api: `${api} (${construct})`,
    method,
    path,
    headers,
    origin,
    route: placeOf(route, context),
    without: cellOf(without, context),
    with: cellOf(with_, context),
  };
}

function cellOf({ verdict, step, because, at, route }: PlacedCall, context: Context): ContractCell {
  return {
    verdict,
    step: step ?? "",
    why: because ?? (step ? STEPS[step] : ""),
    at: placeOf(at ?? route, context),
  };
}

function placeOf(at: Span, context: Context): ContractPlace {
  const { start } = newRanges(context).of(at);
  return { uri: context.documents.uri(at.file), line: start.line, character: start.character };
}
