/**
 * Functions whose paths make no difference to how a handler answers. They are executed once, as CDK code is: both sides of
 * each condition run and are joined. Only when one of them touches a status, a header or the like is the work taken
 * back, and the function remembered as one whose paths are followed.
 *
 *     audit(event, user);      // reads and writes this and that: executed once, no path of its own
 *     return respond(200);     // makes a status: its paths are followed
 */
import type { Span } from "../../ir/span";
import type { Relevance } from "./domain";
import { transact, commit, read } from "./heap";
import type { Container, Heap, UndoLog } from "./heap";
import { decidesResult, taintOfCall } from "./constraints";
import { widened } from "./merging";
import { fork } from "./paths";
import { isRelevant } from "./relevance";
import { OutOfBudget, RelevantEffect, Thrown } from "./signals";
import type { Evaluation, Speculation } from "./state";
import { unknown } from "./values";
import type { AbstractValue, CallArgs, FunctionValue, Property } from "./values";
import { implicitThrow } from "../syntax/unseen";

/** The result of a function whose paths make no difference to the answer, all of them joined; `undefined` when they do. */
export function callIfIrrelevant(
  run: Evaluation,
  { fn }: FunctionValue,
  args: CallArgs,
  body: () => AbstractValue,
): AbstractValue | undefined {
  const { explorer } = run;
  if (!explorer) return undefined;
  if (run.sampler) return sampled(run, fn, body);
  const again = explorer.again();
  if (run.affectsResponse.has(fn)) {
    if (!again) explorer.add(1);
    return undefined;
  }
  const habit = run.habits.get(fn);
  if (again ? !again.outcomes : habit && habit.times >= usualTimes && habit.isStable) {
    if (!again) explorer.add(1);
    return habit && asUsual(run, habit, args);
  }
  const earlier = again?.outcomes?.[0]?.result as Speculated<AbstractValue> | undefined;
  const found =
    earlier ?? speculate(run, body, (result) => !isRelevant(result, run.domain.relevance));
  if (!found) run.affectsResponse.add(fn);
  else if (!earlier) run.habits.set(fn, withCall(run, habit, found));
  if (!again) {
    const { path, heap } = run;
    const { writeVersion } = heap;
    const outcome = found && { result: found, key: "", writes: found.writes, path, writeVersion };
    explorer.add(1, outcome && [outcome]);
  }
  return found && commitSpeculation(run, found);
}

/** As `callIfIrrelevant`, where paths are followed one by one. */
function sampled(
  run: Evaluation,
  key: object,
  body: () => AbstractValue,
): AbstractValue | undefined {
  const { relevance } = run.domain;
  return joined(run, key, () => speculate(run, body, (result) => !isRelevant(result, relevance)));
}

/** The results of both sides of a condition, joined, where paths are followed one by one; `undefined` when a side has to be taken. */
export function joinIfIrrelevant<T>(
  run: Evaluation,
  test: AbstractValue,
  key: string | object,
  bodies: () => T[],
  irrelevant: (result: T) => boolean,
): T[] | undefined {
  const { relevance } = run.domain;
  if (!run.sampler || decidesResult(test, relevance)) return undefined;
  return joined(run, key, () => speculate(run, bodies, (results) => results.every(irrelevant)));
}

function joined<T>(
  run: Evaluation,
  key: string | object,
  attempt: () => Speculated<T> | undefined,
): T | undefined {
  if (run.affectsResponse.has(key)) return undefined;
  const found = attempt();
  if (!found) run.affectsResponse.add(key);
  return found && commitSpeculation(run, found);
}

/** What a function that makes no difference has done each time that it was executed. */
export interface Habit {
  readonly times: number;
  /** It has written the same places each time, whatever it was given. */
  readonly isStable: boolean;
  readonly writes: UndoLog;
  readonly mayThrow: Span | undefined;
  /** The constant that it returned each time. */
  readonly constant: AbstractValue | undefined;
}

/** How often a function is executed before it is taken to do what it did. */
const usualTimes = 8;

function withCall(
  run: Evaluation,
  habit: Habit | undefined,
  { result, writes, speculation }: Speculated<AbstractValue>,
): Habit {
  const outer = new Map([...writes].filter(([container]) => !container.marks));
  const same = [...outer.keys()].every((container) => habit?.writes.has(container));
  const constant = result.t === "const" ? result : undefined;
  return {
    times: (habit?.times ?? 0) + 1,
    isStable: outer.size === 0 || (same && outer.size === habit?.writes.size),
    writes: outer,
    mayThrow: habit?.mayThrow ?? speculation.mayThrow ?? speculation.thrown[0]?.at,
    constant: habit && habit.constant?.t !== "const" ? undefined : constant,
  };
}

/** A call that is not executed any more: where the function wrote may be anything, and it returns what is not known. */
function asUsual(
  run: Evaluation,
  { writes, mayThrow, constant }: Habit,
  args: CallArgs,
): AbstractValue {
  if (mayThrow) implicitThrow(run, mayThrow);
  if (writes.size > 0) commit(run.heap, widened(new Map(), writes));
  return constant ?? unknown("the result of a function", args.at, taintOfCall(args));
}

interface Speculated<T> {
  readonly result: T;
  readonly writes: UndoLog;
  readonly speculation: Speculation;
}

/** Steps after which code counts as relevant: all sides of much code are no less work than paths through it. */
const maxSpeculationSteps = 20_000;

/** Runs code without choosing, and takes it back; `undefined` when it has to do with the answer. */
function speculate<T>(
  run: Evaluation,
  body: () => T,
  irrelevant: (result: T) => boolean,
): Speculated<T> | undefined {
  const { explorer, speculation, maxSteps, path } = run;
  if (!explorer) return undefined;
  const own: Speculation = { base: run.heap.undoLogs.length, thrown: [] };
  run.explorer = undefined;
  run.speculation = own;
  const cap = Math.min(maxSteps, run.steps + maxSpeculationSteps);
  run.maxSteps = cap;
  try {
    const { result, writes } = transact(run.heap, body);
    if (irrelevant(result) && !touches(writes, run.domain.relevance))
      return { result, writes, speculation: own };
    run.path = path;
    return undefined;
  } catch (error) {
    run.path = path;
    if (error instanceof Thrown || error instanceof RelevantEffect) return undefined;
    if (error instanceof OutOfBudget && run.steps <= maxSteps) return undefined;
    throw error;
  } finally {
    // Modules that were loaded meanwhile have raised it.
    run.maxSteps += maxSteps - cap;
    run.explorer = explorer;
    run.speculation = speculation;
  }
}

const maxThrown = 4;
const nowhere: Span = { file: "", start: 0, end: 0 };

/** Makes what was tried real; where it may have thrown, those paths are followed too. */
function commitSpeculation<T>(run: Evaluation, { result, writes, speculation }: Speculated<T>): T {
  if (speculation.mayThrow) implicitThrow(run, speculation.mayThrow);
  const thrown = speculation.thrown
    .filter(
      (one, i) => i === speculation.thrown.findIndex((other) => other.at.start === one.at.start),
    )
    .slice(0, maxThrown);
  const chosen =
    thrown.length > 0
      ? thrown[fork(run, 1 + thrown.length, thrown[0]?.at ?? nowhere) - 1]
      : undefined;
  if (chosen) {
    if (chosen.writes) commit(run.heap, chosen.writes);
    throw chosen;
  }
  commit(run.heap, writes);
  return result;
}

/** Whether a part of the result was written since there were so many undo logs. */
export function hasTouched({ undoLogs, relevance }: Heap, base: number): boolean {
  return undoLogs.slice(base).some((writes) => touches(writes, relevance, read));
}

/** @param content of a place, where it is not what the undo log holds */
function touches(
  writes: UndoLog,
  relevance: Relevance,
  content: (container: Container, key: string, held: unknown) => unknown = (_, __, held) => held,
): boolean {
  for (const [container, places] of writes) {
    if (container.marks) continue;
    if (!(container instanceof Map)) {
      if ("t" in container && isRelevant(container, relevance)) return true;
      continue;
    }
    for (const [place, held] of places) {
      const key = String(place);
      const value = content(container, key, held);
      if (relevance.property(key) || (value !== undefined && isRelevant(valueOf(value), relevance)))
        return true;
    }
  }
  return false;
}

function valueOf(content: unknown): AbstractValue {
  const found = content as AbstractValue | Property;
  return "t" in found ? found : found.value;
}
