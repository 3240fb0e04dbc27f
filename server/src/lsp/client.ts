import type { DiagnosticTag, InitializeParams } from "vscode-languageserver/node";

/** What the editor at the other end can do, as it said in `initialize`. */
export interface Client {
  /** Asks for diagnostics itself (`textDocument/diagnostic`); others get them pushed. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly pullsConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly showsProgress: boolean;
  readonly hasWorkspaceFolders: boolean;
  /** Takes edits with document versions. */
  readonly documentChanges: boolean;
  readonly changeAnnotations: boolean;
  /** Fades what has no effect. */
  readonly fades: boolean;
  /** Commands that it runs itself. */
  readonly commands: ReadonlySet<string>;
}

const unnecessary = 1 satisfies DiagnosticTag;

/** Reads the capabilities; what is not mentioned is not there. */
export function clientOf({ capabilities, initializationOptions }: InitializeParams): Client {
  const { textDocument, workspace, window } = capabilities;
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    pullsConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    showsProgress: window?.workDoneProgress === true,
    hasWorkspaceFolders: workspace?.workspaceFolders === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    changeAnnotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    fades: textDocument?.publishDiagnostics?.tagSupport?.valueSet.includes(unnecessary) === true,
    commands: commandsIn(initializationOptions),
  };
}

/** `ClientOptions` of our own client; other clients may send anything. */
function commandsIn(options: unknown): ReadonlySet<string> {
  if (typeof options !== "object" || options === null || !("commands" in options)) return new Set();
  const { commands } = options;
  return new Set(
    Array.isArray(commands) ? commands.filter((name) => typeof name === "string") : [],
  );
}
