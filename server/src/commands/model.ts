import type { Span } from "../../../shared/src/ir/span";
import { printableJson } from "../../../shared/src/base/printable";
import { Places } from "../report/report";
import { Analysis } from "../workspace/analysis";
import { relativeTo } from "../workspace/paths";
import type { Exit, Register, CliHost } from "./command";
import { runAnalysis, tellFailures } from "./run";
import { targetsOf } from "./targets";

interface ModelFlags {
  readonly spans: boolean;
}

/** `cors-lens model <path>` */
export const registerModel: Register = (program, world, exit) => {
  program
    .command("model")
    .description("print what was understood of each application, as JSON")
    .argument("<path>", "a folder, or a file for the application that it belongs to")
    .option("--no-spans", "leave out where things are written")
    .action(async (path: string, flags: ModelFlags) => {
      exit(await model(path, flags, world));
    });
};

async function model(path: string, { spans }: ModelFlags, world: CliHost): Promise<Exit> {
  const targets = await targetsOf([path], world);
  const analysis = new Analysis(world.engine);
  await runAnalysis(analysis, targets, world);
  const places = new Places((file) => analysis.sources.text(file));
  const spell = (at: Span): string | undefined => {
    if (!spans) return undefined;
    const { line, column } = places.of(at.file, at.start);
    const end = places.of(at.file, at.end);
    return `${relativeTo(targets.root, at.file)}:${line}:${column}-${end.line}:${end.column}`;
  };
  const apps = analysis.results
    .filter(({ project }) =>
      [...project.candidates, ...project.touched].some((file) => targets.includes(file)),
    )
    .map(({ app, project, model }) => ({
      root: relativeTo(targets.root, app.root) || ".",
      cdkVersion: project.cdkVersion,
      model,
    }));
  const replacer = (_: string, value: unknown): unknown => {
    if (isSpan(value)) return spell(value);
    return typeof value === "string" ? withoutRoot(value, targets.root) : value;
  };
  world.write(`${printableJson({ version: 1, root: targets.root, apps }, replacer)}\n`);
  return tellFailures(analysis, targets, world) ? 2 : 0;
}

function isSpan(value: unknown): value is Span {
  return (
    typeof value === "object" &&
    value !== null &&
    "file" in value &&
    "start" in value &&
    "end" in value &&
    Object.keys(value).length === 3
  );
}

/** File names inside ids and reasons, relative too: the output is the same on every machine. */
function withoutRoot(text: string, root: string): string {
  return text === root ? text : text.replaceAll(`${root}/`, "");
}
