/** States as text, to tell whether two ways have left the same behind. */
import type { Writes } from "./heap";
import { type Told, type Knowledge, type PathConstraint } from "./path-explorer";
import { isRelevant } from "./speculation";
import { keyOfSpan, type Span } from "../../ir/span";
import { Thrown } from "./signals";
import type { End, Outcome } from "./exploration";
import type { Evaluation } from "./state";
import { birthOf } from "./values";
import type { AbstractValue, ArrayValue, GuardTest, Property, Scope } from "./values";

/** Values that are looked at for the work of one step. */
const valuesOfStep = 4;

/** Values of a state that are looked at; one that holds more is not compared. */
const mostValues = 2_000;

/** A state as text: equal texts are equal states. */
export class StateText {
  private readonly numbers = new Map<object, number>();
  private left = mostValues;
  private readonly parts: string[] = [];

  constructor(
    private readonly run: Evaluation,
    /** What was made before has no greater birth. */
    private readonly births: number,
    private readonly known: Knowledge,
    /** What was known before: all that are compared know it. */
    private readonly before: Knowledge,
  ) {}

  /** All of it; `undefined` when it cannot be compared. */
  of({ end, writes, writeVersion }: Outcome): string | undefined {
    return this.text(() => {
      this.end(end, true);
      this.writes(writes, () => true);
      this.knowledge(writeVersion);
    });
  }

  /** What matters of it: for the answer, and for tests of the request that come later. */
  ofWhatMatters({ end, writes }: Outcome): string | undefined {
    return this.text(() => {
      this.end(end, false);
      this.writes(writes, (key, content) => this.matters(key, content));
      for (const [key, constraint] of this.known.constraints)
        if (this.before.constraints.get(key) !== constraint && this.tells(key))
          this.constraint(key, constraint);
    });
  }

  private end(end: End, whole: boolean): void {
    if (end instanceof Thrown) {
      this.parts.push(`throws ${end.implicit} ${end.past}`);
      if (this.known.tries.length === 0) this.parts.push(keyOfSpan(end.at));
      this.value(end.value);
      return;
    }
    const { falls, jump, leaves, jumps, returned } = end;
    this.parts.push(`${falls} ${jump} ${leaves} ${jumps} ${returned.length > 0}`);
    for (const value of returned) if (whole || isTestable(value)) this.value(value);
  }

  /** Whether a place holds a part of the answer, or something whose test says something of the request. */
  matters(key: string, content: unknown): boolean {
    const { relevance } = this.run.domain;
    return valuesIn(content).some(
      (value) =>
        relevance.property(key, value) || isRelevant(value, relevance) || isTestable(value),
    );
  }

  /** What is known of each part of the request. */
  constraints(): Map<string, string | undefined> {
    return new Map(
      [...this.known.constraints].map(([key, constraint]) => {
        if (this.before.constraints.get(key) === constraint) return [key, "as before"];
        this.parts.length = 0;
        const text = this.text(() => {
          this.constraint(key, constraint);
        });
        return [key, text];
      }),
    );
  }

  private tells(key: string): boolean {
    const path = key.split("\0");
    return this.run.domain.relevance.request({ t: "request", path, at: nowhere });
  }

  private text(write: () => void): string | undefined {
    const { left } = this;
    try {
      write();
      return this.parts.join(" ");
    } catch (error) {
      if (error === incomparable) return undefined;
      throw error;
    } finally {
      this.run.steps += Math.ceil((left - this.left) / valuesOfStep);
    }
  }

  private isOld(birth: number): boolean {
    return birth <= this.births;
  }

  /** Of a thing that has no number of its own. */
  private birthOf(birth: number | undefined): number {
    if (birth === undefined) throw incomparable;
    return birth;
  }

  /** Places that were there before and were written since, with what they hold. */
  private writes(writes: Writes, counts: (key: string, content: unknown) => boolean): void {
    const places = new Map<string, unknown>();
    for (const [container, held] of writes) {
      if (container === this.run.heap.pending) continue;
      const birth = birthOf(container) ?? 0;
      if (!this.isOld(birth)) continue;
      for (const [key, content] of held) {
        if (!counts(key, content)) continue;
        this.birthOf(birthOf(container));
        places.set(`${birth}.${key}`, content);
      }
    }
    for (const name of [...places.keys()].sort()) {
      this.parts.push(name);
      this.content(places.get(name));
    }
  }

  private content(held: unknown): void {
    if (held === undefined) this.parts.push("-");
    else if (typeof held === "string") this.parts.push(held);
    else if ("t" in (held as object)) this.value(held as AbstractValue);
    else if ("items" in (held as object)) {
      const { items, open } = held as { items: AbstractValue[]; open: string | undefined };
      this.parts.push(`[${items.length} ${open ?? ""}`);
      for (const item of items) this.value(item);
    } else this.property(held as Property);
  }

  private property(slot: Property): void {
    const { name, entry, written, from, spread, spreadFrom, brought, maybe } = slot;
    for (const at of [name, entry, written, from, spread, spreadFrom, brought])
      this.parts.push(at ? `${at.file}:${at.start}` : "-");
    this.parts.push(maybe ? "?" : "!");
    this.value(slot.value);
  }

  private knowledge(writeVersion: number): void {
    const { constraints, truths, catching, tries } = this.known;
    for (const [key, constraint] of constraints)
      if (this.before.constraints.get(key) !== constraint) this.constraint(key, constraint);
    for (const [subject, side] of truths) {
      if (this.before.truths.has(subject)) continue;
      if (typeof subject === "string") this.parts.push(`${subject}=${side}`);
      else {
        const birth = this.birthOf(birthOf(subject as AbstractValue));
        const number = this.numbers.get(subject as object);
        if (this.isOld(birth)) this.parts.push(`${birth}=${side}`);
        else if (number !== undefined) this.parts.push(`#${number}=${side}`);
      }
    }
    this.parts.push(catching > 0 ? "caught" : "");
    for (const frame of tries)
      this.parts.push(`${frame.considered === writeVersion} ${frame.absent === writeVersion}`);
  }

  private constraint(key: string, constraint: PathConstraint): void {
    const { equals, differs, truthy, refused, guard, checks } = constraint;
    this.parts.push(`${key}: ${truthy} ${refused}`);
    if (equals) this.value(equals);
    this.parts.push("/=");
    for (const value of differs) this.value(value);
    if (guard) this.guard(guard);
    for (const check of checks) {
      this.parts.push(String(check.holds));
      this.guard(check.guard);
    }
  }

  private guard(guard: GuardTest): void {
    this.parts.push(`${guard.kind} ${guard.at.file}:${guard.at.start}`);
    if (guard.kind === "exact") this.value(guard.allowed);
    if (guard.kind === "bypassable") {
      const { beside, at: _, ...test } = guard;
      this.parts.push(JSON.stringify(test));
      if (beside) this.value(beside);
    }
  }

  private scope(scope: Scope): void {
    if (this.named(scope.vars, this.birthOf(birthOf(scope.vars)))) return;
    this.parts.push(`scope ${scope.kind}`);
    for (const [name, value] of scope.vars) {
      this.parts.push(name);
      this.value(value);
    }
    if (scope.self) this.value(scope.self);
    if (scope.parent) this.scope(scope.parent);
  }

  /** Whether the thing has a name that says which it is: it was there before, or was met already. */
  private named(thing: object, birth: number): boolean {
    if (this.isOld(birth)) {
      this.parts.push(`^${birth}`);
      return true;
    }
    const number = this.numbers.get(thing);
    if (number !== undefined) {
      this.parts.push(`#${number}`);
      return true;
    }
    this.numbers.set(thing, this.numbers.size);
    return false;
  }

  /** The returns that passed a value on: they say where the answer is reported. */
  private sites(value: AbstractValue): void {
    this.parts.push(passedOn(this.known.told).get(value) ?? "");
  }

  private value(value: AbstractValue): void {
    if (--this.left < 0) throw incomparable;
    const { run } = this;
    const relevant = isRelevant(value, run.domain.relevance);
    const at = `${value.at.file}:${value.at.start}`;
    if (run.heap.pending.has(value)) this.parts.push("promise");
    if (relevant) this.sites(value);
    switch (value.t) {
      case "const":
        this.parts.push(JSON.stringify(value.value) ?? "undefined", relevant ? at : "");
        return;
      case "request":
        this.parts.push(`request ${value.path.join(".")}`, relevant ? at : "");
        return;
      case "regex":
        this.parts.push(`/${value.pattern}/${value.flags}`);
        return;
      case "module":
        this.parts.push(`module ${value.file}`);
        return;
      case "native":
        this.parts.push(`native ${value.name}`, at);
        return;
      case "maybe":
        this.parts.push("maybe");
        this.value(value.of);
        if (value.test) this.value(value.test);
        return;
      case "oneOf":
        if (this.named(value, this.birthOf(birthOf(value)))) return;
        this.parts.push(`(${value.of.length}`);
        for (const branch of value.of) this.value(branch);
        return;
      case "array":
        if (this.named(value, this.birthOf(birthOf(value)))) return;
        this.parts.push(
          `[${value.items.length} ${value.open ?? ""} ${run.heap.aside.has(value.items)}`,
          at,
        );
        for (const item of value.items) this.value(item);
        return;
      case "unknown":
        if (this.named(value, this.birthOf(birthOf(value)))) return;
        this.parts.push(
          `unknown ${value.because} ${value.name} ${value.tainted} ${value.truthy} ${value.text}`,
          relevant ? at : "",
        );
        if (value.about) this.parts.push(value.about.path.join("."));
        if (value.test) this.parts.push(JSON.stringify(value.test, withoutCycles));
        for (const piece of value.pieces ?? []) this.value(piece);
        for (const mention of value.mentions ?? []) this.value(mention);
        for (const [name, part] of value.parts ?? []) {
          this.parts.push(name);
          this.value(part);
        }
        return;
      case "object":
        if (this.named(value, this.birthOf(birthOf(value)))) return;
        this.parts.push(`{${value.props.size} ${value.open ?? ""} ${value.map ?? ""}`, at);
        for (const [name, slot] of value.props) {
          this.parts.push(name);
          this.property(slot);
        }
        if (value.cls) this.value(value.cls);
        if (value.base) this.value(value.base);
        if (value.mirrors) this.value(value.mirrors);
        return;
      case "function":
        this.parts.push(`function ${at} ${value.wrappers?.length ?? 0}`);
        this.scope(value.scope);
        if (value.self) this.value(value.self);
        if (value.owner) this.value(value.owner);
        for (const wrapper of value.wrappers ?? []) this.value(wrapper);
        return;
      case "class":
        if (this.named(value.statics, this.birthOf(birthOf(value.statics)))) return;
        this.parts.push(`class ${at}`);
        this.scope(value.scope);
        this.value(value.statics);
        if (value.base) this.value(value.base);
        return;
      case "extern":
        if (this.named(value, this.birthOf(birthOf(value)))) return;
        this.parts.push(`extern ${value.path} ${value.present}`);
        if (value.made.by === "member") this.value(value.made.of);
        if (value.made.by === "call") {
          this.value(value.made.callee);
          for (const arg of value.made.args.positional) this.value(arg);
          for (const [name, slot] of value.made.args.named) {
            this.parts.push(name);
            this.value(slot.value);
          }
        }
        for (const [name, member] of value.members) {
          this.parts.push(name);
          this.value(member);
        }
        return;
    }
  }
}

const passedBefore = new WeakMap<Told, ReadonlyMap<AbstractValue, string>>();

/** The returns that passed each value on, outermost first. */
export function passedOn(last: Told | undefined): ReadonlyMap<AbstractValue, string> {
  if (!last) return new Map();
  const known = passedBefore.get(last);
  if (known) return known;
  const passed = new Map<AbstractValue, string>();
  for (let told: Told | undefined = last; told; told = told.before) {
    const { k, value, at } = told.one as { k: string; value?: AbstractValue; at?: Span };
    if (k === "return" && value && at)
      passed.set(value, `<${at.file}:${at.start}${passed.get(value) ?? ""}`);
  }
  passedBefore.set(last, passed);
  return passed;
}

const withoutCycles = (key: string, value: unknown): unknown =>
  key === "born" || key === "parts" ? undefined : value;

const incomparable: unknown = new Error("a state that cannot be compared");

const nowhere = { file: "", start: 0, end: 0 };

/** Whether a test of the value is a test of the request, whose outcome is remembered. */
export function isTestable(value: AbstractValue): boolean {
  switch (value.t) {
    case "request":
      return true;
    case "unknown":
      return value.test !== undefined;
    case "oneOf":
      return value.of.some(isTestable);
    default:
      return false;
  }
}

/** The values that a place holds: of a variable, a property, or a list. */
function valuesIn(content: unknown): readonly AbstractValue[] {
  if (typeof content !== "object" || content === null) return [];
  if ("t" in content) return [content as AbstractValue];
  if ("items" in content) return (content as ArrayValue).items;
  return "value" in content ? [(content as Property).value] : [];
}
