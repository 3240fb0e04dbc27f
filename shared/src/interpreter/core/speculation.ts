/**
 * Conditions that make no difference to how a handler answers. Following each side would double the ways for nothing, so
 * both sides are run and joined, as in CDK code; only when one of them touched a status, a header or the like is the
 * work taken back, and the condition remembered as one that tells.
 */
import { keyOfSpan, type Span } from "../../ir/span";
import { branches } from "./branches";
import type { Relevance } from "./domain";
import { transact, commit, read } from "./heap";
import type { Container, Heap, Writes } from "./heap";
import { decidesResult } from "./constraints";
import { OutOfBudget, RelevantEffect, Thrown } from "./signals";
import type { Evaluation, Speculation } from "./state";
import type { ArrayValue, Property, AbstractValue } from "./values";
import { implicitThrow } from "../syntax/unseen";

/** The results of both sides, joined; `undefined` when the condition tells and a side has to be taken. */
export function joinIfIrrelevant<T>(
  run: Evaluation,
  test: AbstractValue,
  bodies: readonly (() => T)[],
  at: Span,
  irrelevant: (result: T) => boolean,
): T[] | undefined {
  if (decidesResult(test, run.domain.relevance)) return undefined;
  return attempt(
    run,
    keyOfSpan(at),
    () => branches(run, bodies, at),
    (results) => results.every(irrelevant),
    at,
  );
}

/** The result of a function whose ways make no difference to the answer, all of them joined; `undefined` when they do. */
export function callIfIrrelevant(
  run: Evaluation,
  key: object,
  body: () => AbstractValue,
  at: Span,
): AbstractValue | undefined {
  return attempt(run, key, body, (result) => !isRelevant(result, run.domain.relevance), at);
}

function attempt<T>(
  run: Evaluation,
  key: string | object,
  body: () => T,
  irrelevant: (result: T) => boolean,
  at: Span,
): T | undefined {
  const { explorer } = run;
  if (!explorer) return undefined;
  const { earlierAttempt: earlier } = explorer;
  const tries = earlier ? earlier === "joined" : !run.affectsResponse.has(key);
  const speculated = tries ? speculate(run, body, irrelevant) : undefined;
  explorer.noteAttempt(speculated ? "joined" : "apart");
  if (speculated) return commitSpeculation(run, speculated, at);
  run.affectsResponse.add(key);
  return undefined;
}

interface Speculated<T> {
  readonly result: T;
  readonly writes: Writes;
  readonly speculation: Speculation;
}

/** Steps after which code counts as telling: all sides of much code are no less work than ways through it. */
const maxSpeculationSteps = 30_000;

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
    return irrelevant(result) && !touches(writes, run.domain.relevance)
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
  const chosen = thrown[(run.explorer?.fork(1 + thrown.length) ?? 0) - 1];
  if (chosen) {
    if (chosen.writes) commit(run.heap, chosen.writes);
    throw chosen;
  }
  commit(run.heap, writes);
  return result;
}

/** Parts of a value that are looked at: one of more parts counts as telling, as much code does. */
const mostLookedAt = 2000;

/** Whether a value may become part of the result. */
export function isRelevant(
  value: AbstractValue,
  relevance: Relevance,
  depth = 3,
  look = { left: mostLookedAt },
): boolean {
  if (--look.left < 0) return true;
  const inner = (part: AbstractValue): boolean => isRelevant(part, relevance, depth - 1, look);
  switch (value.t) {
    case "const":
      if (typeof value.value === "number") return relevance.number(value.value);
      return typeof value.value === "string" && relevance.text(value.value);
    case "request":
      return relevance.request(value);
    case "unknown":
      return decidesResult(value, relevance);
    case "oneOf":
      return value.of.some((branch) => isRelevant(branch, relevance, depth, look));
    case "maybe":
      return isRelevant(value.of, relevance, depth, look);
    case "array":
      return depth > 0 && value.items.some(inner);
    case "object":
      return [...value.props].some(
        ([key, slot]) => relevance.property(key, slot.value) || (depth > 0 && inner(slot.value)),
      );
    case "function":
    case "class":
    case "native":
      return true;
    default:
      return false;
  }
}

/** Whether a part of the result was written since there were so many undo logs. */
export function hasTouched({ undoLogs, relevance }: Heap, base: number): boolean {
  return undoLogs.slice(base).some((writes) => touches(writes, relevance, read));
}

/** @param content of a place, where it is not what the undo log holds */
function touches(
  writes: Writes,
  relevance: Relevance,
  content: (container: Container, key: string, held: unknown) => unknown = (_, __, held) => held,
): boolean {
  for (const [container, places] of writes) {
    if (!(container instanceof Map)) {
      if ("t" in container && isRelevant(container, relevance)) return true;
      if (!places.has("items")) continue;
      const { items } = content(container, "items", places.get("items")) as ArrayValue;
      if (items.some((item) => isRelevant(item, relevance))) return true;
      continue;
    }
    for (const [key, held] of places) {
      // That something is a promise says nothing about it.
      if (typeof key !== "string") break;
      const value = content(container, key, held);
      const found = value === undefined ? undefined : valueOf(value);
      if (relevance.property(key, found) || (found && isRelevant(found, relevance))) return true;
    }
  }
  return false;
}

function valueOf(content: unknown): AbstractValue {
  const found = content as AbstractValue | Property;
  return "t" in found ? found : found.value;
}
