import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver/node";
import type { Client } from "./client";

/** Work that ends sooner is not mentioned, in milliseconds. */
const patience = 1000;

/** Shows long scans in the editor's own way, off the user's way. */
export class ScanProgress {
  readonly #connection: Connection;
  readonly #client: Client;
  #timer: NodeJS.Timeout | undefined;
  #reporter: WorkDoneProgressServerReporter | undefined;

  constructor(connection: Connection, client: Client) {
    this.#connection = connection;
    this.#client = client;
  }

  begin(): void {
    if (!this.#client.showsProgress || this.#timer) return;
    this.#timer = setTimeout(() => void this.#show(), patience);
  }

  report(done: number, total: number): void {
    this.#reporter?.report((100 * done) / total, `${done} of ${total} applications`);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#reporter?.done();
    this.#reporter = undefined;
  }

  async #show(): Promise<void> {
    const reporter = await this.#connection.window.createWorkDoneProgress();
    // The work may have ended while the editor answered.
    if (!this.#timer) {
      reporter.done();
      return;
    }
    reporter.begin("CORS Lens", 0, "reading", false);
    this.#reporter = reporter;
  }
}
