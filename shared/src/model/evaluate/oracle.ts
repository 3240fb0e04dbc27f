/**
 * Decides undecided conditions so that, run after run, every way through a handler is taken once: a run follows the
 * recorded choices and takes the first option where the record ends; `next` turns the last choice that has options left.
 */
import type { RequestVal, Val } from "./values";
import type { GuardTest } from "./values";

interface Choice {
  taken: number;
  readonly options: number;
}

/** What is known of a part of the request on this way. */
export interface Learnt {
  equals?: Val;
  readonly differs: Val[];
  truthy?: boolean;
  /** A check of it failed: it is not one of the values, or not there. */
  refused?: boolean;
  guard?: GuardTest;
  /** Checks against lists and patterns, with their outcome. */
  readonly checks: { readonly guard: GuardTest; readonly holds: boolean }[];
}

export class Oracle {
  private readonly choices: Choice[] = [];
  private position = 0;
  /** Truth chosen for a value, so that asking again gives the same. */
  readonly decided = new Map<unknown, boolean>();
  /** By the path of the request's part. */
  readonly learnt = new Map<string, Learnt>();
  /** One flag for each active `try`: whether an exception was already considered. */
  readonly tries: { considered: boolean }[] = [];
  /** Inside a `catch`. */
  catching = 0;

  /** One of `options` ways, 0 first. */
  choose(options: number): number {
    let choice = this.choices[this.position];
    if (!choice) this.choices.push((choice = { taken: 0, options }));
    this.position++;
    return choice.taken;
  }

  /** How many choices this way has made. */
  get taken(): number {
    return this.position;
  }

  /** Whether another way is left; makes it the next run's. */
  next(): boolean {
    this.position = 0;
    this.decided.clear();
    this.learnt.clear();
    this.tries.length = 0;
    this.catching = 0;
    for (let last = this.choices.at(-1); last; last = this.choices.at(-1)) {
      if (last.taken + 1 < last.options) {
        last.taken++;
        return true;
      }
      this.choices.pop();
    }
    return false;
  }

  about(subject: RequestVal): Learnt {
    const key = subject.path.join("\0");
    let learnt = this.learnt.get(key);
    if (!learnt) this.learnt.set(key, (learnt = { differs: [], checks: [] }));
    return learnt;
  }
}
