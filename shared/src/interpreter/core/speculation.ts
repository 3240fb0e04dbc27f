/**
 * Conditions that make no difference to how a handler answers. Following each side would double the ways for nothing, so
 * both sides are run and joined, as in CDK code; only when one of them touched a status, a header or the like is the
 * work taken back, and the condition remembered as one that tells.
 */
import { keyOfSpan, type Span } from "../../ir/span";
import { branches } from "./branches";
import { implicitThrow } from "../syntax/calls";
import { answerName, transact, commit, isStatus, read } from "./heap";
import type { Container, Heap, UndoLog } from "./heap";
import { isPlainPart, concernsCaller } from "./constraints";
import { OutOfBudget, RelevantEffect, Thrown } from "./signals";
import type { Evaluation, Speculation } from "./state";
import type { Property, AbstractValue } from "./values";

/** The results of both sides, joined; `undefined` when the condition tells and a side has to be taken. */
export function joinIfIrrelevant<T>(
  run: Evaluation,
  test: AbstractValue,
  bodies: readonly (() => T)[],
  at: Span,
  irrelevant: (result: T) => boolean,
): T[] | undefined {
  const key = keyOfSpan(at);
  if (run.affectsResponse.has(key)) return undefined;
  const speculated = concernsCaller(test)
    ? undefined
    : speculate(
        run,
        () => branches(run, bodies, at),
        (results) => results.every(irrelevant),
      );
  if (speculated) return commitSpeculation(run, speculated, at);
  run.affectsResponse.add(key);
  return undefined;
}

/** The result of a function whose ways make no difference to the answer, all of them joined; `undefined` when they do. */
export function callIfIrrelevant(
  run: Evaluation,
  key: object,
  body: () => AbstractValue,
  at: Span,
): AbstractValue | undefined {
  if (run.affectsResponse.has(key)) return undefined;
  const speculated = speculate(run, body, (result) => !isRelevant(result));
  if (speculated) return commitSpeculation(run, speculated, at);
  run.affectsResponse.add(key);
  return undefined;
}

interface Speculated<T> {
  readonly result: T;
  readonly writes: UndoLog;
  readonly speculation: Speculation;
}

/** Steps after which code counts as telling: all sides of much code are no less work than ways through it. */
const maxSpeculationSteps = 20_000;

/** Runs code without choosing, and takes it back; `undefined` when it has to do with the answer. */
function speculate<T>(
  run: Evaluation,
  body: () => T,
  irrelevant: (result: T) => boolean,
): Speculated<T> | undefined {
  const { explorer: explorer, speculation: speculation, maxSteps } = run;
  if (!explorer) return undefined;
  const own: Speculation = { oracle: explorer, base: run.heap.undoLogs.length, thrown: [] };
  run.explorer = undefined;
  run.speculation = own;
  const cap = Math.min(maxSteps, run.steps + maxSpeculationSteps);
  run.maxSteps = cap;
  try {
    const { result, writes } = transact(run.heap, body);
    return irrelevant(result) && !touches(writes)
      ? { result, writes, speculation: own }
      : undefined;
  } catch (error) {
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

/** Makes what was tried real; where it may have thrown, those ways are followed too. */
function commitSpeculation<T>(
  run: Evaluation,
  { result, writes, speculation: speculation }: Speculated<T>,
  at: Span,
): T {
  if (speculation.mayThrow) implicitThrow(run, speculation.mayThrow);
  const thrown = speculation.thrown
    .filter(
      (one, i) => i === speculation.thrown.findIndex((other) => other.at.start === one.at.start),
    )
    .slice(0, maxThrown);
  const chosen = thrown[(run.explorer?.fork(1 + thrown.length, at) ?? 0) - 1];
  if (chosen) {
    if (chosen.writes) commit(run.heap, chosen.writes);
    throw chosen;
  }
  commit(run.heap, writes);
  return result;
}

/** Whether a value may become part of an answer's status or headers. */
export function isRelevant(value: AbstractValue, depth = 3): boolean {
  switch (value.t) {
    case "const":
      return typeof value.value === "number"
        ? isStatus(value.value)
        : typeof value.value === "string" && /access-control-/i.test(value.value);
    case "request":
      return !isPlainPart(value);
    case "unknown":
      return concernsCaller(value);
    case "oneOf":
      return value.of.some((branch) => isRelevant(branch, depth));
    case "maybe":
      return isRelevant(value.of, depth);
    case "array":
      return depth > 0 && value.items.some((item) => isRelevant(item, depth - 1));
    case "object":
      return [...value.props].some(
        ([key, slot]) => answerName.test(key) || (depth > 0 && isRelevant(slot.value, depth - 1)),
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
export function hasTouched({ undoLogs: trails }: Heap, base: number): boolean {
  return trails.slice(base).some((trail) => touches(trail, read));
}

/** @param content of a place, where it is not what the trail holds */
function touches(
  writes: UndoLog,
  content: (container: Container, key: string, held: unknown) => unknown = (_, __, held) => held,
): boolean {
  for (const [container, places] of writes) {
    if (!(container instanceof Map)) {
      if ("t" in container && isRelevant(container)) return true;
      continue;
    }
    for (const [key, held] of places) {
      const value = content(container, key, held);
      if (answerName.test(key) || (value !== undefined && isRelevant(valueOf(value)))) return true;
    }
  }
  return false;
}

function valueOf(content: unknown): AbstractValue {
  const found = content as AbstractValue | Property;
  return "t" in found ? found : found.value;
}
