/**
 * Decides undecided conditions so that, run after run, every way through a part of a program is taken once: a run follows
 * the recorded choices and takes the first option where the record ends; `nextRoute` is the record with the last choice
 * turned that has options left.
 *
 * What is known on a path (`Knowledge`) is never changed in place, so that a part of a path is taken back by putting back
 * what was known before it.
 */
import { resolvedPath } from "./header-names";
import type { Span } from "../../ir/span";
import type { RequestValue, AbstractValue, GuardTest } from "./values";

interface Fork {
  readonly taken: number;
  readonly options: number;
  /** How many attempts were made before. */
  readonly attempts: number;
  /** What the options stand for, where the program was run for all of them at once. */
  readonly outcomes?: readonly unknown[];
}

/**
 * How it went to follow several ways at once: a run that begins in the same way does the same again.
 * `joined`: all ways made no difference; `apart`: they do; `explored`: all ways through a block were followed, and its
 * outcomes are the next fork's options; `plain`: it had one way only.
 */
type Attempt = "joined" | "apart" | "explored" | "plain";

/** The choices and attempts of one way through a part of a program. */
export interface Route {
  readonly forks: readonly Fork[];
  readonly attempts: readonly Attempt[];
}

/** What is known of a part of the request on this path. */
export interface PathConstraint {
  readonly equals?: AbstractValue;
  readonly differs: readonly AbstractValue[];
  readonly truthy?: boolean;
  /** A check of it failed: it is not one of the values, or not there. */
  readonly refused?: boolean;
  readonly guard?: GuardTest;
  /** Checks against lists and patterns, with their outcome. */
  readonly checks: readonly { readonly guard: GuardTest; readonly holds: boolean }[];
}

const nothingKnown: PathConstraint = { differs: [], checks: [] };

/** An active `try`. */
export interface TryFrame {
  /** What the heap's stamp was when an exception was considered; when one was for want of a part of the request. */
  readonly considered?: number;
  readonly absent?: number;
  /** The depth of the function that it stands in. */
  readonly depth: number;
}

/** Something that the reader was told on a path, and what it was told before. */
export interface Told {
  readonly one: unknown;
  readonly before: Told | undefined;
}

/** What is known at a point of a path. */
export interface Knowledge {
  /** By the path of the request's part. */
  readonly constraints: ReadonlyMap<string, PathConstraint>;
  /** Truth chosen for a value, so that asking again gives the same. */
  readonly truths: ReadonlyMap<unknown, boolean>;
  readonly tries: readonly TryFrame[];
  /** Inside a `catch`. */
  readonly catching: number;
  readonly told: Told | undefined;
}

const nothing: Knowledge = {
  constraints: new Map(),
  truths: new Map(),
  tries: [],
  catching: 0,
  told: undefined,
};

export class PathExplorer {
  known: Knowledge = nothing;
  /** Ways were left out: there are too many. */
  leftOut = false;
  private forks: Fork[] = [];
  private position = 0;
  private attempts: Attempt[] = [];
  private attempted = 0;

  get constraints(): ReadonlyMap<string, PathConstraint> {
    return this.known.constraints;
  }

  /** One of `options` ways, 0 first. */
  fork(options: number, outcomes?: readonly unknown[]): number {
    let choice = this.forks[this.position];
    if (!choice) {
      const { attempted: attempts } = this;
      choice = { taken: 0, options, attempts, ...(outcomes ? { outcomes } : {}) };
      this.forks.push(choice);
    }
    this.position++;
    return choice.taken;
  }

  /** How many choices this run has made. */
  get forksTaken(): number {
    return this.position;
  }

  /** How the next attempt went on the run that began in the same way; `undefined` where none did. */
  get earlierAttempt(): Attempt | undefined {
    return this.attempts[this.attempted];
  }

  noteAttempt(went: Attempt): void {
    this.attempts[this.attempted++] = went;
  }

  /** The next choice, which was made before. */
  recorded(): Fork | undefined {
    return this.forks[this.position++];
  }

  /** Where the run is, for `cut`. */
  get mark(): { readonly position: number; readonly attempted: number } {
    const { position, attempted } = this;
    return { position, attempted };
  }

  /** Takes from the record what was done since. */
  cut({ position, attempted }: { position: number; attempted: number }): Route {
    const forks = this.forks
      .splice(position)
      .map((choice) => ({ ...choice, attempts: choice.attempts - attempted }));
    const attempts = this.attempts.splice(attempted);
    this.position = position;
    this.attempted = attempted;
    return { forks, attempts };
  }

  /** Follows a route of a part of the program, and on from where it ends; with the route as it was in full. */
  along<T>(route: Route, body: () => T): { result: T; route: Route } {
    const { forks, position, attempts, attempted } = this;
    this.forks = [...route.forks];
    this.attempts = [...route.attempts];
    this.position = 0;
    this.attempted = 0;
    try {
      const result = body();
      return { result, route: { forks: this.forks, attempts: this.attempts } };
    } finally {
      Object.assign(this, { forks, position, attempts, attempted });
    }
  }

  constraintOn(subject: RequestValue): PathConstraint {
    return this.constraints.get(this.keyOf(subject)) ?? nothingKnown;
  }

  learn(subject: RequestValue, more: Partial<PathConstraint>): void {
    const constraints = new Map(this.constraints);
    constraints.set(this.keyOf(subject), { ...this.constraintOn(subject), ...more });
    this.known = { ...this.known, constraints };
  }

  private keyOf(subject: RequestValue): string {
    return resolvedPath(this.constraints, subject.path).join("\0");
  }

  learnTruth(of: unknown, side: boolean): void {
    this.known = { ...this.known, truths: new Map(this.known.truths).set(of, side) };
  }

  set tries(tries: readonly TryFrame[]) {
    this.known = { ...this.known, tries };
  }

  get tries(): readonly TryFrame[] {
    return this.known.tries;
  }

  /** Notes in the innermost `try` that an exception was considered. */
  consider(flag: "considered" | "absent", at: number): void {
    const last = this.tries.at(-1);
    if (last) this.tries = [...this.tries.slice(0, -1), { ...last, [flag]: at }];
  }

  caught(): void {
    this.known = { ...this.known, catching: this.known.catching + 1 };
  }

  tell(one: unknown): void {
    this.known = { ...this.known, told: { one, before: this.known.told } };
  }
}

/** All that was told since, in order. */
export function toldSince(told: Told | undefined, since?: Told): unknown[] {
  const found: unknown[] = [];
  for (let last = told; last && last !== since; last = last.before) found.push(last.one);
  return found.reverse();
}

/** What was told, and then this. */
export function toldAfter(told: Told | undefined, more: readonly unknown[]): Told | undefined {
  return more.reduce<Told | undefined>((before, one) => ({ one, before }), told);
}

/** The route that differs from this one in its last choice that has another option; `undefined` when all were taken. */
export function nextRoute({ forks, attempts }: Route): Route | undefined {
  for (let end = forks.length - 1; end >= 0; end--) {
    const choice = forks[end];
    if (!choice || choice.taken + 1 >= choice.options) continue;
    return {
      forks: [...forks.slice(0, end), { ...choice, taken: choice.taken + 1 }],
      attempts: attempts.slice(0, choice.attempts),
    };
  }
  return undefined;
}
