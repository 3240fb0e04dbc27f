/** The configuration files of applications: found, read, judged. */
import { unusedRule } from "../../../shared/src/analyze";
import type { Finding } from "../../../shared/src/finding";
import {
  configFile,
  configSchema,
  type DescribedRule,
  type FileSettings,
  readFileSettings,
  type Settings,
  withFile,
} from "../../../shared/src/settings";
import type { CheckOptions, Engine } from "./check";
import { readConfig } from "./config-file";
import { IgnoreRules } from "./ignore-rules";
import { foldersAbove, isWithin, relativeTo } from "./paths";
import type { Sources } from "./sources";

/** One `cors-lens.json`. */
export interface Config {
  readonly file: string;
  readonly settings: FileSettings;
  /** What is wrong in it. */
  readonly findings: readonly Finding[];
  readonly ignores: (file: string) => boolean;
}

/** The configuration of each application: the nearest `cors-lens.json` at or above its folder, alone. */
export class Configs {
  readonly #sources: Sources;
  readonly #rules: readonly DescribedRule[];
  readonly #read = new Map<string, { readonly text: string; readonly config: Config }>();

  constructor(sources: Sources, { rules }: Engine) {
    this.#sources = sources;
    this.#rules = [...rules, { id: unusedRule }];
  }

  /** What is wrong in the files that were read and are still there. */
  get findings(): readonly Finding[] {
    const files = [...this.#read.keys()].sort();
    return files.flatMap((file) => this.#config(file)?.findings ?? []);
  }

  /** As `findings`, of the files that hold for one of these folders: others may be those of a workspace that was left. */
  findingsFor(folders: readonly string[]): readonly Finding[] {
    const files = new Set(folders.map((folder) => this.of(folder)?.file));
    return this.findings.filter(({ at }) => files.has(at.file));
  }

  /** The file that holds for a folder; not beyond the repository. */
  of(folder: string): Config | undefined {
    for (const each of [folder, ...foldersAbove(`${folder}/-`)]) {
      const config = this.#config(`${each === "/" ? "" : each}/${configFile}`);
      if (config) return config;
      if (this.#sources.kind(`${each}/.git`) !== "none") return undefined;
    }
    return undefined;
  }

  /** How to check an application, by its file and the settings of whoever looks at it. */
  optionsFor(root: string, settings: Settings): CheckOptions {
    const config = this.of(root);
    const { rules, context, endpoints } = withFile(settings, config?.settings);
    return {
      severities: rules,
      context,
      endpoints,
      ...(config ? { ignored: config.ignores } : {}),
    };
  }

  #config(file: string): Config | undefined {
    const text = this.#sources.text(file);
    if (text === undefined) {
      this.#read.delete(file);
      return undefined;
    }
    const known = this.#read.get(file);
    if (known?.text === text) return known.config;
    const { value, findings } = readConfig(file, text, configSchema(this.#rules));
    const settings = readFileSettings(value);
    const config = { file, settings, findings, ignores: matcher(file, settings.ignores) };
    this.#read.set(file, { text, config });
    return config;
  }
}

function matcher(configFile: string, patterns: readonly string[]): Config["ignores"] {
  const folder = configFile.slice(0, configFile.lastIndexOf("/"));
  const rules = new IgnoreRules(patterns);
  return (file) => isWithin(folder, file) && rules.ignores(relativeTo(folder, file));
}
