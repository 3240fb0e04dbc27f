import path from "node:path";
import { type App, nearestApp } from "../workspace/apps";
import { commonFolder, foldersAbove, isWithin, slashed } from "../workspace/paths";
import { languageOf, mayBeNamed } from "../workspace/prefilter";
import { exists, isNamedFolder } from "../files/disk";
import { reasonOf } from "../files/door";
import type { Root } from "../workspace/folder-scan";
import { UserError } from "./command";

/** What a user asked to look at. */
export interface Targets {
  /** Folders to read: the applications that the paths belong to, with what lies beside them. */
  readonly roots: readonly Root[];
  /** The folder that reported paths are relative to, for programs. */
  readonly root: string;
  /** The working directory, which reported paths are relative to for people. */
  readonly cwd: string;
  /** Whether findings in this file were asked for. */
  readonly includes: (file: string) => boolean;
  /** Whether an application may have findings that were asked for. */
  readonly concerns: (app: App) => boolean;
}

/** Where paths are looked up. */
export interface Standing {
  readonly cwd: string;
  /** The only folders that may be read; without it, whatever the user names. */
  readonly allowed?: readonly string[];
}

/**
 * Resolves paths from the command line. What lies in an application is checked with the whole of it, as its faults may
 * lie elsewhere. Rejects with a `UserError` for what does not exist, cannot be read or is no source.
 */
export async function targetsOf(paths: readonly string[], standing: Standing): Promise<Targets> {
  const cwd = slashed(standing.cwd);
  const wanted: string[] = [];
  const folders: string[] = [];
  for (const given of paths.length > 0 ? paths : ["."]) {
    const target = slashed(path.resolve(cwd, given));
    wanted.push(target);
    folders.push((await inspect(given, target)) ? target : path.posix.dirname(target));
  }
  const roots = rootsOf(folders, standing);
  const covers = (file: string): boolean => wanted.some((target) => isWithin(target, file));
  return {
    roots,
    root: wanted.every((target) => isWithin(cwd, target)) ? cwd : commonFolder(folders),
    cwd,
    includes: covers,
    concerns: ({ root, candidates, loose }) =>
      candidates.some(covers) ||
      (!loose && (covers(root) || wanted.some((t) => isWithin(root, t)))),
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
  const [folder, here] = [path.posix.dirname(file), slashed(cwd)];
  return {
    roots: rootsOf([folder], { cwd }).map((root) => ({ ...root, also: file })),
    root: isWithin(here, file) ? here : folder,
    cwd: here,
    includes: (other) => other === file,
    concerns: ({ root, candidates, loose }) =>
      candidates.includes(file) || (!loose && isWithin(root, file)),
    file,
  };
}

/**
 * What has all of the applications of some folders, and their own folders, in case that the walk around them leaves them
 * out: they may be ignored, or lie beyond what is read of a large project.
 */
function rootsOf(folders: readonly string[], standing: Standing): readonly Root[] {
  const all = folders.flatMap((folder) => {
    const whole = wholeOf(folder, standing);
    const app = nearestApp(folder);
    return [whole, app !== undefined && isWithin(whole, app) ? app : folder];
  });
  return [...new Set(all)].map((folder) => ({ folder }));
}

/**
 * The folder that has all of the application of a folder: handlers and pages may lie beside its `cdk.json`, up to the
 * working directory where that is of the same project.
 */
function wholeOf(folder: string, { cwd, allowed }: Standing): string {
  const within = allowed?.map(slashed).find((each) => isWithin(each, folder));
  const app = nearestApp(folder);
  const around = isOneProject(within ?? slashed(cwd), folder)
    ? (within ?? slashed(cwd))
    : undefined;
  const outermost = [app, around].reduce<string>(
    (outer, each) => (each !== undefined && isWithin(each, outer) ? each : outer),
    folder,
  );
  return within !== undefined && isWithin(outermost, within) ? within : outermost;
}

/** A folder of projects, such as a home folder, is not read for the sake of one of them. */
function isOneProject(outer: string, folder: string): boolean {
  if (!isWithin(outer, folder)) return false;
  const repository = [folder, ...foldersAbove(folder)].find((each) => exists(`${each}/.git`));
  if (repository !== undefined) return isWithin(repository, outer);
  return ["package.json", "pyproject.toml", "requirements.txt"].some((name) =>
    exists(`${outer}/${name}`),
  );
}

/** Whether it is a folder. */
async function inspect(given: string, target: string): Promise<boolean> {
  try {
    if (await isNamedFolder(target)) return true;
  } catch (error) {
    throw new UserError(`cannot read ${given}: ${reasonOf(error)}`);
  }
  // A hook names all that changed: type declarations and settings too.
  if (!mayBeNamed(target)) {
    throw new UserError(
      `cannot check ${given}: it is neither a folder nor code, a page or a template`,
    );
  }
  return false;
}
