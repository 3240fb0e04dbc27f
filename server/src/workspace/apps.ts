/** Which files belong to which CDK application. */
import { exists } from "../files/disk";
import { foldersAbove, isWithin } from "./paths";
import type { FolderScan } from "./folder-scan";

export interface App {
  /** What CDK's relative paths refer to: the folder of `cdk.json`, or the checked folder without one. */
  readonly root: string;
  /** Files that passed the prefilter, sorted. */
  readonly candidates: readonly string[];
  /** Holds what belongs to no application: files that others read are not checked again in here. */
  readonly loose: boolean;
  readonly tree: FolderScan;
}

/**
 * Every candidate in exactly one application: that of the nearest `cdk.json` above; else the only application in the
 * nearest folder above that has any (`infra/cdk.json` beside `web/src`); else the loose rest.
 */
export function appsOf(tree: FolderScan, candidates: readonly string[]): App[] {
  const roots = new Set(tree.apps);
  const below = appsBelow(tree);
  const grouped = new Map<string, string[]>([...roots].map((root) => [root, []]));
  const unowned: string[] = [];
  for (const file of candidates) {
    const owner = ownerOf(file, roots, below, tree.root);
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

/** For each folder: the one application below it, or `"several"`. */
function appsBelow(tree: FolderScan): Map<string, string> {
  const below = new Map<string, string>();
  for (const app of tree.apps) {
    for (const folder of foldersAbove(app)) {
      if (!isWithin(tree.root, folder)) break;
      below.set(folder, below.has(folder) ? "several" : app);
    }
  }
  return below;
}

function ownerOf(
  file: string,
  roots: ReadonlySet<string>,
  below: ReadonlyMap<string, string>,
  top: string,
): string | undefined {
  for (const folder of foldersAbove(file)) {
    if (!isWithin(top, folder)) return undefined;
    if (roots.has(folder)) return folder;
    const neighbour = below.get(folder);
    if (neighbour !== undefined) return neighbour === "several" ? undefined : neighbour;
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
