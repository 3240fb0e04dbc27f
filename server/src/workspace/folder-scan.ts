/** One walk over a folder: which files there are to read, and which folders are applications. */
import { type Dirent, type Door, reasonOf } from "../files/door";
import { IgnoreRules } from "./ignore-rules";
import { foldersAbove, relativeTo } from "./paths";
import { languageOf } from "./prefilter";

/** A file or folder that was left out, and why; without a place inside it. */
export interface FileGap {
  readonly file: string;
  readonly because: string;
}

export interface FolderScan {
  readonly root: string;
  /** Files that a frontend could read, sorted. */
  readonly sources: readonly string[];
  /** Folders that hold a `cdk.json`, sorted. */
  readonly apps: readonly string[];
  /** Every folder that was visited. */
  readonly folders: readonly string[];
  /** `package.json` files, sorted. */
  readonly packages: readonly string[];
  readonly gaps: readonly FileGap[];
}

/**
 * Never sources of an application: dependencies, what CDK synthesizes (copies of every asset), what builds write,
 * virtual environments, version control and caches.
 */
const skipped: ReadonlySet<string> = new Set([
  "node_modules",
  "bower_components",
  "cdk.out",
  "dist",
  "build",
  "site-packages",
  "__pycache__",
  "venv",
  "coverage",
]);

/** Someone opened a home folder: more is no project, and reading it all would take long. */
const mostSources = 50_000;

/** Hidden folders are tools' own (`.git`, `.venv`, `.aws-sam`, `.next`, `.serverless`); of `cdk.out` some keep several. */
export function isSkippedFolder(name: string): boolean {
  return (
    skipped.has(name) ||
    name.startsWith("cdk.out") ||
    (name.startsWith(".") && name !== "." && name !== "..")
  );
}

interface IgnoreFile {
  readonly folder: string;
  readonly rules: IgnoreRules;
}

/** Where to look. */
export interface Root {
  readonly folder: string;
  /** Without the folders below: for a file that belongs to no project. */
  readonly shallow?: boolean;
  /** A source below the folder that may not be on disk, or ignored: what an editor has piped in. */
  readonly also?: string;
}

interface Walk {
  readonly sources: string[];
  readonly apps: string[];
  readonly folders: string[];
  readonly packages: string[];
  readonly gaps: FileGap[];
  readonly signal: AbortSignal | undefined;
  readonly shallow: boolean;
  readonly door: Door;
}

/**
 * Walks a folder. Symbolic links to folders are not followed, so a cycle cannot be entered; git-ignored paths are left
 * out, with the `.gitignore` files below the folder and, inside a repository, those above it. Rejects only when the
 * signal is aborted.
 */
export async function walk(
  { folder: root, shallow = false, also }: Root,
  door: Door,
  signal?: AbortSignal,
): Promise<FolderScan> {
  const found: Walk = {
    sources: [],
    apps: [],
    folders: [],
    packages: [],
    gaps: [],
    signal,
    shallow,
    door,
  };
  await visit(root, ignoreFilesAbove(door, root), found);
  const written = withoutCompiled(found.sources);
  const sources = [...new Set(also === undefined ? written : [...written, also])].sort();
  if (sources.length > mostSources) {
    const because = `holds ${sources.length} source files; only the first ${mostSources} were read`;
    found.gaps.push({ file: root, because });
  }
  return {
    root,
    sources: sources.slice(0, mostSources),
    apps: found.apps.sort(),
    folders: found.folders.sort(),
    packages: found.packages.sort(),
    gaps: found.gaps.sort((a, b) => (a.file < b.file ? -1 : 1)),
  };
}

/** The mark of a virtual environment, or of what CDK synthesized, whatever the folder is called. */
function isMark(entry: Dirent): boolean {
  return entry.name === "pyvenv.cfg" || (entry.name === "cdk.out" && entry.isFile());
}

async function visit(folder: string, above: readonly IgnoreFile[], found: Walk): Promise<void> {
  found.signal?.throwIfAborted();
  const entries = await entriesOf(folder, found);
  if (entries.some(isMark)) return;
  found.folders.push(folder);
  const own = entries.some((e) => e.name === ".gitignore")
    ? ignoreFile(found.door, folder)
    : undefined;
  const ignores = own ? [...above, own] : above;
  const below: Promise<void>[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (found.shallow || isSkippedFolder(entry.name) || isIgnored(ignores, `${path}/`)) continue;
      below.push(visit(path, ignores, found));
    } else if (entry.isFile() || entry.isSymbolicLink()) {
      note(entry.name, path, folder, ignores, found);
    }
  }
  await Promise.all(below);
}

function note(
  name: string,
  path: string,
  folder: string,
  ignores: readonly IgnoreFile[],
  found: Walk,
): void {
  if (name === "cdk.json") found.apps.push(folder);
  else if (name === "package.json") found.packages.push(path);
  else if (languageOf(name) && !isIgnored(ignores, path)) found.sources.push(path);
}

async function entriesOf(folder: string, found: Walk): Promise<readonly Dirent[]> {
  try {
    return await found.door.listLater(folder);
  } catch (error) {
    found.gaps.push({ file: folder, because: `cannot be listed: ${reasonOf(error)}` });
    return [];
  }
}

/** Larger ones are no files of rules. In bytes. */
const ignoreFileLimit = 256 * 1024;

/** An unreadable ignore file ignores nothing, as for git. */
function ignoreFile(door: Door, folder: string): IgnoreFile | undefined {
  const text = door.text(join(folder, ".gitignore"), ignoreFileLimit);
  return text === undefined ? undefined : { folder, rules: IgnoreRules.of(text) };
}

/** Ignore files between the repository's top and the folder; none when they ignore the folder itself. */
function ignoreFilesAbove(door: Door, root: string): readonly IgnoreFile[] {
  const above: IgnoreFile[] = [];
  if (isRepository(door, root)) return above;
  for (const folder of foldersAbove(root)) {
    const file = ignoreFile(door, folder);
    if (file) above.unshift(file);
    if (isRepository(door, folder)) return isIgnored(above, `${root}/`) ? [] : above;
  }
  return [];
}

function isRepository(door: Door, folder: string): boolean {
  return door.kind(join(folder, ".git")) !== "none";
}

/** Git's order: the nearest `.gitignore` that says anything about the path decides. `path` of a folder ends with `/`. */
function isIgnored(files: readonly IgnoreFile[], path: string): boolean {
  for (const { folder, rules } of [...files].reverse()) {
    const { ignored, unignored } = rules.test(relativeTo(folder, path));
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** Without `x.js` where `x.ts` lies beside it: the compiler's output says everything twice. */
function withoutCompiled(sources: readonly string[]): string[] {
  const all = new Set(sources);
  return sources.filter((file) => {
    const written = /^(.*)\.([cm]?)js(x?)$/.exec(file);
    if (!written) return true;
    const [, stem = "", kind = "", x = ""] = written;
    return !all.has(`${stem}.${kind}ts${x}`) && !(kind === "" && all.has(`${stem}.tsx`));
  });
}

function join(folder: string, name: string): string {
  return folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}
