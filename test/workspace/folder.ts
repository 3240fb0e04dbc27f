import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { slashed } from "../../server/src/workspace/paths";

/** Folders made by the tests of this process, for `after` hooks. */
const made: string[] = [];

/** A fresh folder with files in it; its path has `/` and no symbolic links. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = slashed(realpathSync(mkdtempSync(path.join(tmpdir(), "cors-lens-"))));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) put(folder, name, content);
  return folder;
}

/** Writes a file below a folder, its folders included. */
export function put(folder: string, name: string, content: string | Uint8Array): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** Removes what `folderWith` made. */
export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/**
 * Runs something as a user who owns nothing here, as nothing is forbidden to root. The folder of the test is made
 * readable to that user first.
 */
export async function withoutPrivileges<T>(folder: string, body: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return body();
  chmodSync(folder, 0o755);
  process.seteuid?.(65534);
  try {
    return await body();
  } finally {
    process.seteuid?.(0);
  }
}
