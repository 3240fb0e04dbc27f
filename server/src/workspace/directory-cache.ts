import path from "node:path";
import type { Dirent, Door, Kind } from "../files/door";
import { foldersAbove } from "./paths";

type Listing = ReadonlyMap<string, Dirent>;

/**
 * What there is on disk at a path. An import without an extension asks about a dozen paths of a folder, so folders are
 * listed once instead of asking the disk about each. Names count as they are written there, as they do on Lambda.
 */
export class DirectoryCache {
  readonly #door: Door;
  readonly #folders = new Map<string, Listing | "unreadable">();

  constructor(door: Door) {
    this.#door = door;
  }

  kind(file: string): Kind {
    const listing = this.#of(path.posix.dirname(file));
    if (listing === "unreadable") return this.#door.kind(file);
    const entry = listing.get(path.posix.basename(file));
    if (!entry) return this.#door.isTop(file) ? "folder" : "none";
    if (entry.isFile()) return "file";
    return entry.isDirectory() ? "folder" : this.#door.kind(file);
  }

  /** Something changed at this path: it may have come or gone. */
  forget(file: string): void {
    const above = this.#folders.get(path.posix.dirname(file));
    const known = above !== "unreadable" ? above?.get(path.posix.basename(file)) : undefined;
    // Mostly it was a text that changed, and asking about one file is cheaper than listing its folders again.
    if (known?.isFile() && this.#door.kind(file) === "file") return;
    for (const folder of foldersAbove(file)) this.#folders.delete(folder);
  }

  clear(): void {
    this.#folders.clear();
  }

  #of(folder: string): Listing | "unreadable" {
    const known = this.#folders.get(folder);
    if (known) return known;
    const listing = this.#isAbsent(folder) ? new Map<string, Dirent>() : listed(this.#door, folder);
    this.#folders.set(folder, listing);
    return listing;
  }

  /** Whether the folder above was listed, and this one is not in it. */
  #isAbsent(folder: string): boolean {
    const above = this.#folders.get(path.posix.dirname(folder));
    if (above === undefined || above === "unreadable" || folder === "/") return false;
    return !above.has(path.posix.basename(folder));
  }
}

function listed(door: Door, folder: string): Listing | "unreadable" {
  try {
    return new Map(door.list(folder).map((entry) => [entry.name, entry]));
  } catch (error) {
    // A folder may let itself be passed and not be listed.
    const isAbsent =
      error instanceof Error &&
      "code" in error &&
      /^ENO(ENT|TDIR)$/.test(`${error.code as string}`);
    return isAbsent ? new Map<string, Dirent>() : "unreadable";
  }
}
