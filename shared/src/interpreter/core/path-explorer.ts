/**
 * Decides undecided conditions so that, run after run, every way through a handler is taken once: a run follows the
 * recorded choices and takes the first option where the record ends; `next` turns the last choice that has options left.
 * Where there are more ways than can be followed, that would leave whole branches unseen: after `spread`, the next run
 * takes the option that was taken least so far, and of several the one that comes first in the program.
 */
import { resolvedPath } from "./header-names";
import type { Span } from "../../ir/span";
import type { RequestValue, AbstractValue, GuardTest } from "./values";

interface Fork {
  taken: number;
  readonly options: number;
  /** Where it is made. */
  readonly at: Span;
  /** How many attempts to follow all ways at once were made before. */
  readonly attempts: number;
}

/** A way that was not taken yet: as `choices` before `index`, where another option is taken. */
interface PendingFork {
  readonly choices: readonly Fork[];
  readonly index: number;
  readonly taken: number;
  readonly attempts: readonly boolean[];
}

/** What is known of a part of the request on this way. */
export interface PathConstraint {
  equals?: AbstractValue;
  readonly differs: AbstractValue[];
  truthy?: boolean;
  /** A check of it failed: it is not one of the values, or not there. */
  refused?: boolean;
  guard?: GuardTest;
  /** Checks against lists and patterns, with their outcome. */
  readonly checks: { readonly guard: GuardTest; readonly holds: boolean }[];
}

export class PathExplorer {
  private forks: Fork[] = [];
  private position = 0;
  /** Once ways are spread: those that are left, by the option that they take, and how often each option was taken. */
  private pending: Map<string, PendingFork[]> | undefined;
  /** Whether each attempt to follow all ways at once went well on this path, and how many it has made so far. */
  private attempts: boolean[] = [];
  private attempted = 0;
  private readonly visits = new Map<string, number>();
  /** Truth chosen for a value, so that asking again gives the same. */
  readonly truths = new Map<unknown, boolean>();
  /** By the path of the request's part. */
  readonly constraints = new Map<string, PathConstraint>();
  /**
   * Each active `try`: what the heap's stamp was when an exception was considered, and the depth of the function that it
   * stands in.
   */
  readonly tries: { considered: number | undefined; absent?: number; readonly depth: number }[] =
    [];
  /** Inside a `catch`. */
  catching = 0;

  /** One of `options` ways, 0 first. */
  fork(options: number, at: Span): number {
    let choice = this.forks[this.position];
    if (!choice) {
      this.forks.push((choice = { taken: 0, options, at, attempts: this.attempted }));
      if (this.pending) this.postpone(this.pending, this.forks.length - 1);
    }
    this.position++;
    return choice.taken;
  }

  /** How many choices this way has made. */
  get forksTaken(): number {
    return this.position;
  }

  /** Whether another way is left; makes it the next run's. */
  nextPath(): boolean {
    this.position = 0;
    this.attempted = 0;
    this.truths.clear();
    this.constraints.clear();
    this.tries.length = 0;
    this.catching = 0;
    if (this.pending) return this.takePending(this.pending);
    for (let last = this.forks.at(-1); last; last = this.forks.at(-1)) {
      if (last.taken + 1 < last.options) {
        last.taken++;
        this.attempts.length = last.attempts;
        return true;
      }
      this.forks.pop();
    }
    return false;
  }

  /** From now on, ways that take what was taken least come first. */
  coverageFirst(): void {
    if (this.pending) return;
    const turns = (this.pending = new Map<string, PendingFork[]>());
    this.forks.forEach((_, index) => this.postpone(turns, index));
  }

  /** Notes the options of a choice that are left for other ways. */
  private postpone(turns: Map<string, PendingFork[]>, index: number): void {
    const { forks: choices, attempts } = this;
    const { taken = 0, options = 0 } = choices[index] ?? {};
    for (let other = taken + 1; other < options; other++) {
      const option = optionOf(choices[index], other);
      const alike = turns.get(option);
      if (alike) alike.push({ choices, index, taken: other, attempts });
      else turns.set(option, [{ choices, index, taken: other, attempts }]);
    }
  }

  private takePending(turns: Map<string, PendingFork[]>): boolean {
    for (const choice of this.forks) {
      const option = optionOf(choice);
      this.visits.set(option, (this.visits.get(option) ?? 0) + 1);
    }
    let best: PendingFork[] = [];
    let [least, first] = [Infinity, Infinity];
    for (const [option, alike] of turns) {
      const uses = this.visits.get(option) ?? 0;
      const index = alike[0]?.index ?? Infinity;
      if (index < Infinity && (uses < least || (uses === least && index < first)))
        [best, least, first] = [alike, uses, index];
    }
    const next = best.shift();
    const choice = next?.choices[next.index];
    if (!choice) return false;
    this.forks = [...next.choices.slice(0, next.index), { ...choice, taken: next.taken }];
    this.attempts = next.attempts.slice(0, choice.attempts);
    return true;
  }

  /** How the next attempt went on the path that began in the same way; `undefined` where none did. */
  get earlierAttempt(): boolean | undefined {
    return this.attempts[this.attempted];
  }

  noteAttempt(went: boolean): void {
    this.attempts[this.attempted++] = went;
  }

  constraintsOn(subject: RequestValue): PathConstraint {
    const key = resolvedPath(this.constraints, subject.path).join("\0");
    let learnt = this.constraints.get(key);
    if (!learnt) this.constraints.set(key, (learnt = { differs: [], checks: [] }));
    return learnt;
  }
}

function optionOf(choice: Fork | undefined, taken = choice?.taken): string {
  return `${choice?.at.file}:${choice?.at.start}:${taken}`;
}
