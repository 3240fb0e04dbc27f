/** What changed, in order, for readers that look at different times. */

/** More than this many changes are "everything": looking at each would take longer than looking at all. */
const most = 5000;

/** A reader's place in the log. */
export interface Position {
  readonly generation: number;
  readonly index: number;
}

/** A log of changed files. Writing costs the same however many readers there are. */
export class Changes {
  #generation = 0;
  #files: string[] = [];

  get now(): Position {
    return { generation: this.#generation, index: this.#files.length };
  }

  add(file: string): void {
    if (this.#files.at(-1) === file) return;
    if (this.#files.length >= most) this.all();
    this.#files.push(file);
  }

  /** Everything may have changed. */
  all(): void {
    this.#generation++;
    this.#files = [];
  }

  /** The files that changed since; `undefined` = any may have. */
  since({ generation, index }: Position): ReadonlySet<string> | undefined {
    return generation === this.#generation ? new Set(this.#files.slice(index)) : undefined;
  }
}
