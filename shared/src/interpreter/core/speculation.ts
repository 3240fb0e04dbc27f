/**
 * Conditions that make no difference to how a handler answers. Following each side would double the ways for nothing, so
 * both sides are run and joined, as in CDK code; only when one of them touched a status, a header or the like is the
 * work taken back, and the condition remembered as one that tells.
 */
import { keyOfSpan, type Span } from "../../ir/span";
import { branches } from "./branches";
import { implicitThrow } from "../syntax/calls";
import { answerName, attempt, commit, isStatus, read } from "./heap";
import type { Container, Heap, Trail } from "./heap";
import { isPlain, tells } from "./constraints";
import { OutOfBudget, Telling, Thrown } from "./signals";
import type { Run, Trial } from "./state";
import type { Slot, Val } from "./values";

/** The results of both sides, joined; `undefined` when the condition tells and a side has to be taken. */
export function joinIfIndifferent<T>(
  run: Run,
  test: Val,
  bodies: readonly (() => T)[],
  at: Span,
  dull: (result: T) => boolean,
): T[] | undefined {
  const key = keyOfSpan(at);
  if (run.telling.has(key)) return undefined;
  const tried = tells(test)
    ? undefined
    : tryOut(
        run,
        () => branches(run, bodies, at),
        (results) => results.every(dull),
      );
  if (tried) return settle(run, tried, at);
  run.telling.add(key);
  return undefined;
}

/** The result of a function whose ways make no difference to the answer, all of them joined; `undefined` when they do. */
export function callIfIndifferent(
  run: Run,
  key: object,
  body: () => Val,
  at: Span,
): Val | undefined {
  if (run.telling.has(key)) return undefined;
  const tried = tryOut(run, body, (result) => !isTelling(result));
  if (tried) return settle(run, tried, at);
  run.telling.add(key);
  return undefined;
}

interface Tried<T> {
  readonly result: T;
  readonly writes: Trail;
  readonly trial: Trial;
}

/** Steps after which code counts as telling: all sides of much code are no less work than ways through it. */
const maxTrial = 20_000;

/** Runs code without choosing, and takes it back; `undefined` when it has to do with the answer. */
function tryOut<T>(run: Run, body: () => T, dull: (result: T) => boolean): Tried<T> | undefined {
  const { oracle, trial, maxSteps } = run;
  if (!oracle) return undefined;
  const own: Trial = { oracle, base: run.heap.trails.length, thrown: [] };
  run.oracle = undefined;
  run.trial = own;
  const cap = Math.min(maxSteps, run.steps + maxTrial);
  run.maxSteps = cap;
  try {
    const { result, writes } = attempt(run.heap, body);
    return dull(result) && !touches(writes) ? { result, writes, trial: own } : undefined;
  } catch (error) {
    if (error instanceof Thrown || error instanceof Telling) return undefined;
    if (error instanceof OutOfBudget && run.steps <= maxSteps) return undefined;
    throw error;
  } finally {
    // Modules that were loaded meanwhile have raised it.
    run.maxSteps += maxSteps - cap;
    run.oracle = oracle;
    run.trial = trial;
  }
}

const maxThrown = 4;

/** Makes what was tried real; where it may have thrown, those ways are followed too. */
function settle<T>(run: Run, { result, writes, trial }: Tried<T>, at: Span): T {
  if (trial.mayThrow) implicitThrow(run, trial.mayThrow);
  const thrown = trial.thrown
    .filter((one, i) => i === trial.thrown.findIndex((other) => other.at.start === one.at.start))
    .slice(0, maxThrown);
  const chosen = thrown[(run.oracle?.choose(1 + thrown.length, at) ?? 0) - 1];
  if (chosen) {
    if (chosen.writes) commit(run.heap, chosen.writes);
    throw chosen;
  }
  commit(run.heap, writes);
  return result;
}

/** Whether a value may become part of an answer's status or headers. */
export function isTelling(value: Val, depth = 3): boolean {
  switch (value.t) {
    case "const":
      return typeof value.value === "number"
        ? isStatus(value.value)
        : typeof value.value === "string" && /access-control-/i.test(value.value);
    case "request":
      return !isPlain(value);
    case "unknown":
      return tells(value);
    case "oneOf":
      return value.of.some((branch) => isTelling(branch, depth));
    case "maybe":
      return isTelling(value.of, depth);
    case "array":
      return depth > 0 && value.items.some((item) => isTelling(item, depth - 1));
    case "object":
      return [...value.props].some(
        ([key, slot]) => answerName.test(key) || (depth > 0 && isTelling(slot.value, depth - 1)),
      );
    case "function":
    case "class":
    case "native":
      return true;
    default:
      return false;
  }
}

/** Whether a status, a header or the like was written since there were so many trails. */
export function hasTouched({ trails }: Heap, base: number): boolean {
  return trails.slice(base).some((trail) => touches(trail, read));
}

/** @param content of a place, where it is not what the trail holds */
function touches(
  writes: Trail,
  content: (container: Container, key: string, held: unknown) => unknown = (_, __, held) => held,
): boolean {
  for (const [container, places] of writes) {
    if (!(container instanceof Map)) {
      if ("t" in container && isTelling(container)) return true;
      continue;
    }
    for (const [key, held] of places) {
      const value = content(container, key, held);
      if (answerName.test(key) || (value !== undefined && isTelling(valueOf(value)))) return true;
    }
  }
  return false;
}

function valueOf(content: unknown): Val {
  const found = content as Val | Slot;
  return "t" in found ? found : found.value;
}
