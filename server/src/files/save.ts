import { randomUUID } from "node:crypto";
import { lstat, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { type Encoding, encode } from "./decode";
import type { Door } from "./door";

/**
 * Replaces a file's content in one step (a new file beside it, then a rename), so that a crash leaves the old or the
 * new text and never a half. Keeps mode and encoding; a symbolic link keeps pointing to the file. Rejects with the
 * system's error, and for what leads outside of the workspace.
 */
export async function save(
  door: Door,
  file: string,
  text: string,
  encoding: Encoding,
): Promise<void> {
  const target = door.realPlace(file);
  if (target === undefined) throw new Error("it leads outside of the workspace");
  const { mode } = await regular(target);
  await replace(target, encode({ text, encoding }), mode);
}

/** As `save`, for a file in UTF-8 that the user named, and that may not be there yet. */
export async function create(file: string, text: string): Promise<void> {
  const found = await regular(file).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  await replace(file, Buffer.from(text, "utf8"), found?.mode);
}

async function regular(file: string): Promise<{ readonly mode: number }> {
  const found = await lstat(file);
  if (found.isSymbolicLink()) throw new Error("it is a link");
  if (!found.isFile()) throw new Error("it is no regular file");
  return found;
}

async function replace(file: string, bytes: Uint8Array, mode: number | undefined): Promise<void> {
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(beside, "wx", mode ?? 0o666);
    try {
      // The mode of `open` passes through the umask.
      if (mode !== undefined) await handle.chmod(mode);
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
