/**
 * Every path through a handler, in work that is proportional to its code.
 *
 * A piece of code is *explored*: run once for each sequence of options at its forks, and taken back each time, which
 * gives its outcomes. Outcomes that agree in all that an answer is made of are merged (`merging.ts`), and the
 * piece as a whole becomes one fork of the code around it, with an outcome for each option: whoever comes by again
 * applies the outcome instead of running the piece. A piece with one outcome is no fork; it stays done.
 *
 *     const user = find(event);          // explored: outcomes { user: row }, { user: null } -> merged, one outcome
 *     if (!user) return respond(404);    // explored: returns 404, or goes on
 *     if (user.old) log("old");          // explored: both sides go on and agree -> one outcome
 *     return respond(200);               // run once
 */
import type { Span } from "../../ir/span";
import { begin, commit, contentOf, fold, share, undo } from "./heap";
import type { UndoLog } from "./heap";
import { PathExplorer } from "./path-explorer";
import { compose, merge, widen } from "./merging";
import type { Outcome } from "./merging";
import { callIfIrrelevant } from "./speculation";
import { outcomeKey } from "./relevance";
import { noteAsked, recall, remember, summaryPlace } from "./summaries";
import type { Asked } from "./summaries";
import type { CallArgs, FunctionValue, AbstractValue } from "./values";
import { PathAbandoned, Thrown } from "./signals";
import type { Evaluation } from "./state";

/** One of several options, the first one first. */
export function fork(run: Evaluation, options: number, at: Span): number {
  const { explorer, sampler } = run;
  if (sampler) return sampler.fork(options, at);
  if (!explorer) return 0;
  const { taken } = explorer.again() ?? explorer.add(options);
  if (options > 1) share(run.heap);
  return taken;
}

export type Explored<T> =
  | { readonly k: "done"; readonly result: T; readonly trail: UndoLog }
  | { readonly k: "thrown"; readonly thrown: Thrown; readonly trail: UndoLog }
  | { readonly k: "outcomes"; readonly outcomes: readonly Outcome<T>[] };

interface Piece<T> {
  /** The place behind the piece in its function. */
  readonly position?: number | undefined;
  /** Of a step that does not begin a sequence: when that began, and what it has written. */
  readonly earlier?: { readonly start: number; readonly writes: UndoLog; readonly group: object };
  /** What becomes of the outcomes; the default merges those that agree. */
  readonly combine?: (run: Evaluation, outcomes: readonly Outcome<T>[]) => readonly Outcome<T>[];
}

/** Runs code on every path through it. Where there is one, it stays done; else everything is taken back. */
export function explore<T>(
  run: Evaluation,
  body: () => T,
  { position, earlier, combine = merge }: Piece<T> = {},
): Explored<T> {
  const { heap, explorer: outer, path, node } = run;
  const depth = (node?.depth ?? 0) + 1;
  const { writeVersion } = heap;
  const explorer = new PathExplorer();
  const outcomes: Outcome<T>[] = [];
  const start = heap.clock + 1;
  let first = earlier === undefined && combine === merge;
  run.explorer = explorer;
  try {
    do {
      run.path = path;
      heap.writeVersion = writeVersion;
      run.node = { group: earlier?.group ?? explorer, outer: node, depth };
      const frame = begin(heap);
      let result: T | undefined;
      let thrown: Thrown | undefined;
      let abandoned = false;
      try {
        result = body();
      } catch (error) {
        if (error instanceof Thrown) thrown = error;
        else if (error instanceof PathAbandoned) abandoned = true;
        else {
          undo(heap, frame);
          throw error;
        }
      }
      run.paths++;
      if (run.path.tries !== path.tries && thrown) run.path = { ...run.path, tries: path.tries };
      if (first && !explorer.isForked) {
        fold(heap, frame);
        if (abandoned) throw new PathAbandoned();
        return thrown
          ? { k: "thrown", thrown, trail: frame.trail }
          : { k: "done", result: result as T, trail: frame.trail };
      }
      first = false;
      const key = abandoned
        ? ""
        : outcomeKey(
            run,
            {
              start: earlier?.start ?? start,
              before: earlier?.writes,
              known: path,
              trail: frame.trail,
              position,
            },
            (thrown ?? result) as object,
          );
      const writes = undo(heap, frame);
      if (abandoned) continue;
      outcomes.push({
        ...(thrown ? { thrown } : { result: result as T }),
        key,
        writes,
        path: run.path,
        writeVersion: heap.writeVersion,
      });
    } while (explorer.next());
  } finally {
    run.explorer = outer;
    run.node = node;
  }
  run.path = path;
  heap.writeVersion = writeVersion;
  return { k: "outcomes", outcomes: combine(run, outcomes) };
}

/** Steps from which on it pays to remember what a piece of code with one outcome left behind. */
const worthKeeping = 24;

/** Runs a piece of code as one fork of the code around it. Not while no path is followed. */
export function forked<T>(run: Evaluation, body: () => T): T {
  if (run.sampler) return body();
  const { explorer, steps } = run;
  const again = explorer?.again();
  if (again?.outcomes) return apply<T>(run, again.outcomes as readonly Outcome<T>[], again.taken);
  const found = explore(run, body);
  if (found.k === "outcomes") return applyNew(run, found.outcomes);
  if (!again) keep(run, found, steps);
  if (found.k === "thrown") throw found.thrown;
  return found.result;
}

/** Notes that a piece of code with one outcome was run: a later run applies what it left behind, or runs it again. */
function keep<T>(
  run: Evaluation,
  found: Exclude<Explored<T>, { k: "outcomes" }>,
  steps: number,
): void {
  if (found.k === "thrown" || run.steps - steps < worthKeeping) return void run.explorer?.add(1);
  const outcome: Outcome<T> = {
    result: found.result,
    key: "",
    writes: contentOf(found.trail),
    path: run.path,
    writeVersion: run.heap.writeVersion,
  };
  run.explorer?.add(1, [outcome]);
}

/** As `forked`, of a function's body: what it does for these arguments may be remembered. */
export function called(
  run: Evaluation,
  target: FunctionValue,
  args: CallArgs,
  body: () => AbstractValue,
): AbstractValue {
  const { explorer, steps, path, heap } = run;
  // The handler itself is followed; what it calls is, as far as the answer hangs on it.
  const follow = (): AbstractValue =>
    run.depth > 0 ? (callIfIrrelevant(run, target, args, body) ?? body()) : body();
  if (run.sampler) return follow();
  const again = explorer?.again();
  if (again?.outcomes)
    return apply<AbstractValue>(
      run,
      again.outcomes as readonly Outcome<AbstractValue>[],
      again.taken,
    );
  const place = again ? undefined : summaryPlace(run, target, args);
  const known = place && recall(run, place);
  if (known) return applyNew(run, known);
  const outer = run.asked;
  const asked: Asked = { constraints: new Set(), truths: new Set() };
  run.asked = asked;
  const { writeVersion } = heap;
  const start = heap.clock + 1;
  let found: Explored<AbstractValue>;
  try {
    found = explore(run, follow);
  } finally {
    run.asked = outer;
    noteAsked(run, asked);
  }
  if (place) remember(run, place, asked, path, writeVersion, start, outcomesOf(run, found));
  if (found.k === "outcomes") return applyNew(run, found.outcomes);
  if (!again) keep(run, found, steps);
  if (found.k === "thrown") throw found.thrown;
  return found.result;
}

function outcomesOf<T>(run: Evaluation, found: Explored<T>): readonly Outcome<T>[] {
  if (found.k === "outcomes") return found.outcomes;
  const { path, heap } = run;
  const end = found.k === "done" ? { result: found.result } : { thrown: found.thrown };
  return [
    { ...end, key: "", writes: contentOf(found.trail), path, writeVersion: heap.writeVersion },
  ];
}

/**
 * What is made once for all paths through the piece of code that is explored: an object that code before and behind a
 * fork of the same piece holds, as an instance whose constructor forks.
 */
export function remembered<T>(run: Evaluation, make: () => T): T {
  const { explorer } = run;
  if (!explorer || run.sampler) return make();
  const again = explorer.again();
  if (again?.outcomes) return again.outcomes[0]?.result as T;
  const result = make();
  const { path, heap } = run;
  explorer.add(1, [{ result, key: "", writes: new Map(), path, writeVersion: heap.writeVersion }]);
  return result;
}

function applyNew<T>(run: Evaluation, outcomes: readonly Outcome<T>[]): T {
  if (outcomes.length === 0) throw new PathAbandoned();
  if (outcomes.length > 1) run.explorer?.add(outcomes.length, outcomes);
  else run.explorer?.add(1, outcomes);
  return apply(run, outcomes, 0);
}

function apply<T>(run: Evaluation, outcomes: readonly Outcome<T>[], taken: number): T {
  const outcome = outcomes[taken] as Outcome<T>;
  const shared = outcomes.length > 1;
  resume(run, outcome, shared);
  if (shared) share(run.heap);
  if (outcome.thrown) throw outcome.thrown;
  return outcome.result as T;
}

/** Goes on from where an outcome ended. */
function resume(run: Evaluation, { writes, path, writeVersion }: Outcome, shared: boolean): void {
  commit(run.heap, writes, shared);
  run.path = path;
  run.heap.writeVersion = writeVersion;
}

/** One step of a sequence: `falls` when the next one follows. */
export interface Step {
  readonly falls: boolean;
}

export interface StepOf<T> {
  readonly run: () => T;
  /** The place behind it in its function, when nothing before it runs again. */
  readonly position?: number;
}

/** Steps that follow each other. */
export interface Sequence<T> {
  /** The step of that number; none = the end. */
  readonly next: (index: number) => StepOf<T> | undefined;
  /** How it is left behind the last step. */
  readonly end: T;
  /** The steps are passes of a loop whose number is not known beforehand. */
  readonly loops?: true;
  /** Drops what nobody sees behind the sequence from what was written. */
  readonly forget?: (writes: UndoLog) => void;
}

/** Passes of a loop that are followed from the first one on in which paths part. */
const passesInFull = 2;

/** Runs steps that follow each other, as a piece of code. Between two steps, paths that agree are merged. */
export function sequence<T extends Step>(run: Evaluation, steps: Sequence<T>): T {
  const { next, end, forget = () => undefined } = steps;
  if (run.sampler) return inTurn(steps);
  const { explorer, heap, path } = run;
  const before = run.steps;
  const again = explorer?.again();
  if (again?.outcomes) return apply<T>(run, again.outcomes as readonly Outcome<T>[], again.taken);
  const { writeVersion } = heap;
  const frame = begin(heap);
  let open = true;
  try {
    let result = end;
    for (let i = 0; ; i++) {
      const step = next(i);
      if (!step) break;
      // What was made before paths part is the same object on all of them.
      const start = heap.clock + 1;
      const found = explore(run, step.run, step);
      if (found.k === "outcomes") {
        const all = sequenceFrom(run, steps, i + 1, start, found.outcomes);
        const earlier = undo(heap, frame);
        open = false;
        run.path = path;
        heap.writeVersion = writeVersion;
        const outcomes = all.map((outcome) => compose(earlier, outcome));
        for (const { writes } of outcomes) forget(writes);
        return applyNew(run, merge(run, outcomes));
      }
      if (found.k === "thrown") {
        if (!again) run.explorer?.add(1);
        throw found.thrown;
      }
      if (!found.result.falls) {
        result = found.result;
        break;
      }
    }
    fold(heap, frame);
    open = false;
    if (!again) keep(run, { k: "done", result, trail: frame.trail }, before);
    return result;
  } finally {
    if (open) fold(heap, frame);
  }
}

/** The steps on one path. */
function inTurn<T extends Step>({ next, end }: Sequence<T>): T {
  for (let i = 0; ; i++) {
    const step = next(i);
    if (!step) return end;
    const result = step.run();
    if (!result.falls) return result;
  }
}

/** Goes on with the steps from each of the outcomes that fall; everything is taken back. */
function sequenceFrom<T extends Step>(
  run: Evaluation,
  { next, end, loops }: Sequence<T>,
  from: number,
  start: number,
  outcomes: readonly Outcome<T>[],
): Outcome<T>[] {
  const finished = new Map<string, Outcome<T>>();
  const finish = (outcome: Outcome<T>): void => {
    const { key } = outcome;
    const earlier = finished.get(key);
    finished.set(key, earlier ? (merge(run, [earlier, outcome])[0] ?? outcome) : outcome);
  };
  for (const outcome of outcomes) if (!falls(outcome)) finish(outcome);
  let states = outcomes.filter(falls);
  for (let i = from; states.length > 0; i++) {
    const step = next(i);
    if (!step) break;
    // What is not settled after some passes is taken to change with each.
    const group = {};
    const widens = loops && i === from + passesInFull;
    const after = states.flatMap((state) => {
      const frame = begin(run.heap);
      try {
        resume(run, state, true);
        share(run.heap);
        const earlier = { start, writes: state.writes, group };
        const found = explore(run, step.run, { position: step.position, earlier });
        if (found.k !== "outcomes") throw new Error("paths were not told apart");
        const ends = found.outcomes.map((outcome) => compose(state.writes, outcome));
        return widens ? ends.map((one) => (falls(one) ? widen(state.writes, one) : one)) : ends;
      } finally {
        undo(run.heap, frame);
      }
    });
    const merged = merge(run, after);
    states = loops && i > from + passesInFull ? [] : merged.filter(falls);
    for (const outcome of merged) if (!falls(outcome)) finish(outcome);
  }
  return [...finished.values(), ...states.map((state): Outcome<T> => ({ ...state, result: end }))];
}

const falls = ({ result, thrown }: Outcome<Step>): boolean => !thrown && result?.falls === true;
