/**
 * Blocks on the path that is followed. A block's statements run in order; where one of them has several ways, each is
 * followed from the state in which the statement began and taken back before the next, ways that have left the same behind
 * are joined, and the rest of the block is run once for each of those that are left. So the work grows with the code, not
 * with the number of paths:
 *
 *     try { item = await db.get(id); } catch { item = null; }   // two ways; `item` is one of two values
 *     if (!item) return respond(404);                           // two ways, of which one goes on
 *     if (!item.owner) return respond(403);                     // two ways, of which one goes on
 *     return respond(200);                                      // three outcomes, each statement was run once
 *
 * The block's outcomes then are the options of one choice of the statement that it stands in, which takes up what the
 * block left behind instead of running it again.
 *
 * As for conditions that make no difference (`speculation.ts`), what was learnt on single ways is forgotten where they
 * are joined: about values, and about the parts of the request that say nothing of who asks.
 */
import { keyOfSpan, type Span } from "../../ir/span";
import type { Completion } from "../syntax/statements";
import {
  commit,
  commitJoin,
  followedBy,
  takeUp,
  popTrail,
  pushTrail,
  undoTrail,
  writesOf,
  type Container,
  type Writes,
} from "./heap";
import {
  nextRoute,
  toldAfter,
  toldSince,
  type Knowledge,
  type PathExplorer,
  type Route,
} from "./path-explorer";
import { isExhausted, PathAbandoned, Thrown } from "./signals";
import { isRelevant } from "./speculation";
import { passedOn, StateText } from "./state-text";
import type { Evaluation } from "./state";
import { birthCount, birthOf, oneOf, type AbstractValue } from "./values";

export type End = Completion | Thrown;

/** What a way through a part of the program left behind. */
export interface Outcome {
  readonly end: End;
  readonly writes: Writes;
  readonly writeVersion: number;
  readonly known: Knowledge;
}

/** Outcomes of a block that are kept apart; with more, some are left out. */
const mostOutcomes = 400;
/** What was written, taken up for the work of one step. */
const containersOfStep = 4;
/** States in which a block goes on. */
const mostStates = 64;
/** Ways of one statement. */
const mostRoutes = 400;

/** Steps to leave the blocks that a block stands in, where there are none left. */
const stepsToHandOn = 500;

/** Parts of a block that run one after the other, as far as they fall through. */
export interface Steps {
  readonly count: number;
  readonly at: Span;
  /** They are all of a function, whose variables are gone when it returns. */
  readonly isFunction: boolean;
  run(index: number): Completion;
}

/** Runs a block on the path that is followed. Throws what it throws. */
export function explore(run: Evaluation, explorer: PathExplorer, steps: Steps): Completion {
  const earlier = explorer.earlierAttempt;
  if (earlier === "plain") {
    explorer.noteAttempt(earlier);
    return inOrder(steps);
  }
  const block = new Block(run, explorer, steps);
  if (earlier === "explored") {
    explorer.noteAttempt(earlier);
    const { taken = 0, outcomes } = explorer.recorded() ?? {};
    const found = (outcomes as readonly Outcome[] | undefined) ?? block.outcomes();
    return block.take(found[taken]);
  }
  return block.first();
}

function inOrder(steps: Steps): Completion {
  for (let i = 0; i < steps.count; i++) {
    const end = steps.run(i);
    if (!end.falls) return end;
  }
  return { falls: true, returned: [] };
}

class Block {
  private readonly before: Knowledge;
  private readonly births = birthCount();
  private readonly writeVersion: number;

  constructor(
    private readonly run: Evaluation,
    private readonly explorer: PathExplorer,
    private readonly steps: Steps,
  ) {
    this.before = explorer.known;
    this.writeVersion = run.heap.writeVersion;
  }

  /** Runs the block for the first time in this place. */
  first(): Completion {
    const { explorer } = this;
    const { heap } = this.run;
    const { mark } = explorer;
    explorer.noteAttempt("plain");
    const ways = this.ways();
    if (!Array.isArray(ways)) {
      if (ways instanceof Thrown) throw ways;
      if (this.steps.isFunction) explorer.known = this.heldBy(explorer.known, ways);
      return ways;
    }
    explorer.cut(mark);
    explorer.noteAttempt("explored");
    explorer.fork(ways.length, heap.isHolding ? undefined : this.fromStatement(ways));
    return this.take(ways[0]);
  }

  /** Runs the block again. */
  outcomes(): Outcome[] {
    const ways = this.ways();
    return Array.isArray(ways) ? ways : [];
  }

  /** The outcomes with what the statement had written before that the block stands in. */
  private fromStatement(outcomes: readonly Outcome[]): readonly Outcome[] {
    const { heap } = this.run;
    const before = writesOf(heap, heap.partTrails);
    if (before.size === 0) return outcomes;
    return outcomes.map((one) => ({ ...one, writes: followedBy(before, one.writes) }));
  }

  /** How the block ended where it has one way, else its outcomes, and nothing is done. */
  private ways(): End | Outcome[] {
    const { heap } = this.run;
    pushTrail(heap);
    let isOpen = true;
    try {
      const { end, ways, next } = this.inPlace(0);
      if (end) {
        isOpen = false;
        popTrail(heap);
        return end;
      }
      undoTrail(heap);
      isOpen = false;
      this.reset();
      return this.onFrom(ways, next);
    } finally {
      if (isOpen) {
        undoTrail(heap);
        this.reset();
      }
    }
  }

  private reset(): void {
    this.explorer.known = this.before;
    this.run.heap.writeVersion = this.writeVersion;
  }

  /** Runs statements in the state as it is, to the end or to the first that has several ways, which is taken back. */
  private inPlace(
    start: number,
    last = this.steps.count,
  ): { readonly end?: End; readonly ways: Outcome[]; readonly next: number } {
    const { heap } = this.run;
    const since = heap.undoLogs.length - 1;
    for (let i = start; i < last; i++) {
      const ended = this.step(i);
      if (Array.isArray(ended)) {
        const before = writesOf(heap, since);
        const ways = ended.map((one) => ({ ...one, writes: followedBy(before, one.writes) }));
        return { ways, next: i + 1 };
      }
      if (ended instanceof Thrown || !ended.falls) return { end: ended, ways: [], next: i + 1 };
    }
    return { end: { falls: true, returned: [] }, ways: [], next: last };
  }

  /** Runs the rest of the block from each of these states, which are joined where they meet. */
  private onFrom(states: readonly Outcome[], start: number): Outcome[] {
    const { run, explorer, steps } = this;
    const ended: Outcome[] = [];
    let going = this.parted(states, ended);
    try {
      for (let i = start; going.length > 0 && i < steps.count;) {
        // A single state need not wait for others.
        const last = going.length === 1 ? steps.count : i + 1;
        const found: Outcome[][] = [];
        let next = last;
        for (const state of going) {
          const after = this.after(state, i, last);
          found.push(after.ways);
          next = Math.max(i + 1, after.next);
        }
        i = next;
        going = this.parted(this.groupedButReturns(this.thinned(found)), ended);
      }
    } catch (error) {
      if (!isExhausted(error) || ended.length === 0) throw error;
      explorer.leftOut = true;
      // So that what was found can be handed on.
      run.maxSteps = Math.max(run.maxSteps, run.steps + stepsToHandOn);
      going = [];
    } finally {
      this.reset();
    }
    const all = [...ended, ...going];
    if (!steps.isFunction) return this.groupedButReturns(all);
    return this.grouped(
      all.map((one) => ({ ...one, known: this.heldBy(one.known, one.end) })),
      this.births,
    );
  }

  /** Of the returns within a function, those are held whose value may still become the answer. */
  private heldBy(known: Knowledge, end: End): Knowledge {
    const { before, run } = this;
    if (known.told === before.told) return known;
    const told = toldSince(known.told, before.told).filter((one) => {
      const { k, value } = one as { k: string; value?: AbstractValue };
      if (k !== "return" || !value) return true;
      const isResult = !(end instanceof Thrown) && end.returned.includes(value);
      return isResult || isRelevant(value, run.domain.relevance);
    });
    return { ...known, told: toldAfter(before.told, told) };
  }

  /**
   * What was returned on different ways stays apart until the function is left: before, they differ at least in what its
   * variables hold.
   */
  private groupedButReturns(
    outcomes: readonly Outcome[],
    births = this.births,
    before = this.before,
  ): Outcome[] {
    const isReturn = ({ end }: Outcome): boolean =>
      !(end instanceof Thrown) && end.returned.length > 0;
    const others = outcomes.filter((outcome) => !isReturn(outcome));
    return [...outcomes.filter(isReturn), ...this.grouped(others, births, before)];
  }

  /** The states that fall through; the others are at the block's end. */
  private parted(states: readonly Outcome[], ended: Outcome[]): Outcome[] {
    const going: Outcome[] = [];
    for (const state of states) {
      if (!(state.end instanceof Thrown) && state.end.falls) going.push(state);
      else if (ended.length < mostOutcomes) ended.push(state);
      else this.explorer.leftOut = true;
    }
    return going;
  }

  /** Of too many states, some: of every state before some, and of every way on from it. */
  private thinned(found: readonly Outcome[][]): Outcome[] {
    const all = found.flat();
    if (all.length <= mostStates) return all;
    const kept: Outcome[] = [];
    const ended = all.filter(({ end }) => end instanceof Thrown || !end.falls);
    for (let round = 0; kept.length < mostStates; round++) {
      const picked = found.flatMap((ways, i) => {
        const going = ways.filter(({ end }) => !(end instanceof Thrown) && end.falls);
        // The ways take turns in being the first.
        const one = round < going.length ? going[(round + i) % going.length] : undefined;
        return one ? [one] : [];
      });
      if (picked.length === 0) return [...ended, ...kept];
      kept.push(...picked.slice(0, mostStates - kept.length));
    }
    this.explorer.leftOut = true;
    return [...ended, ...kept];
  }

  /** What statements make of a state. */
  private after(
    state: Outcome,
    start: number,
    last: number,
  ): { readonly ways: Outcome[]; readonly next: number } {
    const { run, explorer } = this;
    const { heap } = run;
    pushTrail(heap);
    try {
      takeUp(heap, state.writes);
      run.steps += Math.ceil(state.writes.size / containersOfStep);
      explorer.known = state.known;
      heap.writeVersion = state.writeVersion;
      const { end, ways, next } = this.inPlace(start, last);
      if (!end) return { ways, next };
      const writes = writesOf(heap, heap.undoLogs.length - 1);
      const { known } = explorer;
      return { ways: [{ end, writes, writeVersion: heap.writeVersion, known }], next };
    } finally {
      undoTrail(heap);
    }
  }

  /** Runs a statement: how it ended where it has one way, else its outcomes, and nothing is done. */
  private step(index: number): End | Outcome[] {
    const { run, explorer } = this;
    const { mark, known } = explorer;
    const { heap } = run;
    const { writeVersion, partTrails, isHolding } = heap;
    const births = birthCount();
    const reset = (): void => {
      explorer.known = known;
      heap.writeVersion = writeVersion;
    };
    heap.partTrails = heap.undoLogs.length;
    heap.isHolding = false;
    try {
      pushTrail(heap);
      let end: End | undefined;
      try {
        end = this.end(index);
      } catch (error) {
        undoTrail(heap);
        throw error;
      }
      if (explorer.forksTaken === mark.position && end) {
        popTrail(heap);
        return end;
      }
      const found: Outcome[] = [];
      const note = (one: End | undefined, writes: Writes): void => {
        if (one)
          found.push({ end: one, writes, writeVersion: heap.writeVersion, known: explorer.known });
      };
      note(end, undoTrail(heap));
      let route = nextRoute(explorer.cut(mark));
      for (let count = 1; route; count++) {
        if (count === mostRoutes) {
          explorer.leftOut = true;
          break;
        }
        reset();
        const along = explorer.along(route, () => {
          pushTrail(heap);
          try {
            return this.end(index);
          } finally {
            const writes = undoTrail(heap);
            this.lastWrites = writes;
          }
        });
        note(along.result, this.lastWrites);
        route = nextRoute(along.route);
      }
      reset();
      return this.groupedButReturns(found, births, known);
    } finally {
      heap.partTrails = partTrails;
      heap.isHolding = isHolding;
    }
  }

  private lastWrites: Writes = new Map();

  /** How a statement ends; `undefined` when no request takes this way. */
  private end(index: number): End | undefined {
    try {
      return this.steps.run(index);
    } catch (error) {
      if (error instanceof PathAbandoned) return undefined;
      if (!(error instanceof Thrown)) throw error;
      delete error.writes;
      return error;
    }
  }

  /** Outcomes that nothing tells apart, or whose differences make none to the answer, are one. */
  private grouped(
    outcomes: readonly Outcome[],
    births: number,
    before: Knowledge = this.before,
  ): Outcome[] {
    if (outcomes.length < 2) return [...outcomes];
    const join = new OutcomeJoin(this.run, births, before, this.steps.at);
    return join.of(outcomes);
  }

  /** Makes an outcome real. */
  take(outcome: Outcome | undefined): Completion {
    const { run, explorer } = this;
    if (!outcome) throw new PathAbandoned();
    takeUp(run.heap, outcome.writes);
    run.heap.writeVersion = outcome.writeVersion;
    explorer.known = outcome.known;
    if (outcome.end instanceof Thrown) throw outcome.end;
    return outcome.end;
  }
}

/** Joins outcomes of one part of the program, which began in one state. */
class OutcomeJoin {
  constructor(
    private readonly run: Evaluation,
    /** What was there when the part began has no greater birth. */
    private readonly births: number,
    private readonly before: Knowledge,
    private readonly at: Span,
  ) {}

  of(outcomes: readonly Outcome[]): Outcome[] {
    const places = outcomes.map(placeOf);
    const groups = new Map<string, Outcome[]>();
    for (const [i, outcome] of outcomes.entries()) {
      // What is returned at a place of its own is like no other.
      const place = places[i];
      const isAlone = place !== undefined && places.indexOf(place) === places.lastIndexOf(place);
      const key =
        (isAlone && this.isAnswer(outcome) ? undefined : this.keyOf(outcome)) ?? String(i);
      const group = groups.get(key);
      if (group) group.push(outcome);
      else groups.set(key, [outcome]);
    }
    return [...groups.values()].map((group) => {
      const [first] = group as [Outcome];
      // Of equal answers the first is enough.
      return group.length === 1 || this.isAnswer(first) ? first : this.joined(group);
    });
  }

  private keyOf(outcome: Outcome): string | undefined {
    const { writes } = outcome;
    // What was made in the part and changed where its ways part is looked at as this way left it.
    if ([...writes.keys()].every((container) => this.isOld(container))) return this.textOf(outcome);
    const { heap } = this.run;
    pushTrail(heap);
    takeUp(heap, writes);
    try {
      return this.textOf(outcome);
    } finally {
      undoTrail(heap);
    }
  }

  private textOf(outcome: Outcome): string | undefined {
    const { known } = outcome;
    const told = toldSince(known.told, this.before.told);
    if (told.some((one) => (one as { k: string }).k !== "return")) return undefined;
    const text = this.stateOf(known);
    return this.isAnswer(outcome) ? text.of(outcome) : text.ofWhatMatters(outcome);
  }

  private stateOf(known: Knowledge): StateText {
    return new StateText(this.run, this.births, known, this.before);
  }

  /** Whether something was returned that may become the answer. */
  private isAnswer({ end }: Outcome): boolean {
    const { relevance } = this.run.domain;
    return !(end instanceof Thrown) && end.returned.some((value) => isRelevant(value, relevance));
  }

  /** Writes to what was there before, as far as they matter or do not. */
  private writesToOld({ writes, known }: Outcome, matters: boolean): Writes {
    const text = this.stateOf(known);
    const found: Writes = new Map();
    for (const [container, places] of writes) {
      if (!this.isOld(container)) continue;
      const kept = [...places].filter(([key, content]) => text.matters(key, content) === matters);
      if (kept.length > 0) found.set(container, new Map(kept));
    }
    return found;
  }

  private isOld(container: Container): boolean {
    return (birthOf(container) ?? 0) <= this.births;
  }

  private joined(outcomes: readonly Outcome[]): Outcome {
    const { run } = this;
    const writeVersion = Math.max(...outcomes.map((outcome) => outcome.writeVersion));
    pushTrail(run.heap);
    // What was made on one of the ways is there on that way only: it is as that way has left it.
    for (const { writes } of outcomes)
      commit(run.heap, new Map([...writes].filter(([container]) => !this.isOld(container))));
    const [first] = outcomes as [Outcome];
    commitJoin(
      run.heap,
      outcomes.map((outcome) => this.writesToOld(outcome, false)),
      this.at,
    );
    // What matters is the same on all of them.
    commit(run.heap, this.writesToOld(first, true));
    const writes = undoTrail(run.heap);
    const returned = outcomes.flatMap(({ end }) => (end instanceof Thrown ? [] : end.returned));
    return {
      end:
        first.end instanceof Thrown || returned.length === 0
          ? first.end
          : { ...first.end, returned: [oneOf(returned, this.at)] },
      writes,
      writeVersion,
      known: this.joinedKnowledge(outcomes, writeVersion),
    };
  }

  /** What all of them know; of parts of the request of which they know different things, what was known before. */
  private joinedKnowledge(outcomes: readonly Outcome[], writeVersion: number): Knowledge {
    const { before, run } = this;
    const known = outcomes.map((outcome) => outcome.known);
    const [first] = known;
    const texts = known.map((one) => this.stateOf(one).constraints());
    const constraints = new Map(before.constraints);
    for (const [key, constraint] of first?.constraints ?? [])
      if (texts.every((text) => text.get(key) === texts[0]?.get(key)))
        constraints.set(key, constraint);
    const truths = new Map(
      [...(first?.truths ?? [])].filter(([subject, side]) =>
        known.every((one) => one.truths.get(subject) === side),
      ),
    );
    const stamp = (flag: "considered" | "absent", i: number): object =>
      outcomes.some((one) => one.known.tries[i]?.[flag] === one.writeVersion)
        ? { [flag]: writeVersion }
        : {};
    return {
      constraints,
      truths,
      tries: before.tries.map(({ depth }, i) => ({
        depth,
        ...stamp("considered", i),
        ...stamp("absent", i),
      })),
      catching: Math.min(...known.map((one) => one.catching)),
      told: toldAfter(before.told, [
        ...new Set(known.flatMap((one) => toldSince(one.told, before.told))),
      ]),
    };
  }
}

/** Where the value that a way returned was made; `undefined` where it did not return one. */
function placeOf({ end, known: { told } }: Outcome): string | undefined {
  if (end instanceof Thrown) return undefined;
  const [value] = end.returned;
  if (!value || end.returned.length > 1) return undefined;
  return `${keyOfSpan(value.at)} ${passedOn(told).get(value) ?? ""}`;
}
