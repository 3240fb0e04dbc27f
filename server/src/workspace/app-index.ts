/** Which applications there are, kept up to date without looking at every file. */
import { dirname, joinPath } from "../../../shared/src/base/file-paths";
import { type App, appsOf } from "./apps";
import { assembliesOf } from "./assemblies";
import { isWithin } from "./paths";
import { nestedPaths } from "./prefilter";
import { TimeSlice } from "./time-slice";
import type { Sources } from "./sources";
import { type FileGap, type Root, type FolderScan, walk } from "./folder-scan";

/** What to list. */
export interface Wanted {
  readonly roots: readonly Root[];
  /** Applications that hold one of these files come first. */
  readonly first?: readonly string[];
  readonly signal?: AbortSignal;
}

/** The trees below some folders, the files that matter in them, and the applications that those make. */
export class AppIndex {
  readonly #sources: Sources;
  #trees: readonly FolderScan[] | undefined;
  #walked = "";
  #apps: readonly App[] | undefined;
  #mattering = new Set<string>();
  #owners = new Map<string, App>();
  #listed: ReadonlySet<string> = new Set();
  #changed = new Set<string>();
  #assemblyGaps: FileGap[] = [];
  /** Counts `clear`: what was begun before is not kept. */
  #era = 0;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** The trees of the last listing. */
  get trees(): readonly FolderScan[] {
    return this.#trees ?? [];
  }

  /** What could not be listed, and applications that are not synthesized yet. */
  get gaps(): readonly FileGap[] {
    return [...this.trees.flatMap((tree) => tree.gaps), ...this.#assemblyGaps];
  }

  /** A file's text changed: it may matter now, or no more. */
  changed(file: string): void {
    this.#changed.add(file);
  }

  /** Files came or went: everything is to be walked again. */
  clear(): void {
    this.#trees = undefined;
    this.#apps = undefined;
    this.#era++;
  }

  /** The applications, those of the files that are wanted first at the beginning, the loose rest at the end. */
  async apps(wanted: Wanted): Promise<readonly App[]> {
    const changed = this.#changed;
    this.#changed = new Set();
    const trees = await this.#walk(wanted);
    const known = this.#hasTurned(changed) ? undefined : this.#apps;
    const apps = known ?? (await this.#list(trees, wanted.signal));
    const near = new Set((wanted.first ?? []).flatMap((file) => this.#near(file, apps)));
    const rank = (app: App): number => (app.loose ? 2 : near.has(app) ? 0 : 1);
    return [0, 1, 2].flatMap((each) => apps.filter((app) => rank(app) === each));
  }

  #near(file: string, apps: readonly App[]): readonly App[] {
    const owner = this.#owners.get(file);
    return [...(owner ? [owner] : []), ...apps.filter(({ root }) => isWithin(root, file))];
  }

  /** Whether a changed file matters now and did not, or the other way round. */
  #hasTurned(changed: ReadonlySet<string>): boolean {
    for (const file of changed) {
      if (!this.#listed.has(file)) continue;
      if (this.#sources.matters(file) !== this.#mattering.has(file)) return true;
    }
    return false;
  }

  async #list(
    trees: readonly FolderScan[],
    signal: AbortSignal | undefined,
  ): Promise<readonly App[]> {
    const era = this.#era;
    const all: App[] = [];
    this.#assemblyGaps = [];
    for (const tree of trees) {
      const read = await this.#candidates(tree, signal);
      const assemblies = assembliesOf(this.#sources, tree.apps, read);
      this.#assemblyGaps.push(...assemblies.flatMap(({ gap }) => gap ?? []));
      const candidates = [...read, ...assemblies.flatMap(({ manifest }) => manifest ?? [])].sort();
      const templates = candidates.filter((file) => this.#sources.isTemplate(file));
      all.push(...appsOf(tree, candidates, templates, this.#nestedIn(templates)));
    }
    const apps = unique(all);
    if (era === this.#era) this.#apps = apps;
    this.#owners = new Map(apps.flatMap((app) => app.candidates.map((file) => [file, app])));
    this.#mattering = new Set(all.flatMap(({ candidates }) => candidates));
    return apps;
  }

  /** Templates of nested stacks, with the first template that nests them. */
  #nestedIn(templates: readonly string[]): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const outer of templates) {
      for (const path of nestedPaths(this.#sources.text(outer) ?? "")) {
        const inner = joinPath(dirname(outer), path);
        if (inner !== outer && !found.has(inner)) found.set(inner, outer);
      }
    }
    return found;
  }

  /** Synchronous reading takes half the time of the other kind, so it is done in slices. */
  async #candidates(tree: FolderScan, signal: AbortSignal | undefined): Promise<string[]> {
    const candidates: string[] = [];
    const pause = new TimeSlice(signal);
    for (const file of tree.sources) {
      if (this.#sources.matters(file)) candidates.push(file);
      if (pause.isDue) await pause.take();
    }
    return candidates;
  }

  async #walk({ roots, signal }: Wanted): Promise<readonly FolderScan[]> {
    const key = JSON.stringify(roots);
    if (this.#trees && key === this.#walked) return this.#trees;
    const era = this.#era;
    const trees: FolderScan[] = [];
    for (const root of [...roots].sort((a, b) => (a.folder < b.folder ? -1 : 1))) {
      if (trees.some((tree) => tree.folders.includes(root.folder))) continue;
      trees.push(await walk(root, this.#sources.door, signal));
    }
    this.#apps = undefined;
    this.#listed = new Set(trees.flatMap((tree) => tree.sources));
    if (era !== this.#era) return trees;
    this.#trees = trees;
    this.#walked = key;
    return trees;
  }
}

/** What names an application for as long as it lies where it does. */
export function keyOf(app: App): string {
  return `${app.loose ? "loose" : "app"} ${app.root}`;
}

/** Two roots can lead to one application: the outer root's view of it counts. */
function unique(apps: readonly App[]): App[] {
  const byKey = new Map<string, App>();
  for (const app of apps) if (!byKey.has(keyOf(app))) byKey.set(keyOf(app), app);
  return [...byKey.values()];
}
