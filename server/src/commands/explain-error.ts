/** `cors-lens explain "<what the browser's console says>"` */
import { readConsole } from "../../../shared/src/browser";
import { printableJson, printableLines } from "../../../shared/src/base/printable";
import type { Span } from "../../../shared/src/ir/span";
import { answerOf, answerText, type AnswerPlace, type ErrorAnswer } from "../console/error-answer";
import { explainError } from "../console/explain-error";
import type { KnownApp } from "../console/served";
import { addressesFor, deployedAddresses, isNamedAfter } from "../probe";
import { Places } from "../report/report";
import { Analysis, type AppResult } from "../workspace/analysis";
import { fromFolder } from "../workspace/paths";
import { type CliHost, type Exit, UserError } from "./command";
import { runAnalysis } from "./run";
import { type Standing, targetsOf } from "./targets";

export interface ErrorFlags {
  readonly app: string;
  readonly format: "text" | "json";
}

/** Explains every request that the text speaks of. Rejects with a `UserError` for a text that has none. */
export async function explainConsole(
  text: string,
  { app, format }: ErrorFlags,
  world: CliHost,
): Promise<Exit> {
  const answers = await answersTo(text, [app], world, world);
  world.write(
    format === "json"
      ? `${printableJson({ version: 1, errors: answers })}\n`
      : `${printableLines(answers.map(answerText).join("\n\n"))}\n`,
  );
  return 1;
}

/** As plain data. */
export async function answersTo(
  text: string,
  folders: readonly string[],
  standing: Standing,
  world: CliHost,
): Promise<readonly ErrorAnswer[]> {
  const errors = readConsole(text);
  if (errors.length === 0) {
    throw new UserError(
      "this is no error of a browser's console, and it has no URL. Paste the whole line, as “Access to fetch at … has been blocked by CORS policy: …”",
    );
  }
  const targets = await targetsOf(folders, standing);
  const analysis = new Analysis(world.engine);
  await runAnalysis(analysis, targets, world);
  const results = analysis.results.filter((each) => targets.concerns(each.app));
  const apps = await Promise.all(results.map((result) => knownApp(result)));
  const places = new Places((file) => analysis.sources.text(file));
  const place = (at: Span): AnswerPlace => {
    const { line, column } = places.of(at.file, at.start);
    const code = places.line(at.file, line).slice(0, 400);
    return { file: fromFolder(targets.cwd, at.file), line, column, code };
  };
  return errors.map((error) => answerOf(explainError(error, apps), place));
}

/** The application with the addresses that the settings, else files beside it give. */
export async function knownApp({ app, project, model, findings }: AppResult): Promise<KnownApp> {
  const deployed = await deployedAddresses(app.root);
  const isOnly = model.apis.length === 1;
  return {
    model,
    findings,
    addresses: (api) => {
      const set = project.endpoints[api.name] ?? project.endpoints[api.id];
      if (set !== undefined) return [set];
      // Of several APIs, an address is that of the one whose name its output has.
      const named = addressesFor(api, deployed).filter(
        (address) => isOnly || isNamedAfter(address, api),
      );
      return named.map(({ url }) => url);
    },
  };
}
