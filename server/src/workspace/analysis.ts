import type { Finding } from "../../../shared/src/finding";
import { LinkCache } from "../../../shared/src/readers/link-cache";
import { AppProject } from "./app-project";
import type { App } from "./apps";
import { AppIndex, keyOf } from "./app-index";
import { Changes, type Position } from "./changes";
import { checkProject, type Checked, type CheckOptions, type Engine, readAhead } from "./check";
import { WorkerPool } from "./worker-pool";
import { type FindingsByFile, merged } from "./findings";
import { type Counters, Sources } from "./sources";
import { ProjectEnvironment } from "./project-environment";
import { TimeSlice } from "./time-slice";
import type { FileGap, Root, FolderScan } from "./folder-scan";

export interface AppResult extends Checked {
  readonly app: App;
  readonly project: AppProject;
}

/** What is to be told of an application that was checked elsewhere: plain data. */
export interface Outcome {
  readonly checked: Checked;
  /** Every file that was asked about, whether it exists or not. */
  readonly asked: readonly string[];
  /** Files that could not be read, with the reason. */
  readonly gaps: readonly FileGap[];
  readonly counters: Readonly<Counters>;
  readonly linked: Linked;
}

/** How many units of linking were worked out and taken as they were. */
interface Linked {
  readonly evaluated: number;
  readonly reused: number;
}

interface CheckedApp {
  readonly result: AppResult;
  /** What it reads of the files that belong to no application. */
  readonly shares: readonly string[];
  stale: boolean;
}

/** What linking an application has worked out, and until when it is true. */
interface LinkState {
  readonly cache: LinkCache;
  upTo: Position;
}

export interface UpdateOptions {
  /** Folders to check. One that lies within another is not walked twice. */
  readonly roots: readonly Root[];
  /** Settings for an application, by its folder. */
  readonly settings: (root: string) => CheckOptions;
  /** Applications that hold one of these files come first. */
  readonly first?: readonly string[];
  /** Only these applications; where it has one of loose files, all, as each may read those. Absent: all. */
  readonly concerns?: (app: App) => boolean;
  readonly signal?: AbortSignal;
  /** The script of threads that help where there are many applications. */
  readonly worker?: string;
  /** Asked between pieces of work: whether to stop because something changed; the next update goes on. */
  readonly interrupted?: () => boolean;
  /** After each application that was checked anew. */
  readonly onChecked?: (result: AppResult) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What is known about all applications below some folders, kept up to date with the least work. */
export class Analysis {
  readonly sources: Sources;
  readonly #engine: Engine;
  /** There may be texts that only this thread knows. */
  readonly #hasUnsaved: boolean;
  readonly #kept = new Map<string, CheckedApp>();
  readonly #memories = new Map<string, LinkState>();
  readonly #changes = new Changes();
  readonly #catalogue: AppIndex;
  #surroundings = new Map<FolderScan, ProjectEnvironment>();
  #findings: FindingsByFile | undefined;
  #linkedElsewhere: Linked = { evaluated: 0, reused: 0 };
  #looseFiles: readonly string[] = [];
  #scanned = false;

  /** @param unsaved the text of a file that is open in an editor */
  constructor(engine: Engine, unsaved?: (file: string) => string | undefined) {
    this.#engine = engine;
    this.#hasUnsaved = unsaved !== undefined;
    this.sources = new Sources(engine.frontends, unsaved);
    this.#catalogue = new AppIndex(this.sources);
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
    return [...this.#catalogue.gaps, ...this.sources.gaps];
  }

  /** Source files below the roots. */
  get files(): readonly string[] {
    return this.#catalogue.trees.flatMap((tree) => tree.sources);
  }

  /** Findings of all applications by file and place. Two that read one file and find the same say it once. */
  get findings(): readonly Finding[] {
    return [...this.findingsByFile].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, all]) => all);
  }

  /** The same by file; the list of a file is the same object until an application that reports on it is checked. */
  get findingsByFile(): FindingsByFile {
    this.#findings ??= merged(this.results.map(({ findings }) => findings));
    return this.#findings;
  }

  /** What linking has worked out and taken as it was, over all applications. */
  get linked(): Linked {
    const counters = [...this.#memories.values()].map(({ cache }) => cache.counters);
    return [...counters, this.#linkedElsewhere].reduce(sumOf);
  }

  /** Whether an application that reads this file was checked with the file's present text. */
  covers(file: string): boolean {
    const own = [...this.#kept.values()].filter((kept) => this.#reads(kept.result, file));
    return own.length > 0 && own.every(({ stale }) => !stale);
  }

  /** A file's text changed. */
  changed(file: string): void {
    this.sources.forget(file);
    this.#changes.add(file);
    this.#catalogue.changed(file);
    for (const kept of this.#kept.values()) {
      if (!kept.stale && this.#reads(kept.result, file)) kept.stale = true;
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
    this.#catalogue.clear();
    this.#changes.all();
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
    this.sources.admit(options.roots.map(({ folder }) => folder));
    const apps = concerned(await this.#catalogue.apps(options), options);
    this.#keepOnly(new Set(apps.map(keyOf)));
    this.#looseFiles = apps.filter(({ loose }) => loose).flatMap(({ candidates }) => candidates);
    const pool = this.#poolFor(apps, options);
    try {
      for (const [index, app] of apps.entries()) {
        if (options.interrupted?.()) return false;
        const candidates = app.loose ? this.#untaken(app) : app.candidates;
        const outcome = await pool?.outcomeOf(app);
        if (candidates.length === 0)
          this.#keepOnly(new Set(apps.filter((a) => a !== app).map(keyOf)));
        else if (outcome) this.#adopt(app, outcome, options);
        else if (!(await this.#bringUpToDate(app, candidates, options))) return false;
        options.onProgress?.(index + 1, apps.length);
      }
    } finally {
      await pool?.terminate();
    }
    this.#scanned = true;
    return true;
  }

  /** Helpers are worth their start when there is much to do: at the beginning. */
  #poolFor(apps: readonly App[], { worker }: UpdateOptions): WorkerPool | undefined {
    if (worker === undefined || this.#hasUnsaved || this.#kept.size > 0) return undefined;
    return WorkerPool.of(worker, apps);
  }

  /** Checks one application for another thread, and forgets it. */
  async outcomeOf(app: App, settings: UpdateOptions["settings"]): Promise<Outcome> {
    this.sources.admit([app.tree.root]);
    const [counters, linked] = [{ ...this.sources.counters }, this.linked];
    await this.#bringUpToDate(app, app.candidates, { roots: [], settings });
    const result = this.#kept.get(keyOf(app))?.result;
    if (!result) throw new Error(`${app.root} was not checked`);
    const { project, model, findings, failure } = result;
    const cache = this.#memories.get(keyOf(app))?.cache;
    const now = this.sources.counters;
    const outcome = {
      checked: { model, findings, ...(failure ? { failure } : {}) },
      asked: [...project.touched, ...(cache?.files ?? [])],
      gaps: this.sources.gaps,
      counters: {
        read: now.read - counters.read,
        parsed: now.parsed - counters.parsed,
        reused: now.reused - counters.reused,
      },
      linked: {
        evaluated: this.linked.evaluated - linked.evaluated,
        reused: this.linked.reused - linked.reused,
      },
    };
    this.#keepOnly(new Set());
    return outcome;
  }

  #adopt(app: App, { checked, asked, gaps, counters, linked }: Outcome, options: UpdateOptions) {
    const { endpoints } = options.settings(app.root);
    const around = this.#around(app.tree);
    const project = new AppProject(app, app.candidates, this.sources, around, endpoints);
    for (const file of asked) project.touched.add(file);
    this.sources.adopt(counters, gaps);
    this.#linkedElsewhere = sumOf(this.#linkedElsewhere, linked);
    this.#keep({ app, project, ...checked }, false, options);
  }

  #keep(result: AppResult, stale: boolean, options: UpdateOptions): void {
    const { app } = result;
    const shares = app.loose ? [] : this.#looseFiles.filter((file) => this.#reads(result, file));
    this.#kept.set(keyOf(app), { result, shares, stale });
    this.#findings = undefined;
    options.onChecked?.(result);
  }

  /** Forgets applications that are no more. */
  #keepOnly(keys: ReadonlySet<string>): void {
    for (const key of [...this.#kept.keys()]) {
      if (keys.has(key)) continue;
      this.#kept.delete(key);
      this.#memories.delete(key);
      this.#findings = undefined;
    }
  }

  /** The files of no application that none of the applications reads. */
  #untaken(app: App): readonly string[] {
    const owned = [...this.#kept.values()].filter(({ result }) => !result.app.loose);
    const taken = new Set(owned.flatMap(({ shares }) => shares));
    const left = app.candidates.filter((file) => !taken.has(file));
    return left.length === app.candidates.length ? app.candidates : left;
  }

  async #bringUpToDate(
    app: App,
    candidates: readonly string[],
    options: UpdateOptions,
  ): Promise<boolean> {
    const key = keyOf(app);
    const kept = this.#kept.get(key);
    if (kept && isCurrent(kept, app, candidates)) return true;
    const pause = new TimeSlice(options.signal, options.interrupted);
    await pause.begin();
    const begun = this.#changes.now;
    const { endpoints } = options.settings(app.root);
    const around = this.#around(app.tree);
    const project = new AppProject(app, candidates, this.sources, around, endpoints);
    if (!kept && !(await readAhead(project, this.sources, pause))) return false;
    const checked = await this.#check(project, this.#memory(key), options, pause);
    if (!checked) return false;
    const result = { app, project, ...checked };
    this.#keep(result, this.#isOutdated(result, begun), options);
    return true;
  }

  #memory(key: string): LinkState {
    const known = this.#memories.get(key);
    if (known) return known;
    const memory: LinkState = { cache: new LinkCache(), upTo: this.#changes.now };
    this.#memories.set(key, memory);
    return memory;
  }

  #around(tree: FolderScan): ProjectEnvironment {
    const known = this.#surroundings.get(tree) ?? new ProjectEnvironment(tree, this.sources);
    this.#surroundings.set(tree, known);
    return known;
  }

  /** Links again when the first attempt led to a language whose frontend was not loaded. */
  async #check(
    project: AppProject,
    memory: LinkState,
    options: UpdateOptions,
    pause: TimeSlice,
  ): Promise<Checked | undefined> {
    const { cache } = memory;
    let changed: Iterable<string> | undefined = this.#changes.since(memory.upTo);
    memory.upTo = this.#changes.now;
    for (;;) {
      const settings = options.settings(project.root);
      const earlier = { cache, changed };
      const checked = await checkProject(project, this.#engine, settings, earlier, pause);
      const missing = this.sources.takeMissing();
      if (missing.length === 0) return checked;
      await this.sources.load(missing);
      changed = undefined;
    }
  }

  /** Whether an application reads a file, or did when it was linked last. */
  #reads({ app, project }: AppResult, file: string): boolean {
    const memory = this.#memories.get(keyOf(app));
    return project.reads(file) || memory?.cache.asksAbout(file) === true;
  }

  /** Whether something that was read has changed while it was. */
  #isOutdated(result: AppResult, begun: Position): boolean {
    const changed = this.#changes.since(begun);
    return !changed || [...changed].some((file) => this.#reads(result, file));
  }
}

function concerned(apps: readonly App[], { concerns }: UpdateOptions): readonly App[] {
  const wanted = concerns ? apps.filter(concerns) : apps;
  return wanted.some(({ loose }) => loose) ? apps : wanted;
}

function sumOf(a: Linked, b: Linked): Linked {
  return { evaluated: a.evaluated + b.evaluated, reused: a.reused + b.reused };
}

/** A result of another walk may have seen other surroundings. */
function isCurrent(
  { stale, result }: CheckedApp,
  app: App,
  candidates: readonly string[],
): boolean {
  return !stale && result.app.tree === app.tree && sameList(result.project.candidates, candidates);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((item, i) => item === b[i]));
}
