/** Applications checked side by side: threads of their own take them from the end of the list, the main one from its beginning. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Outcome } from "./analysis";
import type { App } from "./apps";

/** What a worker thread is given when it starts. */
export interface WorkerInit {
  readonly apps: readonly App[];
}

/** What a worker answers: which of the applications it has checked, and how that went. */
export interface WorkerResult {
  readonly index: number;
  readonly outcome: Outcome;
}

/** Fewer files than this are checked sooner than a worker has started. */
const worthwhile = 100;

/** More threads than this take more memory than they save time. */
const maxWorkers = 3;

/** How many applications a worker holds, so that it need not wait for the main thread. */
const prefetch = 2;

export class WorkerPool {
  readonly #apps: readonly App[];
  /** What nobody has taken lies between: the main thread takes from the front, workers from the back. */
  #front = 0;
  #back: number;
  /** What was taken by workers; `undefined` comes when one of them has died. */
  readonly #taken = new Map<App, Promise<Outcome | undefined>>();
  readonly #workers: Worker[] = [];

  /**
   * Starts as many workers as the machine has processors for.
   * @param program the script that they run: `worker.ts`
   * @param apps all applications to check, in the order in which `outcomeOf` asks for them
   */
  static of(program: string, apps: readonly App[]): WorkerPool | undefined {
    const own = apps.filter(({ loose }) => !loose);
    const files = own.reduce((sum, { candidates }) => sum + candidates.length, 0);
    const workers = Math.min(availableParallelism() - 1, maxWorkers, Math.floor(own.length / 3));
    return workers > 0 && files >= worthwhile ? new WorkerPool(program, own, workers) : undefined;
  }

  private constructor(program: string, apps: readonly App[], workers: number) {
    this.#apps = apps;
    this.#back = apps.length;
    for (let i = 0; i < workers; i++) this.#start(program);
  }

  /** The outcome of an application that a worker took; else it is the caller's to check, and no worker takes it any more. */
  async outcomeOf(app: App): Promise<Outcome | undefined> {
    const taken = this.#taken.get(app);
    if (taken) return taken;
    if (this.#apps[this.#front] === app) this.#front++;
    return undefined;
  }

  /** Ends all workers, whatever they are at. */
  async terminate(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(program: string): void {
    const given: WorkerInit = { apps: this.#apps };
    const worker = new Worker(program, { workerData: given });
    const promised = new Map<number, (outcome: Outcome | undefined) => void>();
    const next = (): void => {
      if (this.#back <= this.#front) return;
      const index = --this.#back;
      const app = this.#apps[index];
      if (app === undefined) return;
      this.#taken.set(app, new Promise((resolve) => promised.set(index, resolve)));
      worker.postMessage(index);
    };
    worker.on("message", ({ index, outcome }: WorkerResult) => {
      promised.get(index)?.(outcome);
      promised.delete(index);
      next();
    });
    // Out of memory, or a script that is not there: the main thread does what this one had in hand.
    const leave = (): void => {
      for (const resolve of promised.values()) resolve(undefined);
      promised.clear();
    };
    worker.on("error", leave);
    worker.on("exit", leave);
    this.#workers.push(worker);
    for (let i = 0; i < prefetch; i++) next();
  }
}
