/** `compilerOptions.paths` of the nearest tsconfig, inherited ones included. */
import { createPathsMatcher, findTsconfig, parseTsconfig, type TsConfigResult } from "get-tsconfig";
import path from "node:path";
import { slashed } from "./paths";

export interface PathMapping {
  readonly pattern: string;
  /** Absolute, with `/`; `*` where the pattern has it. */
  readonly targets: readonly string[];
}

/** Stands for `*` while the library joins and resolves paths. */
const star = "__cors-lens-star__";

/** Looks up mappings, each tsconfig read once. */
export class TsConfigs {
  readonly #found = new Map<string, unknown>();
  readonly #parsed = new Map<string, string>();
  readonly #mappings = new Map<string, readonly PathMapping[]>();

  /** Patterns in order of writing; `baseUrl` is the pattern `*`, last. Empty when there is no readable tsconfig. */
  mappings(file: string): readonly PathMapping[] {
    const folder = path.posix.dirname(file);
    const known = this.#mappings.get(folder);
    if (known) return known;
    const mappings = this.#read(folder);
    this.#mappings.set(folder, mappings);
    return mappings;
  }

  #read(folder: string): readonly PathMapping[] {
    try {
      const config = findTsconfig(folder, "tsconfig.json", this.#found);
      if (!config) return [];
      return mappingsOf({ path: config, config: parseTsconfig(config, this.#parsed) });
    } catch {
      // Half-typed JSON, an `extends` of a package that is not installed: then no mapping is known.
      return [];
    }
  }
}

function mappingsOf(tsconfig: TsConfigResult): PathMapping[] {
  const options = tsconfig.config.compilerOptions;
  const resolve = createPathsMatcher(tsconfig);
  if (!resolve) return [];
  const mappings = Object.keys(options?.paths ?? {}).map((pattern) => ({
    pattern,
    targets: resolve(pattern.replace("*", star)).map((target) =>
      slashed(target).replace(star, "*"),
    ),
  }));
  if (options?.baseUrl === undefined) return mappings;
  const base = slashed(path.resolve(path.dirname(tsconfig.path), options.baseUrl));
  return [...mappings, { pattern: "*", targets: [`${base}/*`] }];
}
