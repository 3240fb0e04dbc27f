/** Outcomes of a piece of code, and how those that agree become one. */
import { read } from "./heap";
import type { Container, RunNode, UndoLog } from "./heap";
import { constraintsOn } from "./path-state";
import type { PathConstraint, PathState, TryFrame } from "./path-state";
import { OutOfBudget, Thrown } from "./signals";
import type { Evaluation } from "./state";
import { oneOf, sameValue, unknown } from "./values";
import type { ArrayValue, GuardTest, ObjectValue, Property, AbstractValue } from "./values";

/** How one path through a piece of code ended. */
export interface Outcome<T = unknown> {
  /** Of paths that went on; what threw has none. */
  readonly result?: T;
  readonly thrown?: Thrown;
  /** What it is told apart by: how it ended, and what of its effects may reach an answer. */
  readonly key: string;
  /** What it had written when it ended, place by place. */
  readonly writes: UndoLog;
  readonly path: PathState;
  readonly writeVersion: number;
}

/** Paths that are followed side by side through a piece of code. */
const maxPaths = 64;

/** Outcomes with the same key become one. */
export function merge<T>(run: Evaluation, outcomes: readonly Outcome<T>[]): Outcome<T>[] {
  if (outcomes.length < 2) return [...outcomes];
  const groups = grouped(outcomes, ({ key }) => key);
  if (goingOn(groups) > maxPaths)
    throw new OutOfBudget("more paths than are followed side by side");
  if (groups.size === outcomes.length) return [...outcomes];
  return [...groups.values()].map((group) =>
    group.reduce((joined, outcome) => new Join(run, joined, outcome).outcome()),
  );
}

/** How many of the groups go on to the next step: the others are answers, and exceptions. */
function goingOn(groups: ReadonlyMap<string, readonly Outcome[]>): number {
  let count = 0;
  for (const [one] of groups.values())
    if ((one?.result as { falls?: boolean } | undefined)?.falls) count++;
  return count;
}

function grouped<T>(of: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of of) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** What is left behind by code whose writes were these, and then by code that ended so. */
export function compose<T>(before: UndoLog, outcome: Outcome<T>): Outcome<T> {
  if (before.size === 0) return outcome;
  const writes: UndoLog = new Map(before);
  for (const [container, places] of outcome.writes) {
    const earlier = writes.get(container);
    writes.set(container, earlier ? new Map([...earlier, ...places]) : places);
  }
  return { ...outcome, writes };
}

/** An outcome of a pass of a loop, for all later passes: what the pass has changed may be anything. */
export function widen<T>(before: UndoLog, outcome: Outcome<T>): Outcome<T> {
  return { ...outcome, writes: widened(before, outcome.writes) };
}

/** As `widen`, of what the pass has written. */
export function widened(before: UndoLog, after: UndoLog): UndoLog {
  const writes: UndoLog = new Map(after);
  for (const [container, places] of after) {
    const earlier = before.get(container);
    const wide = new Map(places);
    for (const [key, content] of places) {
      const old = earlier?.has(key) ? earlier.get(key) : read(container, key);
      if (old !== undefined && old !== content) wide.set(key, anything(old, content));
    }
    writes.set(container, wide);
  }
  return writes;
}

function anything(old: unknown, content: unknown): unknown {
  if (isSlot(old) && isSlot(content))
    return { ...content, value: anything(old.value, content.value) as AbstractValue };
  if (isValue(old) && isValue(content)) {
    const isSame =
      alike(old, content) || (old.t === content.t && old.t !== "const" && samePlace(old, content));
    return isSame ? content : unknown("it changes in a loop", content.at);
  }
  if (typeof content === "object" && content !== null && "items" in content)
    return { ...content, open: "a list that grows in a loop" };
  return content;
}

/** Two outcomes as one: what both leave behind, or one or the other. */
class Join<T> {
  readonly #run: Evaluation;
  readonly #a: Outcome<T>;
  readonly #b: Outcome<T>;
  readonly #writes: UndoLog = new Map();
  /** Objects that both paths made at the same place, and that one now stands for. */
  readonly #joined = new Map<Container, Container>();

  constructor(run: Evaluation, a: Outcome<T>, b: Outcome<T>) {
    this.#run = run;
    this.#a = a;
    this.#b = b;
  }

  outcome(): Outcome<T> {
    const [a, b] = [this.#a, this.#b];
    const result = a.thrown ? undefined : this.#result(a.result, b.result);
    const thrown = a.thrown && b.thrown ? this.#thrown(a.thrown, b.thrown) : undefined;
    for (const writes of [a.writes, b.writes])
      for (const [container, places] of writes)
        for (const key of places.keys()) this.#join(container, key);
    return {
      ...(thrown ? { thrown } : { result: result as T }),
      key: a.key,
      writes: this.#writes,
      path: joinedPath(a.path, b.path),
      writeVersion:
        a.writeVersion === b.writeVersion ? a.writeVersion : ++this.#run.heap.lastVersion,
    };
  }

  #result(a: unknown, b: unknown): unknown {
    if (a === b) return a;
    if (isValue(a) && isValue(b)) return this.#value(a, b);
    const [x, y] = [a, b] as [
      { returned?: readonly AbstractValue[] },
      { returned?: readonly AbstractValue[] },
    ];
    const [one] = x?.returned ?? [];
    const [other] = y?.returned ?? [];
    return one && other ? { ...x, returned: [this.#value(one, other)] } : a;
  }

  #thrown(a: Thrown, b: Thrown): Thrown {
    if (a === b) return a;
    const value = this.#value(a.value, b.value);
    if (value === a.value) return a;
    const thrown = new Thrown(value, a.at, a.implicit);
    if (a.past !== undefined) thrown.past = a.past;
    return thrown;
  }

  #join(container: Container, key: unknown): void {
    const places = this.#writes.get(container);
    if (places?.has(key)) return;
    const [x, y] = [this.#read(this.#a, container, key), this.#read(this.#b, container, key)];
    this.#put(container, key, x === y ? x : this.#content(container, key, x, y));
  }

  #put(container: Container, key: unknown, content: unknown): void {
    const places = this.#writes.get(container);
    if (places) places.set(key, content);
    else this.#writes.set(container, new Map([[key, content]]));
  }

  #read({ writes }: Outcome, container: Container, key: unknown): unknown {
    const places = writes.get(container);
    return places?.has(key) ? places.get(key) : read(container, key);
  }

  #content(container: Container, key: unknown, x: unknown, y: unknown): unknown {
    if (container instanceof Map) {
      if (x === true || y === true) return true;
      if (isSlot(x) || isSlot(y))
        return this.#slot(x as Property | undefined, y as Property | undefined);
      if (!isValue(x) || !isValue(y)) return x ?? y;
      return this.#value(x, y);
    }
    if (key === "items" && "items" in container)
      return this.#items(x as ArrayContent, y as ArrayContent);
    return x ?? y;
  }

  #slot(x: Property | undefined, y: Property | undefined): Property | undefined {
    const last = y ?? x;
    if (!last) return undefined;
    if (!x || !y) return last.maybe ? last : { ...last, maybe: true };
    const maybe = x.maybe || y.maybe;
    const value = this.#value(x.value, y.value);
    return { ...x, value, ...(maybe ? { maybe: true as const } : {}) };
  }

  #items(x: ArrayContent, y: ArrayContent): ArrayContent {
    const { aside } = this.#run.heap;
    if (aside.has(x.items) !== aside.has(y.items)) return aside.has(x.items) ? y : x;
    const items: AbstractValue[] = [];
    let i = 0;
    for (; i < x.items.length && i < y.items.length; i++) {
      const [one, other] = [x.items[i] as AbstractValue, y.items[i] as AbstractValue];
      if (!alike(one, other)) break;
      items.push(this.#value(one, other));
    }
    const rest = [...x.items.slice(i), ...y.items.slice(i)];
    for (const item of rest.slice(0, maxRest))
      items.push(item.t === "maybe" ? item : { t: "maybe", of: item, at: item.at });
    const open = rest.length > maxRest ? "a list that may grow on and on" : undefined;
    return { items, open: x.open ?? y.open ?? open };
  }

  /** What stands for either value. */
  #value(x: AbstractValue, y: AbstractValue): AbstractValue {
    if (x === y) return x;
    if (x.t === "object" && y.t === "object" && mayStandFor(x, y)) return this.#object(x, y);
    if (x.t === "array" && y.t === "array" && mayStandFor(x, y)) return this.#array(x, y);
    return alike(x, y) || sameText(x, y) ? x : oneOf([x, y], x.at);
  }

  #object(x: ObjectValue, y: ObjectValue): AbstractValue {
    if (this.#joined.get(y.props) === x.props) return x;
    if (this.#joined.has(y.props)) return oneOf([x, y], x.at);
    this.#joined.set(y.props, x.props);
    const keys = new Set([...this.#keys(this.#a, x.props), ...this.#keys(this.#b, y.props)]);
    for (const key of keys) {
      const one = this.#read(this.#a, x.props, key) as Property | undefined;
      const other = this.#read(this.#b, y.props, key) as Property | undefined;
      this.#put(x.props, key, one === other ? one : this.#slot(one, other));
    }
    const open = this.#read(this.#a, x, "open") ?? this.#read(this.#b, y, "open");
    this.#put(x, "open", open);
    return x;
  }

  #keys({ writes }: Outcome, props: Map<string, Property>): Iterable<string> {
    const written = writes.get(props);
    return written ? [...props.keys(), ...(written.keys() as Iterable<string>)] : props.keys();
  }

  #array(x: ArrayValue, y: ArrayValue): AbstractValue {
    if (this.#joined.get(y) === x) return x;
    if (this.#joined.has(y)) return oneOf([x, y], x.at);
    this.#joined.set(y, x);
    const one = this.#read(this.#a, x, "items") as ArrayContent;
    const other = this.#read(this.#b, y, "items") as ArrayContent;
    this.#put(x, "items", this.#items(one, other));
    return x;
  }
}

interface ArrayContent {
  readonly items: readonly AbstractValue[];
  readonly open: string | undefined;
}

const maxRest = 200;

const isValue = (content: unknown): content is AbstractValue =>
  typeof content === "object" && content !== null && "t" in content;

const isSlot = (content: unknown): content is Property =>
  typeof content === "object" && content !== null && "entry" in content;

/** Made by the same expression on two paths: nothing but the paths tells them apart. */
function mayStandFor(x: ObjectValue | ArrayValue, y: ObjectValue | ArrayValue): boolean {
  const bornX: Container = x.t === "object" ? x.props : x;
  const bornY: Container = y.t === "object" ? y.props : y;
  const sameKind =
    x.t !== "object" ||
    y.t !== "object" ||
    (x.cls?.cls === y.cls?.cls &&
      (samePlace(x, y) || x.cls !== undefined) &&
      x.map === y.map &&
      !x.base &&
      !y.base);
  return sameKind && (x.t === "object" || samePlace(x, y)) && exclude(bornX.by, bornY.by);
}

/** Whether no path can have gone through both: below where they part, they are runs of the same piece of code. */
function exclude(a: RunNode | undefined, b: RunNode | undefined): boolean {
  let [x, y] = [a, b];
  while (x && y && x !== y) {
    if (x.outer === y.outer) return x.group === y.group;
    if (x.depth >= y.depth) x = x.outer;
    else y = y.outer;
  }
  return false;
}

function samePlace(x: AbstractValue, y: AbstractValue): boolean {
  return (
    x.at === y.at || (x.at.start === y.at.start && x.at.end === y.at.end && x.at.file === y.at.file)
  );
}

/** Whether nothing that is looked at tells the values apart. */
function alike(x: AbstractValue, y: AbstractValue): boolean {
  if (sameValue(x, y)) return true;
  if (x.t !== y.t || !samePlace(x, y)) return false;
  switch (x.t) {
    case "const":
      return y.t === "const" && x.value === y.value;
    case "unknown":
      return (
        y.t === "unknown" && x.because === y.because && x.name === y.name && x.test?.k === y.test?.k
      );
    case "extern":
      return y.t === "extern" && x.path === y.path && x.members.size === 0 && y.members.size === 0;
    case "function":
      return y.t === "function" && x.fn === y.fn && x.scope === y.scope && x.self === y.self;
    case "regex":
      return true;
    default:
      return false;
  }
}

function joinedPath(a: PathState, b: PathState): PathState {
  if (a === b) return a;
  const constraints = new Map<string, PathConstraint>();
  const differing: string[] = [];
  for (const key of new Set([...a.constraints.keys(), ...b.constraints.keys()])) {
    const [one, other] = [constraintsOn(a, key), constraintsOn(b, key)];
    const joined = one === other ? one : joinedConstraint(one, other);
    constraints.set(key, joined);
    if (!isSame(one, joined) || !isSame(other, joined)) differing.push(key);
  }
  // Paths that part at one question only are, together, all that there was before it.
  if (differing.length > 1 || a.constraints.size !== b.constraints.size)
    for (const key of differing)
      constraints.set(key, { ...(constraints.get(key) as PathConstraint), mixed: true });
  const truths = new Map([...a.truths].filter(([value, side]) => b.truths.get(value) === side));
  const failed = a.failed ?? b.failed;
  return {
    truths,
    constraints,
    tries: joinedTries(a.tries, b.tries),
    caught: a.caught && b.caught,
    returns: a.returns === b.returns ? a.returns : [...new Set([...a.returns, ...b.returns])],
    sent: a.sent === b.sent ? a.sent : [...new Set([...a.sent, ...b.sent])],
    ...(failed ? { failed } : {}),
  };
}

/** Whether as much is known of a part of the request. */
function isSame(a: PathConstraint, b: PathConstraint): boolean {
  return (
    a === b ||
    (a.equals === b.equals &&
      a.truthy === b.truthy &&
      a.refused === b.refused &&
      a.differs.length === b.differs.length &&
      a.checks.length === b.checks.length)
  );
}

/** What is known on both paths. */
function joinedConstraint(a: PathConstraint, b: PathConstraint): PathConstraint {
  const equals =
    a.equals && b.equals && (alike(a.equals, b.equals) || sameText(a.equals, b.equals));
  return {
    ...(equals && a.equals ? { equals: a.equals } : {}),
    differs: a.differs.filter((one) =>
      b.differs.some((other) => one === other || alike(one, other) || sameText(one, other)),
    ),
    ...(a.truthy !== undefined && a.truthy === b.truthy ? { truthy: a.truthy } : {}),
    ...(a.refused && b.refused ? { refused: true } : {}),
    ...(a.mixed || b.mixed ? { mixed: true as const } : {}),
    ...joinedGuard(a.guard, b.guard),
    checks: a.checks.filter((one) =>
      b.checks.some(
        (other) => one === other || (one.guard === other.guard && one.holds === other.holds),
      ),
    ),
  };
}

function joinedGuard(a: GuardTest | undefined, b: GuardTest | undefined): { guard?: GuardTest } {
  if (!a && !b) return {};
  const one = a ?? b;
  if (a && b && a.kind === b.kind && a.at.start === b.at.start && a.at.file === b.at.file)
    return { guard: a };
  return one ? { guard: { kind: "unknown", at: one.at } } : {};
}

const sameText = (x: AbstractValue, y: AbstractValue): boolean =>
  x.t === "const" && y.t === "const" && x.value === y.value;

function joinedTries(a: TryFrame | undefined, b: TryFrame | undefined): TryFrame | undefined {
  if (a === b || !a || !b) return a;
  if (a.considered === b.considered && a.absent === b.absent) return a;
  return { ...a, considered: undefined, absent: undefined };
}
