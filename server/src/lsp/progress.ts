import type { WorkDoneProgressReporter } from "vscode-languageserver/node";

/** Work that ends sooner is not mentioned, in milliseconds. */
const patience = 1000;

/** Shows long scans in the editor's own way, off the user's way. */
export class ScanProgress {
  readonly #create: (() => Promise<WorkDoneProgressReporter>) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reporter: WorkDoneProgressReporter | undefined;

  /** @param create asks the editor for a place to report at; absent where it has none */
  constructor(create: (() => Promise<WorkDoneProgressReporter>) | undefined) {
    this.#create = create;
  }

  begin(): void {
    const create = this.#create;
    if (!create || this.#timer) return;
    this.#timer = setTimeout(() => void this.#show(create), patience);
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

  async #show(create: () => Promise<WorkDoneProgressReporter>): Promise<void> {
    const reporter = await create();
    // The work may have ended while the editor answered.
    if (!this.#timer) {
      reporter.done();
      return;
    }
    reporter.begin("CORS Lens", 0, "reading", false);
    this.#reporter = reporter;
  }
}
