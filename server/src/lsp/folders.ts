import { exists } from "../files/disk";
import path from "node:path";
import type { Connection, InitializeParams } from "vscode-languageserver/node";
import { nearestApp } from "../workspace/apps";
import { foldersAbove, isWithin } from "../workspace/paths";
import type { Root } from "../workspace/folder-scan";
import { pathOf } from "./convert";

/** The workspace folders, which may lie in one another. */
export class Folders {
  #folders: readonly string[];

  constructor({ workspaceFolders, rootUri }: InitializeParams) {
    const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
    this.#folders = paths(uris);
  }

  get all(): readonly string[] {
    return this.#folders;
  }

  /** Keeps up with folders that are added and removed. */
  listen(connection: Connection, onChange: () => void): void {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(paths(removed.map(({ uri }) => uri)));
      const fresh = paths(added.map(({ uri }) => uri));
      this.#folders = [...new Set([...this.#folders.filter((f) => !gone.has(f)), ...fresh])];
      onChange();
    });
  }

  /** The innermost folder that holds a file. */
  of(file: string): string | undefined {
    return this.#folders
      .filter((folder) => isWithin(folder, file))
      .sort((a, b) => b.length - a.length)[0];
  }
}

function paths(uris: readonly string[]): string[] {
  return uris.flatMap((uri) => pathOf(uri) ?? []);
}

const projectFiles = ["package.json", "pyproject.toml", "requirements.txt", ".git"];

/** Where to look for the company of a file outside every workspace folder: its project, else its own folder only. */
export function rootOf(file: string): Root {
  const own = path.posix.dirname(file);
  const app = nearestApp(own);
  if (app) return { folder: app };
  for (const folder of foldersAbove(file)) {
    if (projectFiles.some((name) => exists(`${folder}/${name}`))) return { folder };
  }
  return { folder: own, shallow: true };
}
