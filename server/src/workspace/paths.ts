/** Paths as the rest of the program sees them: absolute, with `/`, also on Windows. */
import path from "node:path";

/** An absolute path with `/`. */
export function slashed(file: string): string {
  const absolute = path.resolve(file);
  return path.sep === "\\" ? absolute.replaceAll("\\", "/") : absolute;
}

/** Whether `file` is `folder` or lies below it. */
export function isWithin(folder: string, file: string): boolean {
  return file === folder || file.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** `file` as seen from `folder`, with `/`; the absolute path where it lies elsewhere. */
export function relativeTo(folder: string, file: string): string {
  if (!isWithin(folder, file)) return file;
  return file === folder
    ? ""
    : file.slice(folder.endsWith("/") ? folder.length : folder.length + 1);
}

/** `file` as a terminal in `folder` names it, with `/`: where it lies elsewhere, by way of `..`. */
export function fromFolder(folder: string, file: string): string {
  return path.posix.relative(folder, file);
}

/** The folder of a file, and each folder above it, nearest first. */
export function* foldersAbove(file: string): Iterable<string> {
  for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
    yield folder;
    if (folder === path.posix.dirname(folder)) return;
  }
}

/** The deepest folder that holds all the others. */
export function commonFolder(folders: readonly string[]): string {
  const [first = "/", ...others] = folders;
  for (const folder of [first, ...foldersAbove(first)]) {
    if (others.every((other) => isWithin(folder, other))) return folder;
  }
  return "/";
}
