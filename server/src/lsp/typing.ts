/** Whether somebody is typing. What is half written has mistakes that its author knows of: nothing new is told meanwhile. */
import { Emitter } from "vscode-languageserver/node";

/** Calls back when the user has rested; gives what calls that off. */
export type Pause = (rested: () => void) => () => void;

/** Between two keys of somebody who types pass fewer milliseconds than these. */
const restful = 400;

export const untilRest: Pause = (rested) => {
  const timer = setTimeout(rested, restful);
  return () => clearTimeout(timer);
};

/** For editors that want every answer at once. */
export const noPause: Pause = (rested) => {
  rested();
  return () => undefined;
};

export class Typing {
  readonly #pause: Pause;
  readonly #rest = new Emitter<void>();
  #callOff: (() => void) | undefined;

  /** When the user has rested, or did something else than typing. */
  readonly onRest = this.#rest.event;

  constructor(pause: Pause) {
    this.#pause = pause;
  }

  get isActive(): boolean {
    return this.#callOff !== undefined;
  }

  /** A document changed: by a key, or by what is whole, such as a fix, a paste of lines or an undo of more. */
  edited(before: string, after: string): void {
    this.#callOff?.();
    if (!isTyped(before, after)) {
      this.end();
      return;
    }
    let over = false;
    const callOff = this.#pause(() => {
      over = true;
      this.end();
    });
    if (!over) this.#callOff = callOff;
  }

  /** Nobody types any more. */
  end(): void {
    const was = this.isActive;
    this.#callOff?.();
    this.#callOff = undefined;
    if (was) this.#rest.fire();
  }

  /** Resolves when nobody types; at once when cancelled. */
  async rested(cancelled?: AbortSignal): Promise<void> {
    while (this.isActive && cancelled?.aborted !== true) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          subscription.dispose();
          cancelled?.removeEventListener("abort", done);
          resolve();
        };
        const subscription = this.#rest.event(done);
        cancelled?.addEventListener("abort", done);
      });
    }
  }
}

/** Characters that one key takes away at most: a word, a selection. */
const mostRemoved = 200;

/** Within a line, or a new line with its indentation. */
function isTyped(before: string, after: string): boolean {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const inserted = after.slice(start, after.length - end);
  const removed = before.length - end - start;
  return removed <= mostRemoved && (inserted.trim() === "" || !inserted.trim().includes("\n"));
}
