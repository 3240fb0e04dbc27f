/** Which files belong to which application: of CDK, or of templates. */
import { exists } from "../files/disk";
import { dirname } from "../../../shared/src/base/file-paths";
import { foldersAbove, isWithin } from "./paths";
import type { FolderScan } from "./folder-scan";

export interface App {
  /** What relative paths refer to: the folder of `cdk.json`, of a template, or the checked folder without either. */
  readonly root: string;
  /** Files that passed the prefilter, sorted. */
  readonly candidates: readonly string[];
  /** Holds what belongs to no application: files that others read are not checked again in here. */
  readonly loose: boolean;
  readonly tree: FolderScan;
}

/** Folders that hold applications of one kind, and for each folder above: the one application below it, or `"several"`. */
interface Roots {
  readonly own: ReadonlySet<string>;
  readonly below: ReadonlyMap<string, string>;
}

/**
 * Every candidate in exactly one application: that of the nearest `cdk.json` above; else the only application in the
 * nearest folder above that has any (`infra/cdk.json` beside `web/src`); else the same of templates; else the loose rest.
 * @param templates candidates that deploy something; those below a `cdk.json` are its application's affair
 * @param nestedIn templates of nested stacks, with the template that nests them: they belong to its application
 */
export function appsOf(
  tree: FolderScan,
  candidates: readonly string[],
  templates: readonly string[] = [],
  nestedIn: ReadonlyMap<string, string> = new Map(),
): App[] {
  const cdk = rootsOf(tree, tree.apps);
  const free = templates.filter((file) => ![...foldersAbove(file)].some((one) => cdk.own.has(one)));
  const rootOf = (file: string): string => dirname(outermost(file, nestedIn, new Set(free)));
  const stacks = rootsOf(tree, [...new Set(free.map(rootOf))]);
  const own = new Set(free);
  const grouped = new Map<string, string[]>([...cdk.own, ...stacks.own].map((root) => [root, []]));
  const unowned: string[] = [];
  for (const file of candidates) {
    const owner = own.has(file) ? rootOf(file) : ownerOf(file, [cdk, stacks], tree.root);
    (owner === undefined ? unowned : (grouped.get(owner) ?? unowned)).push(file);
  }
  const apps = [...grouped].map(([root, files]) => ({
    root,
    candidates: files,
    loose: false,
    tree,
  }));
  if (unowned.length > 0) {
    apps.push({ root: looseRoot(tree.root), candidates: unowned, loose: true, tree });
  }
  return apps.filter((app) => app.candidates.length > 0);
}

/** The template at the top of nested stacks; of stacks that nest each other in a circle, each is its own. */
function outermost(
  file: string,
  nestedIn: ReadonlyMap<string, string>,
  all: ReadonlySet<string>,
): string {
  const seen = new Set([file]);
  for (let inner = file; ;) {
    const outer = nestedIn.get(inner);
    if (outer === undefined || !all.has(outer)) return inner;
    if (seen.has(outer)) return file;
    seen.add(outer);
    inner = outer;
  }
}

function rootsOf(tree: FolderScan, apps: readonly string[]): Roots {
  const below = new Map<string, string>();
  for (const app of apps) {
    for (const folder of foldersAbove(app)) {
      if (!isWithin(tree.root, folder)) break;
      below.set(folder, below.has(folder) ? "several" : app);
    }
  }
  return { own: new Set(apps), below };
}

/** The nearest folder above decides; in it, the first kind of application that has a say. */
function ownerOf(file: string, kinds: readonly Roots[], top: string): string | undefined {
  for (const folder of foldersAbove(file)) {
    if (!isWithin(top, folder)) return undefined;
    for (const { own, below } of kinds) {
      if (own.has(folder)) return folder;
      const neighbour = below.get(folder);
      if (neighbour !== undefined && neighbour !== "several") return neighbour;
    }
    if (kinds.some(({ below }) => below.has(folder))) return undefined;
  }
  return undefined;
}

/** A part of an application was checked (`cors-lens check lib`): the application's folder is above. */
function looseRoot(root: string): string {
  return nearestApp(root) ?? root;
}

/** The folder of the nearest `cdk.json` at or above a folder, not beyond the repository. */
export function nearestApp(start: string): string | undefined {
  for (const folder of [start, ...foldersAbove(start)]) {
    if (exists(`${folder}/cdk.json`)) return folder;
    if (exists(`${folder}/.git`)) return undefined;
  }
  return undefined;
}
