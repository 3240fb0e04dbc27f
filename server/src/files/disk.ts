/**
 * Files that are none of a workspace's content: what the user named as an argument, what belongs to this installation and
 * to the system, and whether a folder is marked as a repository or an application.
 */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
} from "node:fs";
import { access, readdir, realpath, stat, writeFile } from "node:fs/promises";

/** Whether there is anything at a path; says nothing about what. */
export function exists(path: string): boolean {
  return existsSync(path);
}

/** Text of this installation or of the system, in UTF-8. Throws the system's error. */
export function ownText(file: string): string {
  return readFileSync(file, "utf8");
}

/** Bytes of a file that the user named. They may name a pipe, too; more than `most` bytes are refused. Throws. */
export function namedBytes(file: string, most: number): Uint8Array {
  const handle = openSync(file, "r");
  try {
    if (fstatSync(handle).isDirectory())
      throw Object.assign(new Error("a folder"), { code: "EISDIR" });
    const parts: Buffer[] = [];
    let size = 0;
    for (;;) {
      const part = Buffer.allocUnsafe(256 * 1024);
      const read = readSync(handle, part, 0, part.length, null);
      if (read === 0) return Buffer.concat(parts, size);
      size += read;
      if (size > most) throw new Error(`larger than ${String(Math.round(most / 1024 / 1024))} MB`);
      parts.push(part.subarray(0, read));
    }
  } finally {
    closeSync(handle);
  }
}

/** Writes a file that the user named. Rejects with the system's error. */
export async function writeNamed(file: string, text: string): Promise<void> {
  await writeFile(file, text);
}

/** Whether a path that the user named is a folder. Rejects with the system's error when it is not there or not readable. */
export async function isNamedFolder(path: string): Promise<boolean> {
  const found = await stat(path);
  await access(path, constants.R_OK);
  return found.isDirectory();
}

/** The names in a folder that the user named; none when it cannot be listed. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

/** Where a path really leads; `undefined` when it leads nowhere. */
export async function realPlace(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch {
    return undefined;
  }
}
