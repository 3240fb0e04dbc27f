import { setImmediate } from "node:timers/promises";
import type { Finding } from "../../../shared/src/finding";
import { AppProject } from "./app-project";
import { type App, appsOf } from "./apps";
import { checkProject, type Checked, type CheckOptions, type Engine, readAhead } from "./check";
import { isWithin } from "./paths";
import { Sources } from "./sources";
import { Surroundings } from "./surroundings";
import { type FileGap, type Root, type Tree, walk } from "./tree";

export interface AppResult extends Checked {
  readonly app: App;
  readonly project: AppProject;
}

interface Kept {
  readonly result: AppResult;
  stale: boolean;
}

export interface UpdateOptions {
  /** Folders to check. One that lies within another is not walked twice. */
  readonly roots: readonly Root[];
  /** Settings for an application, by its folder. */
  readonly settings: (root: string) => CheckOptions;
  /** Applications that hold one of these files come first. */
  readonly first?: readonly string[];
  readonly signal?: AbortSignal;
  /** Asked between applications: whether to stop because something changed; the next update goes on. */
  readonly interrupted?: () => boolean;
  /** After each application that was checked anew. */
  readonly onChecked?: (result: AppResult) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What is known about all applications below some folders, kept up to date with the least work. */
export class Analysis {
  readonly sources: Sources;
  readonly #engine: Engine;
  readonly #kept = new Map<string, Kept>();
  #surroundings = new Map<Tree, Surroundings>();
  #trees: readonly Tree[] | undefined;
  #walked = "";
  #scanned = false;

  /** @param unsaved the text of a file that is open in an editor */
  constructor(engine: Engine, unsaved?: (file: string) => string | undefined) {
    this.#engine = engine;
    this.sources = new Sources(engine.frontends, unsaved);
  }

  get engine(): Engine {
    return this.#engine;
  }

  /** Whether any update has come to its end. */
  get hasScanned(): boolean {
    return this.#scanned;
  }

  /** Results of the last update, in order of their folders. */
  get results(): readonly AppResult[] {
    return [...this.#kept.values()]
      .map(({ result }) => result)
      .sort((a, b) => (a.app.root < b.app.root ? -1 : 1));
  }

  /** Files and folders that were left out of the last update, and why. */
  get gaps(): readonly FileGap[] {
    return [...(this.#trees ?? []).flatMap((tree) => tree.gaps), ...this.sources.gaps];
  }

  /** Source files below the roots. */
  get files(): readonly string[] {
    return (this.#trees ?? []).flatMap((tree) => tree.sources);
  }

  /** Findings of all applications by file and place. Two that read one file and find the same say it once. */
  get findings(): readonly Finding[] {
    const all = this.results.flatMap(({ findings }) => findings);
    const distinct = new Map(all.map((finding) => [identity(finding), finding] as const).reverse());
    return [...distinct.values()].sort(byPlace);
  }

  /** Whether an application that reads this file was checked with the file's present text. */
  covers(file: string): boolean {
    const own = [...this.#kept.values()].filter(({ result }) => reads(result, file));
    return own.length > 0 && own.every(({ stale }) => !stale);
  }

  /** A file's text changed. */
  changed(file: string): void {
    this.sources.forget(file);
    for (const kept of this.#kept.values()) {
      if (reads(kept.result, file)) kept.stale = true;
    }
  }

  /** A folder went away with everything in it; says whether any of it was known. */
  removed(folder: string): boolean {
    if (!this.sources.forgetBelow(folder)) return false;
    this.restructured();
    return true;
  }

  /** Files came or went, or what decides about them (`.gitignore`, `cdk.json`, lock files) changed. */
  restructured(): void {
    this.#trees = undefined;
    this.#surroundings.clear();
    this.sources.forgetKinds();
    this.stale();
  }

  /** Everything has to be judged again, as when settings change. */
  stale(): void {
    for (const kept of this.#kept.values()) kept.stale = true;
  }

  /**
   * Checks what changed, and says whether all of it was. When aborted, it rejects; whenever it stops early, the next
   * update goes on from there.
   */
  async update(options: UpdateOptions): Promise<boolean> {
    const apps = await this.#apps(options);
    const taken = new Set<string>();
    const present = new Set(apps.map(keyOf));
    for (const key of this.#kept.keys()) if (!present.has(key)) this.#kept.delete(key);
    for (const [index, app] of apps.entries()) {
      if (options.interrupted?.()) return false;
      const candidates = app.loose ? app.candidates.filter((f) => !taken.has(f)) : app.candidates;
      if (candidates.length === 0) {
        this.#kept.delete(keyOf(app));
        continue;
      }
      const result = await this.#result(app, candidates, options);
      for (const file of result.project.touched) if (!app.loose) taken.add(file);
      options.onProgress?.(index + 1, apps.length);
    }
    this.#scanned = true;
    return true;
  }

  async #result(
    app: App,
    candidates: readonly string[],
    options: UpdateOptions,
  ): Promise<AppResult> {
    const kept = this.#kept.get(keyOf(app));
    if (kept && isCurrent(kept, app, candidates)) return kept.result;
    await setImmediate();
    options.signal?.throwIfAborted();
    const project = new AppProject(app, candidates, this.sources, this.#around(app.tree));
    await readAhead(project, this.sources, options.signal);
    const result = { app, project, ...(await this.#check(project, options)) };
    this.#kept.set(keyOf(app), { result, stale: false });
    options.onChecked?.(result);
    return result;
  }

  #around(tree: Tree): Surroundings {
    const known = this.#surroundings.get(tree) ?? new Surroundings(tree, this.sources);
    this.#surroundings.set(tree, known);
    return known;
  }

  /** Links again when the first attempt led to a language whose frontend was not loaded. */
  async #check(project: AppProject, options: UpdateOptions): Promise<Checked> {
    for (;;) {
      const checked = checkProject(project, this.#engine, options.settings(project.root));
      const missing = this.sources.takeMissing();
      if (missing.length === 0) return checked;
      await this.sources.load(missing);
    }
  }

  async #apps(options: UpdateOptions): Promise<App[]> {
    const apps: App[] = [];
    for (const tree of await this.#walk(options)) {
      const candidates: string[] = [];
      for (let i = 0; i < tree.sources.length; i += 32) {
        const some = tree.sources.slice(i, i + 32);
        const matter = await Promise.all(some.map((file) => this.sources.matters(file)));
        candidates.push(...some.filter((_, j) => matter[j]));
        options.signal?.throwIfAborted();
      }
      apps.push(...appsOf(tree, candidates));
    }
    return unique(apps).sort((a, b) => rank(a, options.first) - rank(b, options.first));
  }

  async #walk({ roots, signal }: UpdateOptions): Promise<readonly Tree[]> {
    const key = JSON.stringify(roots);
    if (this.#trees && key === this.#walked) return this.#trees;
    const trees: Tree[] = [];
    for (const root of [...roots].sort((a, b) => (a.folder < b.folder ? -1 : 1))) {
      if (trees.some((tree) => tree.folders.includes(root.folder))) continue;
      trees.push(await walk(root, signal));
    }
    this.#trees = trees;
    this.#walked = key;
    return trees;
  }
}

function identity({ rule, at, message }: Finding): string {
  return JSON.stringify([rule, at.file, at.start, at.end, message]);
}

function byPlace(a: Finding, b: Finding): number {
  if (a.at.file !== b.at.file) return a.at.file < b.at.file ? -1 : 1;
  return a.at.start - b.at.start || (a.rule < b.rule ? -1 : 1);
}

function reads({ project }: AppResult, file: string): boolean {
  return project.touched.has(file) || project.candidates.includes(file);
}

/** A result of another walk may have seen other surroundings. */
function isCurrent({ stale, result }: Kept, app: App, candidates: readonly string[]): boolean {
  return !stale && result.app.tree === app.tree && sameList(result.project.candidates, candidates);
}

/** Two roots can lead to one application: the outer root's view of it counts. */
function unique(apps: readonly App[]): App[] {
  const keys = apps.map(keyOf);
  return apps.filter((_, i) => keys.indexOf(keys[i] ?? "") === i);
}

function keyOf(app: App): string {
  return `${app.loose ? "loose" : "app"} ${app.root}`;
}

/** The loose rest comes last, as it leaves out what the others read. */
function rank(app: App, first: readonly string[] = []): number {
  if (app.loose) return 2;
  return first.some((file) => isWithin(app.root, file) || app.candidates.includes(file)) ? 0 : 1;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
