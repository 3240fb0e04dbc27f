import {
  type CancellationToken,
  type Disposable,
  EventEmitter,
  l10n,
  type LogOutputChannel,
} from "vscode";
import {
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  State,
  TransportKind,
  WorkDoneProgress,
  type WorkDoneProgressReport,
} from "vscode-languageclient/node";
import {
  type ClientOptions,
  diagnosticSource,
  explainCommand,
  lensCommands,
  type SkippedFiles,
  skippedNotification,
} from "../../shared/src/protocol";
import { section } from "../../shared/src/settings";
import { selector } from "./documents";

/** What the language server is doing: `waiting` until there is something to check, `stopped` when it ended or failed. */
export type ServerState = "waiting" | "starting" | "running" | "stopped";

/** The language server of one window: one process for all workspace folders, started and replaced in turn. */
export class Session implements Disposable {
  readonly #module: string;
  readonly #output: LogOutputChannel;
  readonly #changed = new EventEmitter<ServerState>();
  readonly onDidChangeState = this.#changed.event;
  readonly #skipped = new EventEmitter<readonly string[]>();
  /** Files that the server leaves out, because checking them took too long or too much memory. */
  readonly onDidChangeSkipped = this.#skipped.event;
  #client: LanguageClient | undefined;
  #tokens = 0;
  #turn: Promise<void> = Promise.resolve();

  /** @param module path of the bundled server, run in a Node process of its own */
  constructor(module: string, output: LogOutputChannel) {
    this.#module = module;
    this.#output = output;
  }

  /** Starts the server unless it was started before. Never rejects: a failure is logged and becomes the state. */
  start(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#client) await this.#launch();
    });
  }

  /** Ends the server, whatever its state, and starts a new one. */
  restart(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#end();
      await this.#launch();
    });
  }

  /** Asks the server, which is started if need be. Rejects when it does not run or does not know the method. */
  async request<Result>(
    method: string,
    params: unknown,
    token: CancellationToken,
  ): Promise<Result> {
    const client = await this.#running();
    return client.sendRequest<Result>(method, params, token);
  }

  /** A request that tells how far it has come. */
  async requestWithProgress<Result>(
    method: string,
    params: object,
    token: CancellationToken,
    onProgress: (report: WorkDoneProgressReport) => void,
  ): Promise<Result> {
    const client = await this.#running();
    const workDoneToken = `corsLens ${String(++this.#tokens)}`;
    const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind === "report") onProgress(value);
    });
    try {
      return await client.sendRequest<Result>(method, { ...params, workDoneToken }, token);
    } finally {
      listener.dispose();
    }
  }

  async #running(): Promise<LanguageClient> {
    await this.start();
    if (!this.#client?.isRunning()) throw new Error(l10n.t("The language server has stopped."));
    return this.#client;
  }

  dispose(): void {
    void this.#inTurn(() => this.#end());
    this.#changed.dispose();
    this.#skipped.dispose();
  }

  #inTurn(action: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(action).catch((error: unknown) => {
      this.#log(error);
      this.#changed.fire("stopped");
    });
    return this.#turn;
  }

  #log(error: unknown): void {
    this.#output.error(error instanceof Error ? error : String(error));
  }

  async #launch(): Promise<void> {
    const client = createClient(this.#module, this.#output);
    this.#client = client;
    client.onDidChangeState(({ newState }) => {
      if (this.#client === client) this.#changed.fire(stateName(newState));
    });
    this.#skipped.fire([]);
    client.onNotification(skippedNotification, ({ files }: SkippedFiles) => {
      if (this.#client === client) this.#skipped.fire(files);
    });
    await client.start();
  }

  // A client whose start failed can neither be stopped nor started again, so each start has a client of its own.
  async #end(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (!client?.isRunning()) return;
    try {
      await client.dispose();
    } catch (error) {
      // A server that hangs does not answer `shutdown`; the client has then killed its process.
      this.#log(error);
    }
  }
}

function stateName(state: State): ServerState {
  if (state === State.Running) return "running";
  return state === State.Starting ? "starting" : "stopped";
}

function createClient(module: string, output: LogOutputChannel): LanguageClient {
  const run = { module, transport: TransportKind.ipc };
  const server: ServerOptions = {
    run,
    debug: {
      ...run,
      options: { execArgv: ["--nolazy", "--inspect=6019", "--enable-source-maps"] },
    },
  };
  const own: ClientOptions = { commands: [...Object.values(lensCommands), explainCommand] };
  const options: LanguageClientOptions = {
    documentSelector: selector,
    initializationOptions: own,
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: diagnosticSource,
    diagnosticPullOptions: { onChange: true, onTabs: true },
    markdown: { supportThemeIcons: true },
  };
  return new LanguageClient(section, l10n.t("CORS Lens"), server, options);
}
