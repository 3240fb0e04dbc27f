import { Emitter } from "vscode-languageserver/node";
import type { Analysis, UpdateOptions } from "../workspace/analysis";

/** Keeps an analysis up to date while its files change, one update at a time. */
export class Checker {
  readonly #analysis: Analysis;
  readonly #options: () => readonly UpdateOptions[];
  readonly #log: (error: unknown) => void;
  readonly #moved = new Emitter<void>();
  readonly #idle = new Emitter<void>();
  readonly #end = new AbortController();
  #started = false;
  #running = false;
  // The first update is due from the beginning: nobody may take its absence for "no findings".
  #wanted = true;

  /** After an update that covers everything that had changed by then. */
  readonly onIdle = this.#idle.event;

  /** @param options what to update, in steps: the first steps may be a part of the last */
  constructor(
    analysis: Analysis,
    options: () => readonly UpdateOptions[],
    log: (error: unknown) => void,
  ) {
    this.#analysis = analysis;
    this.#options = options;
    this.#log = log;
  }

  /** Begins to work, once settings are known. */
  start(): void {
    this.#started = true;
    this.request();
  }

  /** Something changed: brings the analysis up to date soon. */
  request(): void {
    this.#wanted = true;
    if (this.#started && !this.#running && !this.hasStopped) void this.#run();
  }

  get isIdle(): boolean {
    return !this.#running && !this.#wanted;
  }

  get hasStopped(): boolean {
    return this.#end.signal.aborted;
  }

  /** Resolves when what is known about a file fits its present text; at once when the analysis ends. */
  async settled(file: string, cancelled?: AbortSignal): Promise<void> {
    while (!this.isIdle && !this.#analysis.covers(file)) {
      if (this.#stops(cancelled)) return;
      await this.#next(this.#moved, cancelled);
    }
  }

  /** Resolves when nothing is left to do, now or later. */
  async idle(cancelled?: AbortSignal): Promise<void> {
    while (!this.isIdle && !this.#stops(cancelled)) await this.#next(this.#moved, cancelled);
  }

  /** Resolves after the next update. */
  async change(cancelled?: AbortSignal): Promise<void> {
    if (!this.#stops(cancelled)) await this.#next(this.#idle, cancelled);
  }

  /** Ends for good and lets everyone go who waits. */
  stop(): void {
    this.#end.abort();
    this.#moved.fire();
    this.#idle.fire();
  }

  #stops(cancelled: AbortSignal | undefined): boolean {
    return this.hasStopped || cancelled?.aborted === true;
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      while (this.#wanted && !this.hasStopped) {
        this.#wanted = false;
        await this.#update();
      }
    } catch (error) {
      if (!this.hasStopped) this.#log(error);
    }
    this.#running = false;
    this.#moved.fire();
    this.#idle.fire();
  }

  async #update(): Promise<void> {
    for (const options of this.#options()) {
      await this.#analysis.update({
        ...options,
        signal: this.#end.signal,
        interrupted: () => this.#wanted,
        onChecked: (result) => {
          if (result.failure) this.#log(result.failure);
          this.#moved.fire();
        },
      });
    }
  }

  #next(emitter: Emitter<void>, cancelled: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        subscription.dispose();
        cancelled?.removeEventListener("abort", done);
        resolve();
      };
      const subscription = emitter.event(done);
      cancelled?.addEventListener("abort", done);
    });
  }
}
