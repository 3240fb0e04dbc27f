/** What changed, in order, for readers that look at different times. */

/** More changed files than this are "everything": looking at each would take longer than looking at all. */
const most = 5000;

/** A reader's place in the log. */
export interface Position {
  readonly generation: number;
  readonly time: number;
}

/** A log of changed files, each with the time of its last change. Writing costs the same however many readers there are. */
export class Changes {
  #generation = 0;
  #time = 0;
  #times = new Map<string, number>();

  get now(): Position {
    return { generation: this.#generation, time: this.#time };
  }

  add(file: string): void {
    if (this.#times.size >= most) this.all();
    this.#times.set(file, ++this.#time);
  }

  /** Everything may have changed. */
  all(): void {
    this.#generation++;
    this.#times.clear();
  }

  /** The files that changed since; `undefined` = any may have. */
  since({ generation, time }: Position): ReadonlySet<string> | undefined {
    if (generation !== this.#generation) return undefined;
    return new Set([...this.#times].filter(([, changed]) => changed > time).map(([file]) => file));
  }
}
