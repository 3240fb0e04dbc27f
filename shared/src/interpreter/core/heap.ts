/**
 * Writes that can be taken back. A branch of an undecided condition runs, its writes are collected and undone, the other
 * branch runs, and the two outcomes are joined place by place.
 */
import type { Span } from "../../ir/span";
import type { Relevance } from "./domain";
import { Thrown } from "./signals";
import { boundedItems } from "./size";
import { birthCount, birthOf, oneOf } from "./values";
import type { ArrayValue, Scope, Property, AbstractValue } from "./values";

export type Container =
  | Map<string, AbstractValue>
  | Map<string, Property>
  | Map<AbstractValue, true>
  | ArrayValue
  | { open?: string | undefined };

/** Places with their contents. */
export type Writes = Map<Container, Map<string, unknown>>;

/**
 * First old content of every place written since the log was begun. What was made since is not in it: nothing that came
 * before can see it.
 */
export class UndoLog extends Map<Container, Map<string, unknown>> {
  /** What was there when the log was begun has no greater birth. */
  births = birthCount();
}

export interface Heap {
  /** Innermost last. */
  readonly undoLogs: UndoLog[];
  /** How often a part of the result was written. */
  writeVersion: number;
  /** Values that stand for promises which nothing has awaited, as far as one must suppose. */
  readonly pending: Map<AbstractValue, true>;
  /** How many undo logs there were when the statement began that is being followed. */
  partTrails: number;
  /** The interpreter itself holds something that blocks of this statement change: they cannot be taken up, but run again. */
  isHolding: boolean;
  /** What the result is made of. */
  readonly relevance: Relevance;
  /** Contents of lists that only hold in a branch whose condition says so: what another branch makes of them counts. */
  readonly aside: WeakSet<readonly AbstractValue[]>;
  /** Functions (by their code) on which code has set members. */
  readonly withMembers: WeakSet<object>;
}

export function newHeap(relevance: Relevance): Heap {
  return {
    undoLogs: [],
    pending: new Map(),
    partTrails: 0,
    isHolding: false,
    writeVersion: 0,
    relevance,
    aside: new WeakSet(),
    withMembers: new WeakSet(),
  };
}

export function setVar(heap: Heap, scope: Scope, name: string, value: AbstractValue): void {
  if (isResult(heap, name, value)) heap.writeVersion++;
  log(heap, scope.vars, name, scope.vars.get(name));
  scope.vars.set(name, value);
}

export function setProperty(
  heap: Heap,
  props: Map<string, Property>,
  key: string,
  slot: Property,
): void {
  if (isResult(heap, key, slot.value)) heap.writeVersion++;
  log(heap, props, key, props.get(key));
  props.set(key, slot);
}

export function deleteProperty(heap: Heap, props: Map<string, Property>, key: string): void {
  log(heap, props, key, props.get(key));
  props.delete(key);
}

export function setMember(
  heap: Heap,
  members: Map<string, AbstractValue>,
  key: string,
  value: AbstractValue,
): void {
  log(heap, members, key, members.get(key));
  members.set(key, value);
}

/** Replaces an array's content. */
export function setItems(
  heap: Heap,
  target: ArrayValue,
  items: AbstractValue[],
  open = target.open,
): void {
  log(heap, target, "items", { items: target.items, open: target.open });
  const kept = boundedItems(items, open);
  target.items = kept.items === items ? items : [...kept.items];
  target.open = kept.open;
}

/**
 * Notes that the branch is not about this list: what another branch makes of it is what there is afterwards. After
 * `if (xs.length === 0) xs.push("a")`, where `xs` may be a list without elements, that list has one.
 */
export function setAside(heap: Heap, list: ArrayValue): void {
  setItems(heap, list, [...list.items]);
  heap.aside.add(list.items);
}

export function setOpen(heap: Heap, target: { open?: string | undefined }, because: string): void {
  log(heap, target, "open", target.open);
  target.open ??= because;
}

/** Notes whether a value stands for a promise that nothing has awaited. */
export function setPending(heap: Heap, value: AbstractValue, isPending: boolean): void {
  if (heap.pending.has(value) === isPending) return;
  // Places are told apart by identity; most are names.
  log(heap, heap.pending, value as unknown as string, heap.pending.get(value));
  if (isPending) heap.pending.set(value, true);
  else heap.pending.delete(value);
}

/** Whether a property holds a part of the result, by its value where that is a number, else by its name. */
function isResult({ relevance }: Heap, name: string, value: AbstractValue): boolean {
  if (value.t === "const" && typeof value.value === "number") return relevance.number(value.value);
  return relevance.property(name, value);
}

function log(heap: Heap, container: Container, key: string, old: unknown): void {
  const undo = heap.undoLogs.at(-1);
  if (undo && (birthOf(container) ?? 0) <= undo.births) note(undo, container, key, old);
}

function note(undo: UndoLog, container: Container, key: string, old: unknown): void {
  let places = undo.get(container);
  if (!places) undo.set(container, (places = new Map<string, unknown>()));
  if (!places.has(key)) places.set(key, old);
}

/** Runs `body` and takes its writes back, also when it throws; returns its result and what it had written. */
export function transact<T>(heap: Heap, body: () => T): { result: T; writes: Writes } {
  pushTrail(heap);
  let result: T;
  try {
    result = body();
  } catch (error) {
    const writes = undoTrail(heap);
    if (error instanceof Thrown) error.writes ??= writes;
    throw error;
  }
  return { result, writes: undoTrail(heap) };
}

/** From now on, what is written can be taken back. */
export function pushTrail(heap: Heap): void {
  heap.undoLogs.push(new UndoLog());
}

/** Takes back what was written since the last `pushTrail`, and returns it. */
export function undoTrail(heap: Heap): Writes {
  const writes: Writes = new Map();
  for (const [container, places] of heap.undoLogs.pop() ?? []) {
    const after = new Map<string, unknown>();
    for (const [key, old] of places) {
      after.set(key, read(container, key));
      restore(container, key, old);
    }
    writes.set(container, after);
  }
  return writes;
}

/** What was written since the last `pushTrail` counts as written since the one before. */
export function popTrail(heap: Heap): void {
  const last = heap.undoLogs.pop();
  const outer = heap.undoLogs.at(-1);
  if (!last || !outer) return;
  for (const [container, places] of last) {
    if ((birthOf(container) ?? 0) > outer.births) continue;
    const known = outer.get(container);
    if (!known) outer.set(container, places);
    else for (const [key, old] of places) if (!known.has(key)) known.set(key, old);
  }
}

/** All that was written since there were so many undo logs, as it is now. */
export function writesOf(heap: Heap, since: number): Writes {
  const writes: Writes = new Map();
  for (let i = since; i < heap.undoLogs.length; i++) {
    for (const [container, places] of heap.undoLogs[i] ?? []) {
      let held = writes.get(container);
      if (!held) writes.set(container, (held = new Map<string, unknown>()));
      for (const key of places.keys()) held.set(key, read(container, key));
    }
  }
  return writes;
}

/**
 * Makes real what a block left behind. It may be made real again, after this was taken back, so that what was made in the
 * block counts as old from now on.
 */
export function takeUp(heap: Heap, writes: Writes): void {
  const undo = heap.undoLogs.at(-1);
  if (!undo) return;
  for (const [container, places] of writes) {
    for (const [key, value] of places) {
      note(undo, container, key, read(container, key));
      restore(container, key, value);
    }
  }
  undo.births = birthCount();
}

/** Writes, and then others. */
export function followedBy(writes: Writes, more: Writes): Writes {
  const all: Writes = new Map(writes);
  for (const [container, places] of more)
    all.set(container, new Map([...(writes.get(container) ?? []), ...places]));
  return all;
}

/** Runs what changes something that the interpreter itself holds. */
export function holding<T>(heap: Heap, body: () => T): T {
  const { isHolding } = heap;
  heap.isHolding = true;
  try {
    return body();
  } finally {
    heap.isHolding = isHolding;
  }
}

/** What a place holds now. */
export function read(container: Container, key: string): unknown {
  if (container instanceof Map) return (container as Map<string, unknown>).get(key);
  if (key === "items" && "items" in container)
    return { items: container.items, open: container.open };
  return container.open;
}

function restore(container: Container, key: string, value: unknown): void {
  if (container instanceof Map) {
    const map = container as Map<string, unknown>;
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  } else if (key === "items" && "items" in container) {
    const content = value as { items: AbstractValue[]; open: string | undefined };
    container.items = content.items;
    container.open = content.open;
  } else {
    container.open = value as string | undefined;
  }
}

/** Makes one branch's writes real. */
export function commit(heap: Heap, writes: Writes): void {
  for (const [container, places] of writes) {
    for (const [key, value] of places) {
      log(heap, container, key, read(container, key));
      restore(container, key, value);
    }
  }
}

/** Makes the join of all branches' writes real; a branch that did not write a place keeps what was there. */
export function commitJoin(heap: Heap, branches: readonly Writes[], at: Span): void {
  const containers = new Set(branches.flatMap((branch) => [...branch.keys()]));
  for (const container of containers) {
    const keys = new Set(branches.flatMap((branch) => [...(branch.get(container)?.keys() ?? [])]));
    for (const key of keys) {
      const before = read(container, key);
      const outcomes = branches.map((branch) => {
        const places = branch.get(container);
        return places?.has(key) ? places.get(key) : before;
      });
      const [first] = outcomes;
      const same = outcomes.every((outcome) => outcome === first);
      log(heap, container, key, before);
      restore(container, key, same ? first : join(heap, container, key, outcomes, at));
    }
  }
}

function join(
  heap: Heap,
  container: Container,
  key: string,
  outcomes: unknown[],
  at: Span,
): unknown {
  if (!(container instanceof Map)) {
    if (key === "items" && "items" in container) {
      const contents = outcomes as Content[];
      const meant = contents.filter(({ items }) => !heap.aside.has(items));
      return joinItems(meant.length > 0 ? meant : contents, at);
    }
    return outcomes.find((open) => open !== undefined);
  }
  const present = outcomes.filter((outcome) => outcome !== undefined);
  const first = present[0];
  if (first === undefined || first === true) return first;
  if (isVal(first)) return oneOf(present as AbstractValue[], at);
  const slots = present as Property[];
  const last = slots.at(-1) ?? (first as Property);
  const maybe = slots.length < outcomes.length || slots.some((slot) => slot.maybe);
  return {
    value: oneOf(
      slots.map((slot) => slot.value),
      last.value.at,
    ),
    name: last.name,
    entry: last.entry,
    ...(maybe ? { maybe: true } : {}),
  } satisfies Property;
}

function isVal(value: unknown): value is AbstractValue {
  return typeof value === "object" && value !== null && "t" in value;
}

interface Content {
  readonly items: AbstractValue[];
  readonly open: string | undefined;
}

/** A queue that some ways take from and others add to would double with every turn of its loop. */
const mostAlternatives = 200;

/**
 * As many elements as all branches have for certain, each one of theirs; then what some branches have besides, as elements
 * that may be missing. Open when they are too many.
 */
function joinItems(contents: readonly Content[], at: Span): Content {
  const least = Math.min(...contents.map(({ items }) => certainLength(items)));
  const items = Array.from({ length: least }, (_, i) =>
    oneOf(
      contents.flatMap((content) => content.items[i] ?? []),
      at,
    ),
  );
  const others = contents.flatMap((content) => content.items.slice(least));
  for (const item of others.slice(0, mostAlternatives)) {
    items.push(item.t === "maybe" ? item : { t: "maybe", of: item, at: item.at });
  }
  const tooMany = others.length > mostAlternatives ? "a list that may grow on and on" : undefined;
  return {
    items,
    open: contents.map((content) => content.open).find((open) => open !== undefined) ?? tooMany,
  };
}

/** How many elements at the beginning are there for certain. */
function certainLength(items: readonly AbstractValue[]): number {
  const first = items.findIndex(({ t }) => t === "maybe");
  return first < 0 ? items.length : first;
}
