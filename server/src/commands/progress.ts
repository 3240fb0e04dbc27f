import type { CliHost } from "./command";

/** Work that ends sooner shows no progress, in milliseconds. */
const patience = 1000;

/** Shows a line on a terminal's standard error while long work goes on. `done` wipes it away. */
export class Progress {
  readonly #world: CliHost;
  readonly #began = performance.now();
  #shown = false;

  constructor(world: CliHost) {
    this.#world = world;
  }

  show(text: string): void {
    if (!this.#world.showsProgress || performance.now() - this.#began < patience) return;
    this.#world.status(text);
    this.#shown = true;
  }

  done(): void {
    if (this.#shown) this.#world.status("");
    this.#shown = false;
  }
}
