/**
 * Decides undecided conditions so that, run after run, every way through a handler is taken once: a run follows the
 * recorded choices and takes the first option where the record ends; `next` turns the last choice that has options left.
 * Where there are more ways than can be followed, that would leave whole branches unseen: after `spread`, the next run
 * takes the option that was taken least so far, and of several the one that comes first in the program.
 */
import { resolvedPath } from "./header-names";
import { Resumption, type Checkpoint, type TryFrame } from "./resumption";
import type { Evaluation } from "./state";
import type { Span } from "../../ir/span";
import type { RequestValue, AbstractValue, GuardTest } from "./values";

interface Fork {
  taken: number;
  readonly options: number;
  /** Where it is made. */
  readonly at: Span;
  /** The last checkpoint before it. */
  readonly from: Checkpoint | undefined;
}

/** A way that was not taken yet: as `choices` before `index`, where another option is taken. */
interface PendingFork {
  readonly choices: readonly Fork[];
  readonly index: number;
  readonly taken: number;
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
  /** Where the next way leaves those before it. */
  private from: Checkpoint | undefined;
  /** How many choices of this way were between several options. */
  private open = 0;
  /** Once ways are spread: those that are left, by the option that they take, and how often each option was taken. */
  private pending: Map<string, PendingFork[]> | undefined;
  private readonly visits = new Map<string, number>();
  /** Truth chosen for a value, so that asking again gives the same. */
  readonly truths = new Map<unknown, boolean>();
  /** By the path of the request's part. */
  readonly constraints = new Map<string, PathConstraint>();
  readonly tries: TryFrame[] = [];
  /** Inside a `catch`. */
  catching = 0;
  readonly resumption: Resumption;

  /** @param save notes what is known beside the path's choices, and gives what restores it */
  constructor(save: () => () => void = () => () => undefined) {
    this.resumption = new Resumption(() => this.save(save()));
  }

  /** Begins the path: from the handler's beginning, or from where it differs from the one before. */
  begin(run: Evaluation): "anew" | "resumed" {
    return this.resumption.begin(run, run.hooks.fromBeginning ? undefined : this.from);
  }

  /** Notes that a path may be taken up before the statement that begins. */
  mark(run: Evaluation): void {
    this.resumption.mark(run, this.open);
  }

  private save(more: () => void): () => void {
    const { position, open, catching } = this;
    const truths = [...this.truths];
    const constraints = copied(this.constraints);
    return () => {
      Object.assign(this, { position, open, catching });
      this.truths.clear();
      for (const [value, side] of truths) this.truths.set(value, side);
      this.constraints.clear();
      for (const [part, learnt] of copied(constraints)) this.constraints.set(part, learnt);
      more();
    };
  }

  /** One of `options` ways, 0 first. */
  fork(options: number, at: Span): number {
    let choice = this.forks[this.position];
    if (!choice) {
      this.forks.push((choice = { taken: 0, options, at, from: this.resumption.current }));
      if (this.pending) this.postpone(this.pending, this.forks.length - 1);
    }
    this.position++;
    if (options > 1) this.open++;
    return choice.taken;
  }

  /** How many choices this way has made. */
  get forksTaken(): number {
    return this.position;
  }

  /** Whether another way is left; makes it the next run's. */
  nextPath(): boolean {
    this.position = 0;
    this.open = 0;
    this.truths.clear();
    this.constraints.clear();
    this.tries.length = 0;
    this.catching = 0;
    if (this.pending) return this.takePending(this.pending);
    for (let last = this.forks.at(-1); last; last = this.forks.at(-1)) {
      if (last.taken + 1 < last.options) {
        last.taken++;
        this.from = last.from;
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
    const { forks: choices } = this;
    const { taken = 0, options = 0 } = choices[index] ?? {};
    for (let other = taken + 1; other < options; other++) {
      const option = optionOf(choices[index], other);
      const alike = turns.get(option);
      if (alike) alike.push({ choices, index, taken: other });
      else turns.set(option, [{ choices, index, taken: other }]);
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
    this.from = choice.from;
    return true;
  }

  constraintsOn(subject: RequestValue): PathConstraint {
    const key = resolvedPath(this.constraints, subject.path).join("\0");
    let learnt = this.constraints.get(key);
    if (!learnt) this.constraints.set(key, (learnt = { differs: [], checks: [] }));
    return learnt;
  }
}

/** As it is now, whatever is learnt later. */
function copied(constraints: ReadonlyMap<string, PathConstraint>): Map<string, PathConstraint> {
  return new Map(
    [...constraints].map(([part, learnt]) => [
      part,
      { ...learnt, differs: [...learnt.differs], checks: [...learnt.checks] },
    ]),
  );
}

function optionOf(choice: Fork | undefined, taken = choice?.taken): string {
  return `${choice?.at.file}:${choice?.at.start}:${taken}`;
}
