import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  type CompletionItem,
  CompletionRequest,
  ConfigurationRequest,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  type FileChangeType,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  ProposedFeatures,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  RegistrationRequest,
  type RegistrationParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgressCreateRequest,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { serve } from "../../server/src/lsp/server";
import { begin } from "../../server/src/lsp/language-session";
import type { Pause } from "../../server/src/lsp/typing";
import type { Engine } from "../../server/src/workspace/check";

/** What VS Code can do, as far as the server asks. */
export const vscode: ClientCapabilities = {
  textDocument: { diagnostic: { dynamicRegistration: true } },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
  },
  window: { workDoneProgress: true },
};

/** An editor of the year 2020: takes what it is sent. */
export const plain: ClientCapabilities = { workspace: { workspaceFolders: true } };

export interface EditorOptions {
  readonly capabilities?: ClientCapabilities;
  /** Sent in `initialize`. */
  readonly initializationOptions?: unknown;
  readonly folders?: readonly string[];
  /** The `corsLens` settings of a folder, or of the window. */
  readonly settings?: (folder: string | undefined) => unknown;
  /** When a user who types is taken to rest; without it, at once. */
  readonly pause?: Pause;
}

/** An editor that talks to the real server over streams in memory. */
export class Editor {
  readonly pushed = new Map<string, PublishDiagnosticsParams>();
  /** All that was pushed, in order. */
  readonly told: PublishDiagnosticsParams[] = [];
  readonly registrations: RegistrationParams["registrations"] = [];
  refreshes = 0;
  settings: (folder: string | undefined) => unknown;
  initialized: InitializeResult = { capabilities: {} };
  readonly #connection: ProtocolConnection;
  readonly #documents = new Map<string, TextDocument>();
  #listeners: (() => void)[] = [];

  private constructor(engine: Engine, options: EditorOptions) {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const server = createConnection(
      ProposedFeatures.all,
      new StreamMessageReader(toServer),
      new StreamMessageWriter(toClient),
    );
    serve(server, (params) => begin(engine, server, params, undefined, options.pause));
    this.settings = options.settings ?? (() => ({}));
    this.#connection = createProtocolConnection(
      new StreamMessageReader(toClient),
      new StreamMessageWriter(toServer),
    );
    this.#listen();
  }

  /** Starts a server and shakes hands with it. */
  static async open(engine: Engine, options: EditorOptions = {}): Promise<Editor> {
    const editor = new Editor(engine, options);
    const folders = options.folders ?? [];
    editor.initialized = await editor.#connection.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      capabilities: options.capabilities ?? vscode,
      initializationOptions: options.initializationOptions,
      workspaceFolders: folders.map((folder) => ({ uri: uri(folder), name: folder })),
    });
    await editor.#connection.sendNotification(InitializedNotification.type, {});
    return editor;
  }

  async close(): Promise<void> {
    await this.#connection.sendRequest(ShutdownRequest.type);
    this.#connection.dispose();
  }

  async openDocument(file: string, text: string): Promise<void> {
    const languageId = file.endsWith(".py") ? "python" : "typescript";
    this.#documents.set(file, TextDocument.create(uri(file), languageId, 1, text));
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: uri(file), languageId, version: 1, text },
    });
  }

  /** Replaces one piece of an open document, as typing does. */
  async replace(file: string, old: string, text: string): Promise<void> {
    const document = this.#document(file);
    const start = document.getText().indexOf(old);
    const range = {
      start: document.positionAt(start),
      end: document.positionAt(start + old.length),
    };
    const version = document.version + 1;
    this.#documents.set(file, TextDocument.update(document, [{ range, text }], version));
    await this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: uri(file), version },
      contentChanges: [{ range, text }],
    });
  }

  /** Gives an open document another text, by one change. */
  async replaceAll(file: string, text: string): Promise<void> {
    const document = this.#document(file);
    const version = document.version + 1;
    this.#documents.set(file, TextDocument.update(document, [{ text }], version));
    await this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: uri(file), version },
      contentChanges: [{ text }],
    });
  }

  async closeDocument(file: string): Promise<void> {
    this.#documents.delete(file);
    await this.#connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: uri(file) },
    });
  }

  async tellChanged(file: string, type: FileChangeType): Promise<void> {
    await this.#connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: uri(file), type }],
    });
  }

  async changeSettings(settings: (folder: string | undefined) => unknown): Promise<void> {
    this.settings = settings;
    await this.#connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: { corsLens: settings(undefined) },
    });
  }

  async changeFolders(added: readonly string[], removed: readonly string[]): Promise<void> {
    const named = (folders: readonly string[]) => folders.map((f) => ({ uri: uri(f), name: f }));
    await this.#connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: named(added), removed: named(removed) },
    });
  }

  /** Sends a request of our own. */
  request<Result>(method: string, params: object): Promise<Result> {
    return this.#connection.sendRequest<Result>(method, params);
  }

  pull(file: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.#connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri: uri(file) },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  }

  /** Items of a full report. */
  async diagnostics(file: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(file);
    return report.kind === "full" ? report.items : [];
  }

  pullWorkspace(
    previous: WorkspaceDiagnosticReport | undefined,
    cancelled?: AbortSignal,
  ): Promise<WorkspaceDiagnosticReport> {
    const previousResultIds = (previous?.items ?? []).map((item) => ({
      uri: item.uri,
      value: item.resultId ?? "",
    }));
    const source = cancelled ? tokenOf(cancelled) : undefined;
    return this.#connection.sendRequest(
      WorkspaceDiagnosticRequest.type,
      { previousResultIds },
      source,
    );
  }

  async codeActions(file: string, range: Range, only?: string[]): Promise<readonly CodeAction[]> {
    const found = await this.#connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: uri(file) },
      range,
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });
    return (found ?? []).flatMap((action) =>
      "command" in action && typeof action.command === "string" ? [] : [action as CodeAction],
    );
  }

  /** Completions at an offset of an open document. */
  async completions(file: string, offset: number): Promise<readonly CompletionItem[]> {
    const found = await this.#connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: uri(file) },
      position: this.#document(file).positionAt(offset),
    });
    return Array.isArray(found) ? found : (found?.items ?? []);
  }

  /** An open document's text with a completion accepted, without changing it. */
  accepted(item: CompletionItem, file: string): string {
    const edits = [item.textEdit, ...(item.additionalTextEdits ?? [])];
    return TextDocument.applyEdits(
      this.#document(file),
      edits.flatMap((edit) => (edit && "range" in edit ? [edit] : [])),
    );
  }

  /** An open document's text after a code action, without changing it. */
  after(action: CodeAction, file: string): string {
    const edits = (action.edit?.documentChanges ?? []).flatMap((change) =>
      "textDocument" in change && change.textDocument.uri === uri(file) ? change.edits : [],
    );
    const plainEdits = action.edit?.changes?.[uri(file)] ?? [];
    return TextDocument.applyEdits(
      this.#document(file),
      [...edits, ...plainEdits].flatMap((edit) => ("newText" in edit ? [edit] : [])),
    );
  }

  /** Resolves as soon as the condition holds; looks again after each message from the server. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#listeners.push(resolve));
  }

  #document(file: string): TextDocument {
    const document = this.#documents.get(file);
    if (!document) throw new Error(`${file} is not open`);
    return document;
  }

  #listen(): void {
    const connection = this.#connection;
    connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ scopeUri }) => this.settings(scopeUri && URI.parse(scopeUri).fsPath)),
    );
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.registrations.push(...registrations);
      this.#happened();
    });
    connection.onRequest(WorkDoneProgressCreateRequest.type, () => undefined);
    connection.onRequest(DiagnosticRefreshRequest.type, () => {
      this.refreshes++;
      this.#happened();
    });
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.told.push(params);
      this.pushed.set(URI.parse(params.uri).fsPath, params);
      this.#happened();
    });
    connection.listen();
  }

  #happened(): void {
    void setImmediate().then(() => {
      for (const listener of this.#listeners.splice(0)) listener();
    });
  }
}

export function uri(file: string): string {
  return URI.file(file).toString();
}

function tokenOf(signal: AbortSignal) {
  return {
    get isCancellationRequested() {
      return signal.aborted;
    },
    onCancellationRequested: (listener: (event: void) => unknown) => {
      const call = (): void => void listener();
      signal.addEventListener("abort", call);
      return { dispose: () => signal.removeEventListener("abort", call) };
    },
  };
}
