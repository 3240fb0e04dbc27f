/**
 * What a function does for given arguments, remembered across paths: `getVal(row, "name")` on forty paths is followed
 * once. A summary holds where the function asks the same questions and gets the same answers: arguments that look the
 * same, the same functions and constants around it, the same knowledge of the parts of the request that it looked at.
 * It changes nothing that others hold; what it returns is copied for every use.
 *
 *     getVal(row, "name")   // followed: unknown, of the same place      -> remembered
 *     getVal(row, "name")   // on another path: a copy of the outcome
 *     getVal(row, "mail")   // another argument: followed
 */
import { read } from "./heap";
import { Spelling, type Cell } from "./spelling";
import type { Container, UndoLog } from "./heap";
import type { Outcome } from "./merging";
import { constraintsOn } from "./path-state";
import type { PathConstraint, PathState, ReturnSite } from "./path-state";
import { Thrown } from "./signals";
import { born, made } from "./state";
import type { Evaluation } from "./state";
import type { CallArgs, FunctionValue, Property, AbstractValue } from "./values";

/** What code asked of the path that it ran on. */
export interface Asked {
  readonly constraints: Set<string>;
  readonly truths: Set<unknown>;
}

export interface Summary {
  readonly cells: readonly Cell[];
  readonly constraints: ReadonlyMap<string, PathConstraint>;
  readonly truths: ReadonlyMap<string, boolean | undefined>;
  readonly asked: Asked;
  readonly base: PathState;
  readonly writeVersion: number;
  readonly outcomes: readonly Outcome<AbstractValue>[];
}

/** A call whose outcomes may be remembered. */
export interface Remembered {
  readonly key: string;
  readonly cells: readonly Cell[];
  readonly known: Map<string, Summary[]>;
}

/** The place of a call's summary; `undefined` when there can be none. */
export function summaryPlace(
  run: Evaluation,
  target: FunctionValue,
  args: CallArgs,
): Remembered | undefined {
  if (target.self || args.open !== undefined || args.returnedUnawaited || run.depth === 0)
    return undefined;
  const cells: Cell[] = [];
  const spelling = new Spelling(run, cells);
  const parts = [
    target.scope.kind === "module" ? "" : spelling.id(target.scope.vars),
    run.heap.outerVersion,
    run.path.tries ? run.path.tries.considered === run.heap.writeVersion : "-",
    run.path.tries ? run.path.tries.absent === run.heap.writeVersion : "-",
    ...args.positional.map((arg) => spelling.of(arg)),
    ...[...args.named].map(([name, slot]) => `${name}:${spelling.of(slot.value)}`),
  ];
  spelling.around(target);
  if (spelling.failed) return undefined;
  let known = run.summaries.get(target.fn);
  if (!known) run.summaries.set(target.fn, (known = new Map<string, Summary[]>()));
  return { key: parts.join("\n"), cells, known };
}

/** What is remembered of the call, for the path that is followed now. */
export function recall(
  run: Evaluation,
  { key, cells, known }: Remembered,
): readonly Outcome<AbstractValue>[] | undefined {
  const { path } = run;
  const found = known.get(key)?.find(
    (summary) =>
      summary.cells.length === cells.length &&
      summary.cells.every(([vars, name, value], i) => {
        const cell = cells[i];
        return cell?.[0] === vars && cell[1] === name && cell[2] === value;
      }) &&
      [...summary.constraints].every(
        ([subject, constraints]) => constraintsOn(path, subject) === constraints,
      ) &&
      [...summary.truths].every(([subject, side]) => path.truths.get(subject) === side),
  );
  if (!found) return undefined;
  run.recalled++;
  noteAsked(run, found.asked);
  return found.outcomes.map((outcome) => again(run, found, outcome));
}

export function noteAsked(run: Evaluation, asked: Asked): void {
  if (!run.asked) return;
  for (const subject of asked.constraints) run.asked.constraints.add(subject);
  for (const value of asked.truths) run.asked.truths.add(value);
}

/** Remembers the outcomes of a call that has done nothing but return or throw. */
export function remember(
  run: Evaluation,
  { key, cells, known }: Remembered,
  asked: Asked,
  base: PathState,
  writeVersion: number,
  start: number,
  outcomes: readonly Outcome<AbstractValue>[],
): void {
  const truths = new Map<string, boolean | undefined>();
  for (const value of asked.truths) {
    if (typeof value === "string") truths.set(value, base.truths.get(value));
    else if (base.truths.has(value)) return;
  }
  const kept: Outcome<AbstractValue>[] = [];
  for (const outcome of outcomes) {
    if (outcome.path.sent !== base.sent || outcome.path.failed !== base.failed) return;
    if (outcome.thrown?.past !== undefined) return;
    for (const container of outcome.writes.keys())
      if (container !== run.pending && (container.born === undefined || container.born < start))
        return;
    const copied = new Copy(run, start, outcome.writes).outcome(outcome);
    if (!copied) return;
    kept.push(copied);
  }
  const constraints = new Map(
    [...asked.constraints].map((subject) => [subject, constraintsOn(base, subject)]),
  );
  const summary = { cells, constraints, truths, asked, base, writeVersion, outcomes: kept };
  const list = known.get(key);
  if (list) list.push(summary);
  else known.set(key, [summary]);
}

/** A remembered outcome on the path that is followed now. */
function again(
  run: Evaluation,
  { base, writeVersion }: Summary,
  outcome: Outcome<AbstractValue>,
): Outcome<AbstractValue> {
  const copy = new Copy(run, 0, new Map());
  const { result, thrown, writes } = copy.outcome(outcome) as Outcome<AbstractValue>;
  const { path } = run;
  const own = outcome.path;
  const touched = outcome.writeVersion !== writeVersion;
  const now = touched ? ++run.heap.lastVersion : run.heap.writeVersion;
  const truths = new Map(path.truths);
  for (const [value, side] of own.truths)
    if (typeof value === "string" && base.truths.get(value) !== side) truths.set(value, side);
  const constraints = new Map(path.constraints);
  for (const [subject, one] of own.constraints)
    if (base.constraints.get(subject) !== one) constraints.set(subject, one);
  const tries =
    path.tries && own.tries !== base.tries
      ? {
          ...path.tries,
          considered: own.tries?.considered === outcome.writeVersion ? now : undefined,
          absent: own.tries?.absent === outcome.writeVersion ? now : undefined,
        }
      : path.tries;
  const sites = own.returns.filter((site) => !base.returns.includes(site));
  return {
    ...(thrown ? { thrown } : { result: result as AbstractValue }),
    key: outcome.key,
    writes,
    writeVersion: now,
    path: {
      ...path,
      truths,
      constraints,
      tries,
      caught: path.caught || own.caught,
      returns: [...path.returns, ...sites.map((site) => copy.site(site))],
    },
  };
}

/** Copies what a call made, so that no two uses share it. */
class Copy {
  #failed = false;
  readonly #run: Evaluation;
  readonly #start: number;
  readonly #writes: UndoLog;
  readonly #copies = new Map<AbstractValue, AbstractValue>();
  readonly #pending = new Map<unknown, unknown>();

  constructor(run: Evaluation, start: number, writes: UndoLog) {
    this.#run = run;
    this.#start = start;
    this.#writes = writes;
  }

  outcome(outcome: Outcome<AbstractValue>): Outcome<AbstractValue> | undefined {
    const { result, thrown, path } = outcome;
    const value = result && this.of(result);
    const error = thrown && new Thrown(this.of(thrown.value), thrown.at, thrown.implicit);
    if (this.#failed) return undefined;
    const returns = path.returns.map((site) => this.site(site));
    const marks = outcome.writes.get(this.#run.pending);
    for (const [from, to] of this.#copies)
      if (marks?.get(from) === true) this.#pending.set(to, true);
    return {
      ...outcome,
      ...(error ? { thrown: error } : { result: value as AbstractValue }),
      path: { ...path, returns },
      writes:
        this.#pending.size > 0
          ? new Map([[this.#run.pending, this.#pending]])
          : new Map<Container, Map<unknown, unknown>>(),
    };
  }

  site(site: ReturnSite): ReturnSite {
    const value = this.#copies.get(site.value);
    return value && value !== site.value ? { ...site, value } : site;
  }

  #read(container: Container, key: unknown): unknown {
    const places = this.#writes.get(container);
    return places?.has(key) ? places.get(key) : read(container, key);
  }

  /** Made by the call, so that it may be changed behind it. */
  #isOwn(container: Container): boolean {
    return container.born !== undefined && container.born >= this.#start;
  }

  of(value: AbstractValue): AbstractValue {
    const known = this.#copies.get(value);
    if (known) return known;
    const copy = this.#copy(value);
    this.#copies.set(value, copy);
    return copy;
  }

  #copy(value: AbstractValue): AbstractValue {
    switch (value.t) {
      case "unknown":
        return { ...value, ...(value.parts ? { parts: new Map<string, AbstractValue>() } : {}) };
      case "extern":
        if ((value.members as Container).touched) this.#failed = true;
        return { ...value, members: born(this.#run, new Map(value.members)) };
      case "oneOf":
        return { ...value, of: value.of.map((one) => this.of(one)) };
      case "maybe":
        return { ...value, of: this.of(value.of) };
      case "function":
        if (this.#isOwn(value.scope.vars) || value.self) this.#failed = true;
        return value;
      case "native":
        this.#failed = true;
        return value;
      case "array": {
        if (!this.#isOwn(value)) return value;
        const { items, open } = this.#read(value, "items") as {
          items: AbstractValue[];
          open?: string;
        };
        const copy = made(this.#run, { ...value, items: [] as AbstractValue[], open });
        this.#copies.set(value, copy);
        copy.items = items.map((item) => this.of(item));
        return copy;
      }
      case "object": {
        if (!this.#isOwn(value.props)) return value;
        const copy = made(this.#run, {
          ...value,
          props: new Map<string, Property>(),
          open: this.#read(value, "open") as string | undefined,
        });
        this.#copies.set(value, copy);
        const keys = new Set([
          ...value.props.keys(),
          ...((this.#writes.get(value.props)?.keys() ?? []) as Iterable<string>),
        ]);
        for (const key of keys) {
          const slot = this.#read(value.props, key) as Property | undefined;
          if (slot) copy.props.set(key, { ...slot, value: this.of(slot.value) });
        }
        return copy;
      }
      default:
        return value;
    }
  }
}
