/**
 * The one door through which files of a workspace are read. What a path is, and what stands in it, is asked here and
 * nowhere else: only regular files count, only where they really lie inside what the user opened or named, and no more
 * of them is read than was asked for. Links may lead within, a pipe, a device or a file outside is as good as absent.
 */
import {
  closeSync,
  constants,
  type Dirent,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";

/** What was read, or why nothing was. */
export type Reading =
  | { readonly k: "bytes"; readonly bytes: Uint8Array }
  | { readonly k: "absent" }
  /** Larger than was asked for; its size in bytes where it has one. */
  | { readonly k: "too large"; readonly size: number }
  | { readonly k: "refused"; readonly because: string };

export type { Dirent };

export type Kind = "file" | "folder" | "none";

/** Opens without waiting for the other end of a pipe, and never through a link that was not looked at. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

const chunk = 64 * 1024;

export class Door {
  /** Real paths of the folders inside which is read. */
  #inside: readonly string[] = [];
  #roots: readonly string[] = [];
  /** The folders inside which is read, as they are called: what lies above them is not seen. */
  #tops: readonly string[] = [];
  /** Where folders really lie; `undefined`: outside, or nowhere. */
  readonly #real = new Map<string, string | undefined>();

  /** @param roots folders inside which is read; without any nothing is */
  constructor(roots: readonly string[] = []) {
    this.admit(roots);
  }

  /**
   * From now on, what lies in these folders may be read, and in the repository of each: who checks a part of a checkout
   * means the application with what it deploys from beside it. Says whether that is other than before.
   */
  admit(roots: readonly string[]): boolean {
    if (sameList(roots, this.#roots)) return false;
    this.#roots = [...roots];
    const inside = [...new Set(roots.flatMap((root) => realpathOf(boundaryOf(root)) ?? []))];
    this.#tops = [...new Set([...roots.map(boundaryOf), ...inside])];
    const isOther = !sameList(inside, this.#inside);
    this.#inside = inside;
    this.#real.clear();
    return isOther;
  }

  /** Files came or went: where folders lie may be another place. */
  forget(): void {
    this.#real.clear();
  }

  /** Where a file really lies; `undefined` when that is outside, or when it is not there. */
  realPlace(file: string): string | undefined {
    const real = realpathOf(file);
    return real !== undefined && this.#holds(real) ? real : undefined;
  }

  /** Reads a file of at most so many bytes. */
  read(file: string, most: number): Reading {
    const place = this.#place(file);
    if (place === undefined) return { k: "absent" };
    try {
      return readAt(place, most);
    } catch (error) {
      if (codeOf(error) !== "ELOOP" && codeOf(error) !== "EMLINK") return failed(error);
    }
    // It is a link itself.
    try {
      const real = realpathSync.native(place);
      return this.#holds(real) ? readAt(real, most) : outside;
    } catch (error) {
      return failed(error);
    }
  }

  /** Whether this is one of the folders inside which is read: the folder above it is outside. */
  isTop(folder: string): boolean {
    return this.#tops.includes(path.resolve(folder)) && this.#realFolder(folder) !== undefined;
  }

  /** What there is at a path; links count as what they lead to, inside. */
  kind(file: string): Kind {
    if (this.isTop(file)) return "folder";
    const place = this.#place(file);
    const real = place === undefined ? undefined : realpathOf(place);
    if (real === undefined || !this.#holds(real)) return "none";
    try {
      const found = statSync(real, { throwIfNoEntry: false });
      if (!found) return "none";
      return found.isFile() ? "file" : found.isDirectory() ? "folder" : "none";
    } catch {
      // Not to be reached is, for an import, not to be there.
      return "none";
    }
  }

  /** The entries of a folder. Throws the system's error, `ENOENT` for a folder outside as well. */
  list(folder: string): readonly Dirent[] {
    return readdirSync(this.#listable(folder), { withFileTypes: true });
  }

  /** As `list`, while others work. */
  async listLater(folder: string): Promise<readonly Dirent[]> {
    return await readdir(this.#listable(folder), { withFileTypes: true });
  }

  /** A text in UTF-8 of at most so many bytes; `undefined` for everything else. */
  text(file: string, most: number): string | undefined {
    const reading = this.read(file, most);
    return reading.k === "bytes" ? Buffer.from(reading.bytes).toString("utf8") : undefined;
  }

  #listable(folder: string): string {
    const real = this.#realFolder(folder);
    if (real === undefined) throw Object.assign(new Error("outside"), { code: "ENOENT" });
    return real;
  }

  /** The path with its folder where it really lies; `undefined` when that is outside. */
  #place(file: string): string | undefined {
    const folder = this.#realFolder(path.dirname(file));
    return folder === undefined ? undefined : path.join(folder, path.basename(file));
  }

  #realFolder(folder: string): string | undefined {
    if (this.#real.has(folder)) return this.#real.get(folder);
    const real = realpathOf(folder);
    const place = real !== undefined && this.#holds(real) ? real : undefined;
    this.#real.set(folder, place);
    return place;
  }

  #holds(real: string): boolean {
    return this.#inside.some((root) => real === root || real.startsWith(withSlash(root)));
  }
}

const outside: Reading = { k: "refused", because: "leads outside of the workspace" };

/**
 * The folder of the repository that a folder belongs to, else of the outermost application or configuration that it is a part of, else the folder
 * itself. A home folder and the root of the disk are no workspace, though some keep their settings in a repository there.
 */
function boundaryOf(folder: string): string {
  const above: string[] = [];
  for (let each = path.resolve(folder); ; each = path.dirname(each)) {
    if (each === path.dirname(each) || each === homedir()) break;
    above.push(each);
  }
  const holds =
    (name: string) =>
    (each: string): boolean =>
      existsSync(path.join(each, name));
  const [config, app] = [holds("cors-lens.json"), holds("cdk.json")];
  return above.find(holds(".git")) ?? above.findLast((each) => config(each) || app(each)) ?? folder;
}

function readAt(place: string, most: number): Reading {
  const handle = openSync(place, flags);
  try {
    const found = fstatSync(handle);
    if (!found.isFile()) return { k: "refused", because: "is no regular file" };
    if (found.size > most) return { k: "too large", size: found.size };
    return readAll(handle, Math.min(found.size, most), most);
  } finally {
    closeSync(handle);
  }
}

/** Reads to the end, whatever the size was said to be: files of `/proc` have none. */
function readAll(handle: number, expected: number, most: number): Reading {
  const parts: Buffer[] = [];
  let size = 0;
  for (let part = Buffer.allocUnsafe(expected + 1); ; part = Buffer.allocUnsafe(chunk)) {
    const read = readSync(handle, part, 0, part.length, null);
    if (read === 0) break;
    parts.push(part.subarray(0, read));
    size += read;
    if (size > most) return { k: "too large", size };
    if (read < part.length && size === expected) break;
  }
  const [only] = parts;
  return { k: "bytes", bytes: parts.length === 1 && only ? only : Buffer.concat(parts, size) };
}

function failed(error: unknown): Reading {
  const code = codeOf(error);
  if (code === "ENOENT" || code === "ENOTDIR") return { k: "absent" };
  if (code === "ENXIO" || code === "EISDIR") return { k: "refused", because: "is no regular file" };
  return { k: "refused", because: `cannot be read: ${reasonOf(error)}` };
}

/** What the operating system said, in short. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case "ENOENT":
      return "no such file or folder";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "ELOOP":
      return "too many symbolic links";
    default:
      return code ?? (error instanceof Error ? error.message : String(error));
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

function realpathOf(place: string): string | undefined {
  try {
    return realpathSync.native(place);
  } catch {
    // It is not there, or leads in a circle.
    return undefined;
  }
}

function withSlash(folder: string): string {
  return folder.endsWith(path.sep) ? folder : folder + path.sep;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}
