/**
 * What build settings say that a built module is made of: the commands of `package.json` and of nx's `project.json`, the
 * programs that these run, and the `outDir` of a `tsconfig.json`.
 */
import { basename, dirname, joinPath, withoutExtension } from "../../base/file-paths";
import { isObject, member } from "../../base/json";
import { memoizeByIdentity } from "../../base/memoize";
import { sourceAt } from "../../interpreter/modules/resolve";
import type { Project } from "../../ir/project";
import { buildsOfCommand } from "./build-commands";
import { buildsOfProgram } from "./build-programs";

/** One run of a build tool. Paths are absolute. */
export interface Build {
  /** Files, folders, and patterns of files. */
  readonly inputs: readonly string[];
  /** The one file that is made, without extension; else a folder. */
  readonly file?: string;
  readonly folder?: string;
}

/** Settings of more folders are not looked through. */
const maxFolders = 300;

/** The source that settings name for a built module (an absolute path without extension); `undefined` when none does. */
export function sourceBySettings(project: Project, built: string): string | undefined {
  const settings = settingsOf(project);
  for (const folder of settings.folders) {
    for (const build of settings.buildsIn(folder)) {
      const file = sourceIn(project, build, built);
      if (file !== undefined) return file;
    }
  }
  return undefined;
}

/** What the settings of each folder say: read once, and only as far as somebody looks. */
const settingsOf = memoizeByIdentity((project: Project) => {
  const builds = new Map<string, readonly Build[]>();
  return {
    folders: settingsFolders(project),
    buildsIn: (folder: string): readonly Build[] => {
      const known = builds.get(folder) ?? [
        ...buildsOfPackage(project, folder),
        ...buildsOfNx(project, folder),
        ...buildsOfCompiler(project, folder),
      ];
      builds.set(folder, known);
      return known;
    },
  };
});

/** Folders that may hold settings: those of sources, and those above them that are not above all. */
function settingsFolders(project: Project): readonly string[] {
  const folders = new Set<string>([project.root]);
  for (const file of project.sources ?? project.candidates) {
    for (let folder = dirname(file); folder.length > 1; folder = dirname(folder)) {
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  const depth = (folder: string): number => folder.split("/").length;
  return [...folders].sort((a, b) => depth(a) - depth(b)).slice(0, maxFolders);
}

function buildsOfPackage(project: Project, folder: string): readonly Build[] {
  const scripts = member(project.json(joinPath(folder, "package.json")), "scripts");
  return texts(membersOf(scripts)).flatMap((script) => buildsOf(project, script, folder));
}

/** A command's own builds, and those of the programs that it runs. */
function buildsOf(project: Project, command: string, folder: string): readonly Build[] {
  const { builds, programs } = buildsOfCommand(command, folder);
  const files = programs.flatMap((path) => sourceFile(project, path) ?? []);
  return [...builds, ...files.flatMap((file) => buildsOfProgram(project, file, folder))];
}

/** nx: commands, and the options of executors that bundle (`@nx/esbuild`, `@nx/webpack`, `@nx/js`). */
function buildsOfNx(project: Project, folder: string): readonly Build[] {
  const manifest = project.json(joinPath(folder, "project.json"));
  const top = workspaceOf(project, folder);
  const from = (path: string): string =>
    joinPath(
      top,
      path
        .replaceAll("{workspaceRoot}", top)
        .replaceAll("{projectRoot}", folder)
        .replaceAll("{projectName}", text(member(manifest, "name")) ?? basename(folder)),
    );
  return membersOf(member(manifest, "targets")).flatMap((target) => {
    const option = (name: string): unknown => member(member(target, "options"), name);
    const commands = option("commands");
    const lines = [option("command"), ...(Array.isArray(commands) ? (commands as unknown[]) : [])];
    const place = from(text(option("cwd")) ?? "");
    const run = texts(lines.map((line) => text(line) ?? member(line, "command"))).flatMap((line) =>
      buildsOf(project, line, place),
    );
    const [entry, output] = [text(option("main")), text(option("outputPath"))];
    if (entry === undefined || output === undefined) return run;
    const made = text(option("outputFileName")) ?? basename(entry);
    const file = withoutExtension(joinPath(from(output), made));
    return [...run, { inputs: [from(entry)], file }];
  });
}

/** The folder of `nx.json`, from where nx runs commands. */
function workspaceOf(project: Project, folder: string): string {
  for (let up = folder; up !== dirname(up); up = dirname(up))
    if (project.isFile(joinPath(up, "nx.json"))) return up;
  return project.isFile("/nx.json") ? "/" : folder;
}

/** `outDir` repeats what lies below `rootDir`, which by default is the folder that holds all sources. */
function buildsOfCompiler(project: Project, folder: string): readonly Build[] {
  return ["tsconfig.json", "tsconfig.build.json"].flatMap((name) => {
    const options = member(project.json(joinPath(folder, name)), "compilerOptions");
    const [output, root] = [text(member(options, "outDir")), text(member(options, "rootDir"))];
    if (output === undefined || joinPath(folder, output) === folder) return [];
    const roots = root === undefined ? ["src", "."] : [root];
    const inputs = roots.map((each) => joinPath(folder, each));
    return [{ inputs, folder: joinPath(folder, output) }];
  });
}

function sourceIn(project: Project, build: Build, built: string): string | undefined {
  if (build.file !== undefined) {
    const [only, ...others] = build.inputs;
    if (build.file !== built || only === undefined || others.length > 0) return undefined;
    return sourceFile(project, only);
  }
  if (build.folder === undefined || !built.startsWith(`${build.folder}/`)) return undefined;
  const rest = built.slice(build.folder.length + 1);
  for (const input of build.inputs) {
    const found = sourceOfInput(project, input, rest, build.inputs.length === 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `rest`: the built module below the folder that the build makes. */
function sourceOfInput(
  project: Project,
  input: string,
  rest: string,
  alone: boolean,
): string | undefined {
  const open = input.search(/[*{[?]/);
  if (open >= 0) {
    const fixed = input.slice(0, input.lastIndexOf("/", open));
    return sourceFile(project, joinPath(fixed, rest));
  }
  const isFile = /\.[cm]?[jt]sx?$/.test(input);
  if (!isFile) return sourceFile(project, joinPath(input, rest));
  const named = withoutExtension(input);
  const isMeant = named === rest || named.endsWith(`/${rest}`) || (alone && rest === "index");
  return isMeant ? sourceFile(project, input) : undefined;
}

function sourceFile(project: Project, path: string): string | undefined {
  const found = sourceAt(project, path);
  return found?.k === "file" ? found.file : undefined;
}

const membersOf = (value: unknown): readonly unknown[] =>
  isObject(value) ? Object.values(value) : [];

const text = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

const texts = (values: readonly unknown[]): readonly string[] =>
  values.flatMap((value) => text(value) ?? []);
