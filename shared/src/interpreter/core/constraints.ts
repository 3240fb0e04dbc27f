/** Undecided conditions: what a test says, and what is learnt from its outcome. */
import type { LooseTest } from "../../ir/text-test";
import type { Span } from "../../ir/span";
import { elementsOf } from "./elements";
import type { Relevance } from "./domain";
import type { PathConstraint } from "./path-explorer";
import { RelevantEffect } from "./signals";
import type { Evaluation } from "./state";
import { array, sameValue, truth, unknown } from "./values";
import { firstWithin } from "./within";
import type { CallArgs, GuardTest, RequestValue, Scope, Predicate, AbstractValue } from "./values";

/** Truth of a value where it is certain, given what this way has learnt. */
export function truthOf(run: Evaluation, scope: Scope, value: AbstractValue): boolean | undefined {
  const certain = truth(value, scope.language);
  const oracle = explorerOf(run);
  if (certain !== undefined || !oracle) return certain;
  const earlier = oracle.known.truths.get(identity(value));
  if (earlier !== undefined) return earlier;
  const test = testOf(value);
  const side = test ? entails(run, test) : undefined;
  if (side === undefined && run.speculation && decidesResult(value, run.domain.relevance))
    throw new RelevantEffect();
  return side;
}

/** What is known on the way that is followed, also while code is only tried. */
function explorerOf(run: Evaluation): Evaluation["explorer"] {
  return run.explorer ?? run.speculation?.oracle;
}

/** While one way is followed: takes a side, and remembers it. */
export function assumeOrFork(run: Evaluation, scope: Scope, value: AbstractValue): boolean {
  const certain = truthOf(run, scope, value);
  if (certain !== undefined || !run.explorer) return certain ?? true;
  const side = run.explorer.fork(2) === 0;
  run.explorer.learnTruth(identity(value), side);
  const test = testOf(value);
  if (test) {
    assume(run, test, side);
    run.hooks.onAssume?.();
  }
  return side;
}

function identity(value: AbstractValue): unknown {
  return value.t === "request" ? `request ${value.path.join("\0")}` : value;
}

/** What a value's truth says. Code that is not seen may check the part of the request that it is given. */
export function testOf(value: AbstractValue): Predicate | undefined {
  if (value.t === "request") return { k: "truthy", subject: value };
  if (value.t === "unknown" && value.test) return value.test;
  const subject = subjectOf(value);
  return subject && { k: "guards", subject, guard: { kind: "unknown", at: value.at } };
}

/** The part of the request that a value is, or was computed from. */
export function subjectOf(value: AbstractValue): RequestValue | undefined {
  const isWhole = value.t !== "array" && value.t !== "oneOf" && value.t !== "extern";
  return isWhole ? subjectHere(value) : firstWithin(value, subjectHere, sourcesOf);
}

function subjectHere(value: AbstractValue): RequestValue | undefined {
  if (value.t === "request") return value;
  return value.t === "unknown" ? value.about : undefined;
}

/** What a value was put together or computed from. */
function sourcesOf(value: AbstractValue): readonly AbstractValue[] {
  if (value.t === "array") return value.items;
  if (value.t === "oneOf") return value.of;
  if (value.t !== "extern" || value.made.by === "module") return [];
  const { made } = value;
  return made.by === "member" ? [made.of] : [...given(made.args), made.callee];
}

function subjectAmong(values: readonly AbstractValue[]): RequestValue | undefined {
  for (const value of values) {
    const subject = subjectOf(value);
    if (subject) return subject;
  }
  return undefined;
}

const given = ({ positional, named }: CallArgs): AbstractValue[] => [
  ...positional,
  ...[...named.values()].map((slot) => slot.value),
];

/** What an unknown value keeps of the values that it was computed from. */
export function taintOf(...values: readonly AbstractValue[]): {
  tainted?: true;
  about?: RequestValue;
} {
  const about = subjectAmong(values);
  return {
    ...(about || values.some(isTainted) ? { tainted: true } : {}),
    ...(about ? { about } : {}),
  };
}

/** As `taintOf`, of a call's arguments. */
export function taintOfCall(
  args: CallArgs,
  target?: AbstractValue,
): { tainted?: true; about?: RequestValue } {
  return taintOf(...given(args), ...(target ? [target] : []));
}

function entails(run: Evaluation, test: Predicate): boolean | undefined {
  switch (test.k) {
    case "not": {
      const inner = entails(run, test.of);
      return inner === undefined ? undefined : !inner;
    }
    case "and":
    case "or": {
      const left = test.left && entails(run, test.left);
      const right = test.right && entails(run, test.right);
      const settles = test.k === "or";
      if (left === settles || right === settles) return settles;
      return left === !settles && right === !settles ? !settles : undefined;
    }
    case "truthy":
      return explorerOf(run)?.constraintOn(test.subject).truthy;
    case "equals":
      return entailsEquality(run, test.subject, test.value);
    case "guards":
      return entailsCheck(run, test.subject, test.guard);
  }
}

/** The outcome of a check that this way has made before, or that follows from what is known of the subject. */
function entailsCheck(
  run: Evaluation,
  subject: RequestValue,
  guard: GuardTest,
): boolean | undefined {
  const constraint = explorerOf(run)?.constraintOn(subject);
  if (!constraint) return undefined;
  const earlier = constraint.checks.find((check) => sameGuard(check.guard, guard));
  if (earlier) return earlier.holds;
  if (guard.kind === "bypassable" && constraint.truthy === false && needsText(guard)) return false;
  if (guard.kind !== "exact") return undefined;
  const { items, open } = elementsOf(guard.allowed);
  const texts = items.map((item) => (item.t === "const" ? item.value : undefined));
  const { equals } = constraint;
  if (equals?.t === "const" && texts.includes(equals.value)) return true;
  if (open !== undefined || !items.every((item) => item.t === "const")) return undefined;
  if (equals?.t === "const" || (constraint.truthy === false && texts.every(Boolean))) return false;
  return undefined;
}

/** The empty text does not pass: the part that is looked for is not empty. */
function needsText({ texts = [] }: LooseTest): boolean {
  return texts.length > 0 && texts.every(({ text, pattern }) => text !== "" && !pattern);
}

/** Lists are compared by identity; other checks are known by the condition's own value. */
function sameGuard(a: GuardTest, b: GuardTest): boolean {
  return a.kind === "exact" && b.kind === "exact" && sameValue(a.allowed, b.allowed);
}

function entailsEquality(
  run: Evaluation,
  subject: RequestValue,
  value: AbstractValue,
): boolean | undefined {
  if (value.t !== "const") return undefined;
  const constraint = explorerOf(run)?.constraintOn(subject);
  if (constraint?.equals?.t === "const") return constraint.equals.value === value.value;
  if (constraint?.differs.some((other) => other.t === "const" && other.value === value.value))
    return false;
  if (constraint?.truthy === false && Boolean(value.value)) return false;
  return undefined;
}

function assume(run: Evaluation, test: Predicate, holds: boolean): void {
  if (test.k === "not") return assume(run, test.of, !holds);
  if ("left" in test) {
    if (holds === (test.k === "and")) {
      if (test.left) assume(run, test.left, holds);
      if (test.right) assume(run, test.right, holds);
    } else assumeEither(run, test, holds);
    return;
  }
  assumeAtom(run, test, holds);
}

/** One of several tests holds: a check of the same part of the request by each of them is a check of it. */
function assumeEither(run: Evaluation, test: Predicate, holds: boolean): void {
  const atoms = leavesOf(test, holds);
  const subjects = atoms.flatMap((atom) =>
    atom.test && atom.holds && atom.test.k !== "truthy" ? [atom.test.subject] : [],
  );
  const [subject] = subjects;
  const constraint = subject && explorerOf(run)?.constraintOn(subject);
  if (!constraint) return;
  const guards = atoms.flatMap((atom) => {
    if (atom.test?.k === "truthy" && !atom.holds && sameValue(atom.test.subject, subject))
      return [];
    return [
      atom.holds
        ? guardOf(atom.test, subject, subject.at)
        : { kind: "unknown" as const, at: subject.at },
    ];
  });
  const guard = stronger(constraint.guard, joinedGuard(guards, subject.at));
  explorerOf(run)?.learn(subject, { guard });
}

/** The tests of which one must be true, with the outcome that each would have. */
function leavesOf(
  test: Predicate | undefined,
  holds: boolean,
): { test: Atom | undefined; holds: boolean }[] {
  if (!test) return [{ test, holds }];
  if (test.k === "not") return leavesOf(test.of, !holds);
  if (!("left" in test)) return [{ test, holds }];
  if (holds !== (test.k === "and"))
    return [...leavesOf(test.left, holds), ...leavesOf(test.right, holds)];
  // Both parts hold together: the one that checks speaks for both.
  const parts = [...leavesOf(test.left, holds), ...leavesOf(test.right, holds)];
  return parts.filter((part) => part.test && part.test.k !== "truthy" && part.holds).slice(0, 1);
}

function joinedGuard(guards: readonly GuardTest[], at: Span): GuardTest {
  const lists = guards.flatMap((guard) => (guard.kind === "exact" ? [guard.allowed] : []));
  const loose = guards.find((guard) => guard.kind === "bypassable");
  if (loose) return lists.length > 0 ? { ...loose, beside: joinedList(lists, at) } : loose;
  if (guards.length === 0 || lists.length < guards.length) return { kind: "unknown", at };
  return { kind: "exact", allowed: joinedList(lists, at), at };
}

function joinedList(lists: readonly AbstractValue[], at: Span): AbstractValue {
  const items = lists.flatMap((list) => (list.t === "const" ? [list] : elementsOf(list).items));
  const open = lists
    .map((list) => (list.t === "const" ? undefined : elementsOf(list).open))
    .find((because) => because !== undefined);
  return array([...items], at, open);
}

type Atom = Extract<Predicate, { subject: RequestValue }>;

function assumeAtom(run: Evaluation, test: Atom, holds: boolean): void {
  const explorer = explorerOf(run);
  if (!explorer) return;
  const { subject } = test;
  const constraint = explorer.constraintOn(subject);
  if (holds === (test.k === "equals" && truth(test.value, "typescript") === false))
    explorer.learn(subject, { refused: true });
  if (test.k === "truthy") explorer.learn(subject, { truthy: holds });
  if (test.k === "equals") {
    const { value } = test;
    if (holds) {
      const exact: GuardTest = { kind: "exact", allowed: value, at: value.at };
      explorer.learn(subject, { equals: value, guard: constraint.guard ?? exact });
    } else explorer.learn(subject, { differs: [...constraint.differs, value] });
  }
  if (test.k !== "guards") return;
  const { guard } = test;
  explorer.learn(subject, {
    checks: [...constraint.checks, { guard, holds }],
    ...(holds
      ? { guard: stronger(constraint.guard, besides(guard, explorer.constraintOn(subject))) }
      : {}),
  });
}

/** A loose test with the exact comparisons that failed before it: `list.includes(origin) || origin.endsWith(".com")`. */
function besides(guard: GuardTest, { checks, differs }: PathConstraint): GuardTest {
  if (guard.kind !== "bypassable") return guard;
  const lists = checks.flatMap((check) =>
    check.guard.kind === "exact" && !check.holds ? [check.guard.allowed] : [],
  );
  const values = [...lists, ...differs.filter((value) => value.t === "const" && value.value)];
  return values.length > 0 ? { ...guard, beside: joinedList(values, guard.at) } : guard;
}

/**
 * An exact comparison outweighs any other check on the same way. Of two loose ones that hold together the longer text
 * rules out more: `startsWith("https://") && endsWith(".example.com")` is a question of the host.
 */
function stronger(old: GuardTest | undefined, found: GuardTest): GuardTest {
  if (!old || found.kind === "exact") return found;
  if (old.kind !== "bypassable") return old;
  return found.kind === "bypassable" && shortest(old) > shortest(found) ? old : found;
}

/** The least that a loose test compares with; 0 where that is not known. */
function shortest({ texts = [] }: LooseTest): number {
  return texts.length > 0 ? Math.min(...texts.map(({ text }) => text.length)) : 0;
}

/** The negation of a condition's value. */
export function negated(value: AbstractValue, at: Span): AbstractValue {
  const test = testOf(value);
  return unknown("a condition", at, {
    ...(test ? { test: { k: "not", of: test } } : {}),
    ...taintOf(value),
  });
}

/** The test of both conditions, or of either. */
export function combined(
  k: "and" | "or",
  left: AbstractValue,
  right: AbstractValue,
  at: Span,
): AbstractValue {
  const [a, b] = [testOf(left), testOf(right)];
  if (!a && !b) return unknown("a condition", at);
  return unknown("a condition", at, { test: { k, left: a, right: b } });
}

/**
 * The condition that one of these holds, about the elements of `list`. Comparisons of one part of the request with every
 * element are a comparison with the list.
 */
export function anyOf(
  tests: readonly AbstractValue[],
  list: AbstractValue,
  at: Span,
): AbstractValue {
  const found = tests.map(testOf);
  const subject = found.map((test) => (test && "subject" in test ? test.subject : undefined))[0];
  const tainted = tests.some(isTainted) ? { tainted: true as const } : {};
  if (!subject) return unknown("a test of a list", at, tainted);
  const guards = found.map((test) => guardOf(test, subject, at));
  const exact = guards.every((guard) => guard.kind === "exact");
  const guard: GuardTest =
    looseOf(guards) ?? (exact ? { kind: "exact", allowed: list, at } : { kind: "unknown", at });
  return unknown("a test of the request", at, {
    tainted: true,
    test: { k: "guards", subject, guard },
  });
}

/** A test that lets strangers through, asked of each element of a list. */
function looseOf(guards: readonly GuardTest[]): GuardTest | undefined {
  const loose = guards.filter((guard) => guard.kind === "bypassable");
  const [first] = loose;
  if (!first) return undefined;
  const { how, subject, at } = first;
  const texts = loose.map((one) => one.texts ?? []);
  const known = loose.length === guards.length && texts.every((one) => one.length > 0);
  const all = known ? { texts: texts.flat() } : {};
  return { kind: "bypassable", how, subject, ...all, each: true, at };
}

function guardOf(test: Predicate | undefined, subject: RequestValue, at: Span): GuardTest {
  if (!test || !("subject" in test) || !sameValue(test.subject, subject))
    return { kind: "unknown", at };
  if (test.k === "equals") return { kind: "exact", allowed: test.value, at };
  return test.k === "guards" ? test.guard : { kind: "unknown", at };
}

/** Whether the value was computed from the request. */
export function isTainted(value: AbstractValue): boolean {
  const isHere = (part: AbstractValue): true | undefined =>
    part.t === "request" || (part.t === "unknown" && part.tainted === true) ? true : undefined;
  if (value.t !== "array") return isHere(value) === true;
  return firstWithin(value, isHere, (part) => (part.t === "array" ? part.items : [])) === true;
}

/** Whether the outcome of a condition is worth knowing for its own sake. */
export function decidesResult(test: AbstractValue, relevance: Relevance): boolean {
  if (test.t === "request") return relevance.request(test);
  if (test.t !== "unknown") return false;
  return (
    (test.about !== undefined && relevance.request(test.about)) ||
    (test.test !== undefined && subjectsDecide(test.test, relevance))
  );
}

function subjectsDecide(test: Predicate, relevance: Relevance): boolean {
  if (test.k === "not") return subjectsDecide(test.of, relevance);
  if ("left" in test)
    return [test.left, test.right].some(
      (side) => side !== undefined && subjectsDecide(side, relevance),
    );
  return relevance.request(test.subject);
}
