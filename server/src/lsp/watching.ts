import {
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
} from "vscode-languageserver/node";
import { watchedFiles } from "../../../shared/src/protocol";
import type { Analysis } from "../workspace/analysis";
import { languageOf } from "../workspace/prefilter";
import { isSkippedFolder } from "../workspace/tree";
import type { Client } from "./client";
import { pathOf } from "./convert";
import type { Folders } from "./folders";

/** Asks the editor to tell about files that change on disk. */
export function registerWatchers(connection: Connection, client: Client): void {
  if (!client.registersWatchers) return;
  void connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: watchedFiles.map((globPattern) => ({ globPattern })),
  });
}

/** Files that say which files there are, what belongs together and which versions are used. */
const structural =
  /\/(?:cdk|cors-lens|package|package-lock|tsconfig[^/]*)\.json$|\/\.gitignore$|\.(?:lock|ya?ml|toml)$|\/(?:Pipfile\.lock|requirements[^/]*\.txt|setup\.py)$/;

/** Tells the analysis what happened on disk; says whether any of it matters. */
export function noteChanges(
  changes: readonly FileEvent[],
  analysis: Analysis,
  folders: Folders,
): boolean {
  let matters = false;
  for (const { uri, type } of changes) {
    const file = pathOf(uri);
    if (file === undefined || isForeign(file, folders)) continue;
    matters = true;
    analysis.changed(file);
    const isSource = languageOf(file) !== undefined && !structural.test(file);
    if (isSource ? type !== FileChangeType.Changed : structural.test(file)) analysis.restructured();
  }
  return matters;
}

/** Installing packages or synthesizing writes thousands of files that are never read. */
function isForeign(file: string, folders: Folders): boolean {
  const folder = folders.of(file) ?? "";
  return file
    .slice(folder.length)
    .split("/")
    .slice(0, -1)
    .some((name) => name !== "" && isSkippedFolder(name));
}
