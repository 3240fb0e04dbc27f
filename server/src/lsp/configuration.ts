import {
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
} from "vscode-languageserver/node";
import {
  defaultSettings,
  readSettings,
  section,
  type Settings,
} from "../../../shared/src/settings";
import type { Client } from "./client";
import { uriOf } from "./convert";
import type { Folders } from "./folders";

/** The settings of each workspace folder, asked from the editor where it can be asked. */
export class Configuration {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #folders: Folders;
  readonly #byFolder = new Map<string, Settings>();
  /** What `initialize` brought, for editors that answer with nothing when they are asked. */
  readonly #initial: Settings;
  #base: Settings;

  constructor(connection: Connection, client: Client, folders: Folders, params: InitializeParams) {
    this.#connection = connection;
    this.#client = client;
    this.#folders = folders;
    const options: unknown = params.initializationOptions;
    this.#initial = options === undefined ? defaultSettings : readSettings(ownSection(options));
    this.#base = this.#initial;
  }

  /** Asks for the settings of all folders; call again when folders or settings change. */
  async load(): Promise<void> {
    if (!this.#client.pullsConfiguration) return;
    const folders = this.#folders.all;
    // A resource setting that is read without a resource makes editors complain, so folders are asked for where there are any.
    const scopes =
      folders.length > 0 ? folders.map((f) => ({ scopeUri: uriOf(f), section })) : [{ section }];
    const values: unknown[] = await this.#connection.workspace.getConfiguration(scopes);
    const settings = values.map((value) =>
      value === null || value === undefined ? this.#initial : readSettings(value),
    );
    this.#byFolder.clear();
    for (const [i, folder] of folders.entries()) {
      const own = settings[i];
      if (own) this.#byFolder.set(folder, own);
    }
    this.#base = settings[0] ?? this.#initial;
  }

  /** Calls back after settings have changed and were loaded. */
  listen(onChange: () => void): void {
    if (this.#client.registersConfiguration) {
      void this.#connection.client.register(DidChangeConfigurationNotification.type, { section });
    }
    this.#connection.onDidChangeConfiguration(async ({ settings }: { settings: unknown }) => {
      if (this.#client.pullsConfiguration) await this.load();
      else this.#base = readSettings(ownSection(settings));
      onChange();
    });
  }

  /** Settings of the innermost folder that holds a file. */
  of(file: string): Settings {
    const folder = this.#folders.of(file);
    return (folder === undefined ? undefined : this.#byFolder.get(folder)) ?? this.#base;
  }

  /** Settings of the window. */
  get window(): Settings {
    return this.#base;
  }
}

/** Some editors send all settings, some only ours. */
function ownSection(value: unknown): unknown {
  if (typeof value === "object" && value !== null && section in value) {
    return Object.entries(value).find(([key]) => key === section)?.[1];
  }
  return value;
}
