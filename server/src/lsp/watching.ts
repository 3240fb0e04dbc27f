import {
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  WatchKind,
} from "vscode-languageserver/node";
import { watchedFiles } from "../../../shared/src/protocol";
import type { Analysis } from "../workspace/analysis";
import { languageOf } from "../workspace/prefilter";
import { isSkippedFolder } from "../workspace/folder-scan";
import type { Client } from "./client";
import { pathOf } from "./convert";
import type { Folders } from "./folders";

/**
 * Asks the editor to tell about files that change on disk, and about everything that is deleted: a folder goes in one
 * event, of the folder alone.
 */
export function registerWatchers(connection: Connection, client: Client): void {
  if (!client.registersWatchers) return;
  void connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [
      ...watchedFiles.map((globPattern) => ({ globPattern })),
      { globPattern: "**/*", kind: WatchKind.Delete },
    ],
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
    const gone = type === FileChangeType.Deleted && analysis.removed(file);
    if (!gone && !isWatched(file)) continue;
    matters = true;
    analysis.changed(file);
    const isSource = languageOf(file) !== undefined && !structural.test(file);
    if (isSource ? type !== FileChangeType.Changed : structural.test(file)) analysis.restructured();
  }
  return matters;
}

/** Whether the name is one of those that are watched for every change. */
function isWatched(file: string): boolean {
  return languageOf(file) !== undefined || file.endsWith(".json") || structural.test(file);
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
