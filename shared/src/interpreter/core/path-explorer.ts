/**
 * Decides undecided conditions so that, run after run, every way through a handler is taken once: a run follows the
 * recorded choices and takes the first option where the record ends; `next` turns the last choice that has options left.
 * Where there are more ways than can be followed, that would leave whole branches unseen: after `spread`, the next run
 * takes the option that was taken least so far, and of several the one that comes first in the program.
 */
import type { Span } from "../../ir/span";
import type { RequestVal, Val } from "./values";
import type { GuardTest } from "./values";

interface Choice {
  taken: number;
  readonly options: number;
  /** Where it is made. */
  readonly at: Span;
}

/** A way that was not taken yet: as `choices` before `index`, where another option is taken. */
interface Turn {
  readonly choices: readonly Choice[];
  readonly index: number;
  readonly taken: number;
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
  private choices: Choice[] = [];
  private position = 0;
  /** Once ways are spread: those that are left, by the option that they take, and how often each option was taken. */
  private turns: Map<string, Turn[]> | undefined;
  private readonly uses = new Map<string, number>();
  /** Truth chosen for a value, so that asking again gives the same. */
  readonly decided = new Map<unknown, boolean>();
  /** By the path of the request's part. */
  readonly learnt = new Map<string, Learnt>();
  /**
   * Each active `try`: what the heap's stamp was when an exception was considered, and the depth of the function that it
   * stands in.
   */
  readonly tries: { considered: number | undefined; readonly depth: number }[] = [];
  /** Inside a `catch`. */
  catching = 0;

  /** One of `options` ways, 0 first. */
  choose(options: number, at: Span): number {
    let choice = this.choices[this.position];
    if (!choice) {
      this.choices.push((choice = { taken: 0, options, at }));
      if (this.turns) this.leave(this.turns, this.choices.length - 1);
    }
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
    if (this.turns) return this.turn(this.turns);
    for (let last = this.choices.at(-1); last; last = this.choices.at(-1)) {
      if (last.taken + 1 < last.options) {
        last.taken++;
        return true;
      }
      this.choices.pop();
    }
    return false;
  }

  /** From now on, ways that take what was taken least come first. */
  spread(): void {
    if (this.turns) return;
    const turns = (this.turns = new Map<string, Turn[]>());
    this.choices.forEach((_, index) => this.leave(turns, index));
  }

  /** Notes the options of a choice that are left for other ways. */
  private leave(turns: Map<string, Turn[]>, index: number): void {
    const { choices } = this;
    const { taken = 0, options = 0 } = choices[index] ?? {};
    for (let other = taken + 1; other < options; other++) {
      const option = optionOf(choices[index], other);
      const alike = turns.get(option);
      if (alike) alike.push({ choices, index, taken: other });
      else turns.set(option, [{ choices, index, taken: other }]);
    }
  }

  private turn(turns: Map<string, Turn[]>): boolean {
    for (const choice of this.choices) {
      const option = optionOf(choice);
      this.uses.set(option, (this.uses.get(option) ?? 0) + 1);
    }
    let best: Turn[] = [];
    let [least, first] = [Infinity, Infinity];
    for (const [option, alike] of turns) {
      const uses = this.uses.get(option) ?? 0;
      const index = alike[0]?.index ?? Infinity;
      if (index < Infinity && (uses < least || (uses === least && index < first)))
        [best, least, first] = [alike, uses, index];
    }
    const next = best.shift();
    const choice = next?.choices[next.index];
    if (!choice) return false;
    this.choices = [...next.choices.slice(0, next.index), { ...choice, taken: next.taken }];
    return true;
  }

  about(subject: RequestVal): Learnt {
    const key = subject.path.join("\0");
    let learnt = this.learnt.get(key);
    if (!learnt) this.learnt.set(key, (learnt = { differs: [], checks: [] }));
    return learnt;
  }
}

function optionOf(choice: Choice | undefined, taken = choice?.taken): string {
  return `${choice?.at.file}:${choice?.at.start}:${taken}`;
}
