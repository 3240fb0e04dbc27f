/**
 * The evaluator's values. Arrays, objects and instances are mutable and compared by identity, as in the languages that
 * they stand for; every write goes through `heap.ts`, so that a branch can be undone and joined.
 */
import type { ClassFacts, FunctionFacts, Language, Literal } from "../../ir/facts";
import type { LooseTest } from "../../ir/text-test";
import type { Span } from "../../ir/span";

/**
 * A number for each thing that code can write to or ask about, in the order in which they are made. What was made before
 * a point of the program has a smaller one than what is made after it.
 */
let births = 0;
/** Those of modules that are loaded on the way count down: they are older than the path that loads them. */
let moduleBirths = 0;
let isLoading = false;

export const born = (): number => (isLoading ? --moduleBirths : ++births);

/** Runs what modules do when they are loaded. */
export function whileLoading<T>(body: () => T): T {
  const outer = isLoading;
  isLoading = true;
  try {
    return body();
  } finally {
    isLoading = outer;
  }
}

/** How many were made; for a path that begins anew, sets it back. */
export const birthCount = (): number => births;

/** Names with what they hold: variables of a scope, properties of an object, members of a library's value. */
export class Bindings<V> extends Map<string, V> {
  readonly born = born();
}

export type AbstractValue =
  | ConstantValue
  | ArrayValue
  | ObjectValue
  | FunctionValue
  | ClassValue
  | NativeValue
  | ExternValue
  | ModuleValue
  | RegexValue
  | OneOfValue
  | MaybeValue
  | RequestValue
  | UnknownValue;

export interface ConstantValue {
  readonly t: "const";
  readonly value: Literal | undefined;
  readonly at: Span;
}

export interface ArrayValue {
  readonly t: "array";
  items: AbstractValue[];
  /** Why there may be more elements than these. */
  open?: string | undefined;
  readonly set?: true;
  readonly born?: number;
  readonly at: Span;
}

/** A property with the places where it was written. */
export interface Property {
  readonly value: AbstractValue;
  /** The key. */
  readonly name: Span;
  /** Key and value. */
  readonly entry: Span;
  /** The value's expression where it stands. */
  readonly written?: Span;
  /** The name or call that gave the value and could be written again: `headers` in `{ headers }`. */
  readonly from?: Span;
  /** The expression of the spread that brought the property, where that is written. */
  readonly spread?: Span;
  /** The name or call in a spread that brought it and could be spread again: `headers` in `...headers`. */
  readonly spreadFrom?: Span;
  /** The spread that first brought it into another file than the one where it is written. */
  readonly brought?: Span;
  /** The property is there on some ways only. */
  readonly maybe?: true;
}

export interface ObjectValue {
  readonly t: "object";
  readonly props: Map<string, Property>;
  /** Why there may be other properties, or other values of these. */
  open?: string | undefined;
  /** Of an instance: its class, and the library object that `super(…)` constructed. */
  readonly cls?: ClassValue;
  base?: ExternValue;
  /** It holds the request's headers, by their names in lower case. */
  mirrors?: RequestValue;
  /** The `Map` of JavaScript rather than a record, or its `Headers`, which tell names apart without regard to case. */
  readonly map?: true | "headers" | undefined;
  readonly at: Span;
}

export interface FunctionValue {
  readonly t: "function";
  readonly fn: FunctionFacts;
  readonly scope: Scope;
  readonly self?: AbstractValue;
  /** The class whose method it is, for `super`. */
  readonly owner?: ClassValue;
  /** Libraries that wrapped it (decorators, `withSentry(f)`), outermost first. */
  readonly wrappers?: readonly ExternValue[];
  readonly at: Span;
}

export interface ClassValue {
  readonly t: "class";
  readonly cls: ClassFacts;
  readonly scope: Scope;
  readonly base?: AbstractValue;
  readonly statics: ObjectValue;
  readonly at: Span;
}

/** A function that the evaluator itself provides. */
export interface NativeValue {
  readonly t: "native";
  readonly name: string;
  readonly call: (args: CallArgs) => AbstractValue;
  readonly at: Span;
}

/**
 * Something of a library: a module, a member, an instance, the result of a call. What it means is not the evaluator's
 * business; readers (`cdk/`, `handler/`) look at how it was made and at the log of events.
 */
export interface ExternValue {
  readonly t: "extern";
  /** `aws-cdk-lib/aws-apigatewayv2.HttpApi`; a call adds `()`, a member `.name`. Python names of jsii are in camel case. */
  readonly path: string;
  readonly made:
    | { readonly by: "module" }
    | { readonly by: "member"; readonly of: ExternValue; readonly name: string }
    | { readonly by: "call"; readonly callee: ExternValue; readonly args: CallArgs };
  /** Members read or written so far; the same member is the same value. */
  readonly members: Map<string, AbstractValue>;
  /** The variable or property that holds it, as the code spells it, and the statement that made it. */
  name?: string;
  statement?: Span;
  /** The instance of the application's subclass, when `super(…)` made it. */
  instance?: ObjectValue;
  /** It is neither `null` nor false, for certain. */
  readonly present?: true;
  readonly language: Language;
  readonly at: Span;
}

export interface ModuleValue {
  readonly t: "module";
  readonly file: string;
  readonly at: Span;
}

export interface RegexValue {
  readonly t: "regex";
  readonly pattern: string;
  readonly flags: string;
  readonly at: Span;
}

export interface OneOfValue {
  readonly t: "oneOf";
  readonly of: readonly AbstractValue[];
  readonly born?: number;
  readonly at: Span;
}

/** In an array only: an element that is there on some ways. */
export interface MaybeValue {
  readonly t: "maybe";
  readonly of: AbstractValue;
  /** The condition under which it is there, where one is known. */
  readonly test?: AbstractValue;
  readonly at: Span;
}

/** A part of the request, by its path from the event: `["headers", "origin"]`. Header names are lower case. */
export interface RequestValue {
  readonly t: "request";
  readonly path: readonly string[];
  readonly at: Span;
}

export interface UnknownValue {
  readonly t: "unknown";
  readonly because: string;
  /** As a truth value: what it says when it holds. */
  readonly test?: Predicate;
  /** Computed from the request. */
  readonly tainted?: true;
  /** Library values of which a text was put together, as `api.apiId` in a domain name. */
  readonly mentions?: readonly ExternValue[];
  /** Of a text: the parts of which it was put together, and how many they are with their own. */
  readonly pieces?: readonly AbstractValue[];
  readonly weight?: number;
  /** How the code names it: an environment variable, a member of something unknown. */
  readonly name?: string;
  /** The part of the request that it was computed from, where there is one. */
  readonly about?: RequestValue;
  /** A text, whatever it says: an environment variable. */
  readonly text?: true;
  /** True for certain, as the length of a list that has elements. */
  readonly truthy?: true;
  readonly born?: number;
  /** Members that were read. */
  parts?: Map<string, AbstractValue>;
  readonly at: Span;
}

/** What is learnt when an undecided condition turns out true (or false). */
export type Predicate =
  | { readonly k: "equals"; readonly subject: RequestValue; readonly value: AbstractValue }
  | { readonly k: "guards"; readonly subject: RequestValue; readonly guard: GuardTest }
  | { readonly k: "truthy"; readonly subject: RequestValue }
  | { readonly k: "not"; readonly of: Predicate }
  | {
      readonly k: "and" | "or";
      readonly left: Predicate | undefined;
      readonly right: Predicate | undefined;
    };

export type GuardTest =
  | { readonly kind: "exact"; readonly allowed: AbstractValue; readonly at: Span }
  /** `beside`: the exact comparison that it is an alternative to. */
  | (LooseTest & { readonly beside?: AbstractValue })
  | { readonly kind: "unknown"; readonly at: Span };

export interface CallArgs {
  readonly positional: readonly AbstractValue[];
  readonly named: ReadonlyMap<string, Property>;
  /** Why there may be further arguments. */
  readonly open?: string;
  /** Written with `new`, or called in Python. */
  readonly construct: boolean;
  /** A `return` hands the promise on without `await`. */
  readonly returnedUnawaited?: true;
  /** The call expression, and the word that names what is called. */
  readonly at: Span;
  readonly calleeAt: Span;
}

/** Where a call stands, and how it is written: all but what it is given. */
export type CallPlaces = Omit<CallArgs, "positional" | "named" | "open">;

export interface Scope {
  readonly vars: Map<string, AbstractValue>;
  readonly parent: Scope | undefined;
  /** Python: assignments go to the nearest scope of this kind. */
  readonly kind: "module" | "function" | "block";
  readonly file: string;
  readonly language: Language;
  readonly self?: AbstractValue | undefined;
  readonly owner?: ClassValue | undefined;
}

export const known = (value: Literal | undefined, at: Span): ConstantValue => ({
  t: "const",
  value,
  at,
});

export const unknown = (
  because: string,
  at: Span,
  more: Partial<UnknownValue> = {},
): UnknownValue => ({
  t: "unknown",
  because,
  at,
  born: born(),
  ...more,
});

export const array = (items: AbstractValue[], at: Span, open?: string): ArrayValue => ({
  t: "array",
  items,
  at,
  born: born(),
  ...(open === undefined ? {} : { open }),
});

export const object = (at: Span): ObjectValue => ({ t: "object", props: new Bindings(), at });

/** The values that it may be: itself, or the branches, flattened. */
export function alternatives(value: AbstractValue): readonly AbstractValue[] {
  if (value.t === "oneOf") return value.of.flatMap(alternatives);
  return [value];
}

/** One value that stands for any of these; equal constants and the same object are one. */
export function oneOf(values: readonly AbstractValue[], at: Span): AbstractValue {
  const [first] = values;
  if (first && values.every((value) => value === first)) return first;
  const kept: AbstractValue[] = [];
  for (const value of values.flatMap(alternatives)) {
    if (kept.some((other) => sameValue(other, value))) continue;
    if (kept.length === maxBranches) return unknown("too many possible values", at);
    kept.push(value);
  }
  const [only] = kept;
  if (kept.length === 1 && only) return only;
  return { t: "oneOf", of: kept, born: born(), at };
}

const maxBranches = 32;

/** Whether nothing could tell the two apart: the same object, or equal constants. */
export function sameValue(a: AbstractValue, b: AbstractValue): boolean {
  if (a === b) return true;
  if (a.t === "const" && b.t === "const") return a.value === b.value && a.at === b.at;
  if (a.t === "request" && b.t === "request") return a.path.join("\0") === b.path.join("\0");
  return false;
}

/** Truth of a value where it is certain. Python's empty lists and dicts are false, JavaScript's are true. */
export function truth(value: AbstractValue, language: Language): boolean | undefined {
  switch (value.t) {
    case "const":
      return Boolean(value.value);
    case "array":
      if (language === "typescript") return true;
      if (value.items.some((item) => item.t !== "maybe")) return true;
      return value.open === undefined && value.items.length === 0 ? false : undefined;
    case "object":
      if (language === "typescript" || value.cls) return true;
      if ([...value.props.values()].some((slot) => !slot.maybe)) return true;
      return value.open === undefined && value.props.size === 0 ? false : undefined;
    case "oneOf": {
      const truths = new Set(value.of.map((branch) => truth(branch, language)));
      return truths.size === 1 ? [...truths][0] : undefined;
    }
    case "unknown":
      return value.truthy;
    case "maybe":
    case "request":
      return undefined;
    case "extern":
      return value.present;
    default:
      return true;
  }
}

/** Made by `new` of a library class (in Python: by calling a name that begins with a capital). */
export function isConstruct(value: ExternValue): boolean {
  if (value.made.by !== "call") return false;
  const callee = value.made.callee.path;
  return value.made.args.construct && /[.:/]_?[A-Z][^./]*$/.test(callee);
}

/** The number of a thing that code can write to or ask about; `undefined` of one that has none. */
export function birthOf(thing: object): number | undefined {
  if (thing instanceof Map) return (thing as Bindings<unknown>).born;
  const value = thing as AbstractValue;
  switch (value.t) {
    case "object":
      return (value.props as Bindings<Property>).born;
    case "extern":
      return (value.members as Bindings<AbstractValue>).born;
    case "array":
    case "unknown":
    case "oneOf":
      return value.born;
    default:
      return undefined;
  }
}
