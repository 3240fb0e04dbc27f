// Where the tests of a real editor keep what they install. Everything lies under .cache, which git ignores.
import path from "node:path";

export const projectFolder = path.resolve(import.meta.dirname, "..", "..");
export const cacheFolder = path.join(projectFolder, ".cache");
export const hostFolder = path.join(cacheFolder, "vscode-host");
export const desktopFolder = path.join(cacheFolder, "vscode-desktop");
export const vsixFile = path.join(cacheFolder, "cors-lens.vsix");
