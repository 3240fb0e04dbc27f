import type { Connection, InitializeParams } from "vscode-languageserver/node";
import { Analysis, type UpdateOptions } from "../workspace/analysis";
import { nearestApp } from "../workspace/apps";
import type { CheckOptions, Engine } from "../workspace/check";
import { Configs } from "../workspace/config";
import type { Root } from "../workspace/folder-scan";
import { Checker } from "./checker";
import { clientOf } from "./client";
import { codeActions } from "./code-actions";
import { codeLens } from "./code-lens";
import { completion } from "./completion";
import { Configuration } from "./configuration";
import type { Context } from "./context";
import { OpenDocuments } from "./documents";
import { explained } from "./explained";
import { findings } from "./findings";
import { Folders, rootOf } from "./folders";
import { hover } from "./hover";
import { probing } from "./probe";
import { LiveFindings } from "./probe-live";
import { ScanProgress } from "./progress";
import { pullDiagnostics } from "./pull-diagnostics";
import { pushDiagnostics } from "./push-diagnostics";
import type { Session } from "./server";
import { noPause, type Pause, Typing } from "./typing";
import type { SessionStart, Sign } from "./supervisor";
import { noteChanges, registerWatchers } from "./watching";

/** How the session is watched from outside; see `supervisor.ts`. */
export interface Watched extends SessionStart {
  readonly say: (sign: Sign) => void;
}

const unwatched: Watched = { careful: false, skipped: [], say: () => undefined };

/**
 * What goes on between `initialize` and `shutdown`. Nothing of the workspace is ever executed, and nothing is read before
 * the client has said that it is initialized.
 */
export function begin(
  engine: Engine,
  connection: Connection,
  params: InitializeParams,
  watched: Watched = unwatched,
  pause: Pause = noPause,
): Session {
  const typing = new Typing(pause);
  const client = clientOf(params);
  const folders = new Folders(params);
  const live = new LiveFindings();
  const configuration = new Configuration(connection, client, folders, params);
  const documents: OpenDocuments = new OpenDocuments(connection, {
    seen: (file) => analysis.sources.savedText(file),
    saved: (file) => analysis.sources.savedAgain(file),
    edited: (before, after) => typing.edited(before, after),
    changed: (file) => {
      analysis.changed(file);
      live.changed(file, analysis.sources.text(file));
      checker.request();
    },
    opened: (file) => {
      // Outside the workspace nothing is read before somebody looks at it.
      if (folders.of(file) === undefined) checker.request();
    },
  });
  const analysis: Analysis = new Analysis(engine, (file) => documents.text(file));
  const { careful, skipped, say } = watched;
  analysis.sources.watch(
    {
      ...(careful ? { working: (file: string) => say({ k: "working", file }) } : {}),
      changed: (file) => say({ k: "unskipped", file }),
    },
    skipped,
  );
  const progress = new ScanProgress(
    client.showsProgress ? () => connection.window.createWorkDoneProgress() : undefined,
  );
  const log = (error: unknown): void => connection.console.error(messageOf(error));
  const checker: Checker = new Checker(
    analysis,
    () => {
      say({ k: "working" });
      return steps(context, progress);
    },
    log,
  );
  const context: Context = {
    connection,
    client,
    folders,
    configuration,
    documents,
    analysis,
    checker,
    configs: new Configs(analysis.sources, engine),
    live,
    typing,
  };
  const recheck = (): void => {
    analysis.stale();
    checker.request();
  };

  checker.onIdle(() => progress.end());
  checker.onIdle(() => say({ k: "idle" }));
  if (client.pullsDiagnostics) pullDiagnostics(context);
  else pushDiagnostics(context);
  codeActions(context);
  probing(context);
  findings(context);
  explained(context);
  completion(context);
  hover(context);
  codeLens(context);
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (!noteChanges(changes, analysis, folders)) return;
    for (const { at } of live.all) live.changed(at.file, analysis.sources.text(at.file));
    checker.request();
  });
  connection.onShutdown(() => {
    checker.stop();
    typing.end();
  });
  return {
    initialized: async () => {
      registerWatchers(connection, client);
      configuration.listen(recheck);
      if (client.hasWorkspaceFolders) {
        folders.listen(connection, () => void configuration.load().then(recheck, log));
      }
      await configuration.load().catch(log);
      checker.start();
    },
  };
}

/** First the applications of the files that are looked at, then everything. */
function steps(context: Context, progress: ScanProgress): readonly UpdateOptions[] {
  const { folders, configuration, documents, analysis, configs } = context;
  progress.begin();
  const settings = (root: string): CheckOptions => configs.optionsFor(root, configuration.of(root));
  const all: Root[] = folders.all
    .filter((f) => configuration.of(f).enable)
    .map((folder) => ({ folder }));
  const strangers = documents.files.filter((file) => folders.of(file) === undefined);
  all.push(...distinct(strangers.map(rootOf)));
  const whole: UpdateOptions = {
    roots: all,
    settings,
    first: documents.files,
    onProgress: (done, total) => progress.report(done, total),
  };
  const near = analysis.hasScanned ? [] : nearRoots(documents.files, all);
  return near.length > 0 ? [{ roots: near, settings }, whole] : [whole];
}

/** Folders of the open files' applications, where they are but a part of what there is to read. */
function nearRoots(files: readonly string[], all: readonly Root[]): readonly Root[] {
  const apps = files.flatMap((file) => {
    const folder = nearestApp(file.slice(0, file.lastIndexOf("/")));
    return folder === undefined || all.some((root) => root.folder === folder) ? [] : [{ folder }];
  });
  return distinct(apps);
}

function distinct(roots: readonly Root[]): readonly Root[] {
  return [...new Map(roots.map((root) => [root.folder, root])).values()];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
