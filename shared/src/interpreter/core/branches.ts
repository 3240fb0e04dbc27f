/** Undecided conditions: one side while a way is followed, else both sides, joined. */
import type { Span } from "../../ir/span";
import { truthOf, assumeOrFork } from "./constraints";
import { transact, commit, commitJoin } from "./heap";
import type { Writes } from "./heap";
import { hasTouched, isRelevant, joinIfIrrelevant } from "./speculation";
import { RelevantEffect, Thrown } from "./signals";
import type { Evaluation } from "./state";
import { oneOf, unknown } from "./values";
import type { Scope, AbstractValue } from "./values";

/** The value of one of two expressions. */
export function either(
  run: Evaluation,
  scope: Scope,
  test: AbstractValue,
  then: () => AbstractValue,
  orElse: () => AbstractValue,
  at: Span,
): AbstractValue {
  const certain = truthOf(run, scope, test);
  if (certain === undefined && run.explorer) {
    const joined = joinIfIrrelevant(
      run,
      test,
      [then, orElse],
      at,
      (value) => !isRelevant(value, run.domain.relevance),
    );
    if (joined) return oneOf(joined, at);
  }
  const side = certain ?? (run.explorer ? assumeOrFork(run, scope, test) : undefined);
  if (side !== undefined) return side ? then() : orElse();
  const outcomes = branches(run, [then, orElse], at);
  return outcomes.length > 0 ? oneOf(outcomes, at) : unknown("both branches throw", at);
}

/** An exception of a branch that is given up for others: where code is only tried, that way is to be followed too. */
function given({ speculation: trial, heap }: Evaluation, thrown: Thrown): void {
  if (!trial) return;
  // What was written before the branch began would be lost on that way.
  if (hasTouched(heap, trial.base)) throw new RelevantEffect();
  trial.thrown.push(thrown);
}

/**
 * Runs every branch from the same state and joins what they leave behind; results of branches that threw are absent.
 * Where some branches go on (`goesOn`) and others leave, only the former's state is kept.
 */
export function branches<T>(
  run: Evaluation,
  bodies: readonly (() => T)[],
  at: Span,
  goesOn: (result: T) => boolean = () => true,
): T[] {
  const outer = run.branch;
  run.conditional++;
  const done: T[] = [];
  const outcomes: { result: T; writes: Writes }[] = [];
  let thrown: Thrown | undefined;
  try {
    for (const body of bodies) {
      run.branch = { parent: outer };
      try {
        const outcome = transact(run.heap, body);
        done.push(outcome.result);
        outcomes.push(outcome);
      } catch (error) {
        if (!(error instanceof Thrown)) throw error;
        if (thrown) given(run, thrown);
        thrown = error;
      }
    }
  } finally {
    run.conditional--;
    run.branch = outer;
  }
  if (thrown && outcomes.length > 0) given(run, thrown);
  const going = outcomes.filter((outcome) => goesOn(outcome.result));
  const left = (going.length > 0 ? going : outcomes).map((outcome) => outcome.writes);
  const [only] = left;
  if (left.length === 1 && only) commit(run.heap, only);
  else if (left.length > 1) commitJoin(run.heap, left, at);
  else if (thrown) {
    // What the branch had written is there when the exception is caught, or passes a `finally`.
    if (thrown.writes) commit(run.heap, thrown.writes);
    delete thrown.writes;
    throw thrown;
  }
  return done;
}
