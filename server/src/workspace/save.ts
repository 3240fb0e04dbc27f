import { randomUUID } from "node:crypto";
import { lstat, open, realpath, rename, rm } from "node:fs/promises";
import path from "node:path";
import { type Encoding, encode } from "./decode";

/**
 * Replaces a file's content in one step (a new file beside it, then a rename), so that a crash leaves the old or the
 * new text and never a half. Keeps mode and encoding; a symbolic link keeps pointing to the file. Rejects with the
 * system's error.
 */
export async function save(file: string, text: string, encoding: Encoding): Promise<void> {
  const target = (await lstat(file)).isSymbolicLink() ? await realpath(file) : file;
  const { mode } = await lstat(target);
  const beside = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(beside, "wx", mode);
    try {
      // The mode of `open` passes through the umask.
      await handle.chmod(mode);
      await handle.writeFile(encode({ text, encoding }));
    } finally {
      await handle.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
