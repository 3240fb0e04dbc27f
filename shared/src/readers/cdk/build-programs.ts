/** Programs that build: `await esbuild.build({ entryPoints: ["src/orders.ts"], outdir: "dist" })`, `tsup.config.ts`. */
import { joinPath, withoutExtension } from "../../base/file-paths";
import { moduleMember, runFile } from "../../interpreter/modules/modules";
import { newEvaluation } from "../../interpreter/core/state";
import { alternatives, type AbstractValue } from "../../interpreter/core/values";
import type { Project } from "../../ir/project";
import { awsDomain } from "../domain";
import { argument, toProps } from "../library-value";
import type { Build } from "./build-settings";
import { textOf } from "./handler-file";

/** A build script is short. */
const maxSteps = 20_000;

/** What a program builds when it is run in a folder. */
export function buildsOfProgram(project: Project, file: string, folder: string): readonly Build[] {
  return readOptions(project, file).flatMap((options) => buildOf(options, folder));
}

/** The options that esbuild is called with, and those that a configuration exports. */
function readOptions(project: Project, file: string): readonly AbstractValue[] {
  const run = newEvaluation(project, awsDomain(), maxSteps);
  const module = runFile(run, file);
  if (!module) return [];
  const given = run.events.flatMap((event) => {
    if (event.k !== "call" || !/^npm:(esbuild|tsup|rollup)\b/.test(event.value.path)) return [];
    return argument(event.value, 0, "options") ?? [];
  });
  const at = { file, start: 0, end: 0 };
  return [...given, moduleMember(run, module.scope, file, "default", at)];
}

function buildOf(value: AbstractValue, folder: string): readonly Build[] {
  return alternatives(value).flatMap((one) => {
    if (one.t === "array") return one.items.flatMap((item) => buildOf(item, folder));
    const slots = toProps(one)?.slots;
    const read = (...names: readonly string[]): AbstractValue | undefined =>
      names.map((name) => slots?.get(name)?.value).find((found) => found !== undefined);
    const [file, output] = [textOf(read("outfile")), textOf(read("outdir", "outDir"))];
    const entries = read("entryPoints", "entry", "input");
    if (!entries || (file === undefined && output === undefined)) return [];
    if (file !== undefined) {
      const inputs = pathsIn(entries).map((path) => joinPath(folder, path));
      return [{ inputs, file: withoutExtension(joinPath(folder, file)) }];
    }
    const made = joinPath(folder, output ?? "");
    const named = entries.t === "object" ? [...entries.props] : [];
    const inputs = named.length > 0 ? [] : pathsIn(entries).map((path) => joinPath(folder, path));
    return [
      ...named.flatMap(([name, slot]) =>
        pathsIn(slot.value).map((path) => ({
          inputs: [joinPath(folder, path)],
          file: joinPath(made, name),
        })),
      ),
      ...(inputs.length > 0 ? [{ inputs, folder: made }] : []),
    ];
  });
}

/** Paths among values: texts, lists of them, and esbuild's `{ in, out }`. */
function pathsIn(value: AbstractValue): readonly string[] {
  if (value.t === "array") return value.items.flatMap(pathsIn);
  const inside = value.t === "object" ? value.props.get("in")?.value : undefined;
  if (inside) return pathsIn(inside);
  const text = textOf(value);
  return text === undefined ? [] : [text];
}
