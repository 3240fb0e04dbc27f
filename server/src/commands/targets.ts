import path from "node:path";
import { nearestApp } from "../workspace/apps";
import { commonFolder, isWithin, slashed } from "../workspace/paths";
import { languageOf } from "../workspace/prefilter";
import { isNamedFolder } from "../files/disk";
import { reasonOf } from "../files/door";
import type { Root } from "../workspace/folder-scan";
import { UserError } from "./command";

/** What a user asked to look at. */
export interface Targets {
  /** Folders to read. */
  readonly roots: readonly Root[];
  /** The folder that reported paths are relative to. */
  readonly root: string;
  /** Whether findings in this file were asked for. */
  readonly includes: (file: string) => boolean;
}

/**
 * Resolves paths from the command line. A file is checked with the whole application that it belongs to, as its faults
 * may lie elsewhere. Rejects with a `UserError` for what does not exist, cannot be read or is no source.
 */
export async function targetsOf(paths: readonly string[], cwd: string): Promise<Targets> {
  const wanted: string[] = [];
  const roots: Root[] = [];
  const folders: string[] = [];
  for (const given of paths.length > 0 ? paths : ["."]) {
    const target = slashed(path.resolve(cwd, given));
    const isFolder = await inspect(given, target);
    const folder = isFolder ? target : path.posix.dirname(target);
    wanted.push(target);
    folders.push(folder);
    roots.push({ folder: isFolder ? target : (nearestApp(folder) ?? folder) });
  }
  return {
    roots,
    root: commonFolder(folders),
    includes: (file) => wanted.some((target) => isWithin(target, file)),
  };
}

/**
 * The one file that a text from standard input stands for. It is checked with the application that its name belongs
 * to, and need not be on disk. Throws a `UserError` for a name that is no source.
 */
export function targetOfInput(name: string, cwd: string): Targets & { readonly file: string } {
  const file = slashed(path.resolve(cwd, name));
  if (!languageOf(file)) {
    throw new UserError(`cannot check ${name}: it is not TypeScript, JavaScript or Python`);
  }
  const root = path.posix.dirname(file);
  const roots: Root[] = [{ folder: nearestApp(root) ?? root, also: file }];
  return { roots, root, includes: (other) => other === file, file };
}

async function inspect(given: string, target: string): Promise<boolean> {
  try {
    if (await isNamedFolder(target)) return true;
  } catch (error) {
    throw new UserError(`cannot read ${given}: ${reasonOf(error)}`);
  }
  if (!languageOf(target)) {
    throw new UserError(
      `cannot check ${given}: it is neither a folder nor TypeScript, JavaScript or Python`,
    );
  }
  return false;
}
