/** The forks of one piece of code that is being explored. */
import type { Outcome } from "./merging";

export interface Fork {
  taken: number;
  readonly options: number;
  /** What each option leaves behind, where the fork is a piece of code. */
  readonly outcomes?: readonly Outcome[];
}

export class PathExplorer {
  readonly #forks: Fork[] = [];
  #position = 0;

  /** The fork that an earlier run came to here. */
  again(): Fork | undefined {
    const fork = this.#forks[this.#position];
    if (fork) this.#position++;
    return fork;
  }

  /** A fork that no run has come to before; its first option is taken. */
  add(options: number, outcomes?: readonly Outcome[]): Fork {
    const fork: Fork = { taken: 0, options, ...(outcomes ? { outcomes } : {}) };
    this.#forks.push(fork);
    this.#position++;
    return fork;
  }

  get isForked(): boolean {
    return this.#forks.some(({ options }) => options > 1);
  }

  /** Turns the last fork that has options left; false when there is none. */
  next(): boolean {
    this.#position = 0;
    for (let last = this.#forks.at(-1); last; last = this.#forks.at(-1)) {
      if (last.taken + 1 < last.options) {
        last.taken++;
        return true;
      }
      this.#forks.pop();
    }
    return false;
  }
}
