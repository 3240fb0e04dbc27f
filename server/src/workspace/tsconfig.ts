/** `compilerOptions.paths` of the nearest tsconfig, inherited ones included. */
import { parse, type ParseError } from "jsonc-parser";
import path from "node:path";
import { foldersAbove } from "./paths";

export interface PathMapping {
  readonly pattern: string;
  /** Absolute, with `/`; `*` where the pattern has it. */
  readonly targets: readonly string[];
}

/** The files that a configuration may consist of. */
export interface TsConfigFiles {
  readonly text: (file: string) => string | undefined;
  readonly isFile: (file: string) => boolean;
}

/** What one chain of files says; what comes first in it wins. */
interface Options {
  readonly paths?: Readonly<Record<string, unknown>>;
  /** Where relative targets begin when there is no `baseUrl`: the folder of the file with `paths`. */
  readonly pathsFrom?: string;
  /** Absolute. */
  readonly baseUrl?: string;
}

/** More mappings, targets of one, and files that extend one another than any project has. */
const mostMappings = 500;
const mostTargets = 20;
const mostFiles = 30;

/** Looks up mappings, each tsconfig read once. */
export class TsConfigs {
  readonly #files: TsConfigFiles;
  readonly #mappings = new Map<string, readonly PathMapping[]>();

  constructor(files: TsConfigFiles) {
    this.#files = files;
  }

  /** Patterns in order of writing; `baseUrl` is the pattern `*`, last. Empty when there is no readable tsconfig. */
  mappings(file: string): readonly PathMapping[] {
    for (const folder of foldersAbove(file)) {
      const config = `${folder === "/" ? "" : folder}/tsconfig.json`;
      const known = this.#mappings.get(config);
      if (known) return known;
      if (!this.#files.isFile(config)) continue;
      const mappings = mappingsOf(
        this.#options(config, path.posix.dirname(config), { left: mostFiles }),
      );
      this.#mappings.set(config, mappings);
      return mappings;
    }
    return [];
  }

  /** @param left how many more files may be read: those that extend one another in a circle end with it */
  #options(config: string, configDir: string, budget: { left: number }): Options {
    if (budget.left-- <= 0) return {};
    const value = parsed(this.#files.text(config));
    const folder = path.posix.dirname(config);
    const own = ownOptions(objectOf(value["compilerOptions"]), folder, configDir);
    const bases = [value["extends"]].flat().filter((each) => typeof each === "string");
    return bases.reverse().reduce<Options>((options, base) => {
      const file = this.#extended(base, folder);
      const inherited = file === undefined ? {} : this.#options(file, configDir, budget);
      return { ...inherited, ...options };
    }, own);
  }

  /** The file that `extends` names: a path, or a file of a package. */
  #extended(name: string, folder: string): string | undefined {
    const isPath = name.startsWith("/") || /^\.\.?(\/|$)/.test(name);
    const starts = isPath
      ? [path.posix.resolve(folder, name)]
      : [...foldersAbove(`${folder}/-`)].map((each) => `${each}/node_modules/${name}`);
    return starts
      .flatMap((start) => [start, `${start}.json`, `${start}/tsconfig.json`])
      .find((file) => file.endsWith(".json") && this.#files.isFile(file));
  }
}

/** An object, also of half-typed text: what can be read of it counts. */
function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {};
  try {
    const errors: ParseError[] = [];
    return objectOf(parse(text, errors, { allowTrailingComma: true }));
  } catch {
    // It nests deeper than a stack.
    return {};
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : {};
}

function ownOptions(
  options: Readonly<Record<string, unknown>>,
  folder: string,
  configDir: string,
): Options {
  const { paths, baseUrl } = options;
  const filled = typeof baseUrl === "string" ? withConfigDir(baseUrl, configDir) : undefined;
  return {
    ...(filled === undefined ? {} : { baseUrl: path.posix.resolve(folder, filled) }),
    ...(paths === undefined ? {} : { paths: objectOf(paths), pathsFrom: folder }),
  };
}

function withConfigDir(text: string, configDir: string): string {
  return text.startsWith("${configDir}") ? configDir + text.slice("${configDir}".length) : text;
}

function mappingsOf({ paths = {}, pathsFrom = "", baseUrl }: Options): readonly PathMapping[] {
  const from = baseUrl ?? pathsFrom;
  const mappings = Object.entries(paths)
    .slice(0, mostMappings)
    .map(([pattern, targets]) => ({
      pattern,
      targets: [targets]
        .flat()
        .filter((target) => typeof target === "string")
        .slice(0, mostTargets)
        .map((target) => path.posix.resolve(from, withConfigDir(target, pathsFrom))),
    }));
  return baseUrl === undefined
    ? mappings
    : [...mappings, { pattern: "*", targets: [`${baseUrl}/*`] }];
}
