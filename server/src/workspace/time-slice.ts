import { setImmediate } from "node:timers/promises";

/** How long work may keep the process from answering anything else, in milliseconds. */
const slice = 20;

/** Lets the process do other things now and then. */
export class TimeSlice {
  readonly #signal: AbortSignal | undefined;
  readonly #stops: () => boolean;
  #began = performance.now();

  /** @param stops asked after each pause: whether the work has become pointless */
  constructor(signal: AbortSignal | undefined, stops: () => boolean = () => false) {
    this.#signal = signal;
    this.#stops = stops;
  }

  /** Whether the work has gone on for long enough. */
  get isDue(): boolean {
    return performance.now() - this.#began >= slice;
  }

  get isAborted(): boolean {
    return this.#signal?.aborted === true;
  }

  /** Lets others go first. Rejects when aborted. */
  async begin(): Promise<void> {
    await setImmediate();
    this.#signal?.throwIfAborted();
    this.#began = performance.now();
  }

  /** Pauses; says whether to go on. Rejects when aborted. */
  async take(): Promise<boolean> {
    await this.begin();
    return !this.#stops();
  }
}
