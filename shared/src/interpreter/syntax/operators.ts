/** Binary operators. */
import type { LooseTest, TestSubject } from "../../ir/text-test";
import { isText, template } from "./texts";
import type { GuardTest, RequestValue, Scope, Predicate, AbstractValue } from "../core/values";
import { isAnyName } from "../core/header-names";
import { affixGuard } from "../builtins/string-tests";
import type { BinaryOp } from "../../ir/facts";
import type { Span } from "../../ir/span";
import { taintOf, testOf } from "../core/constraints";
import { elementsOf } from "../core/elements";
import { spreadProps } from "./literals";
import { joinPath } from "../../base/file-paths";
import { boundedItems, madeText, payForParts } from "../core/size";
import type { Evaluation } from "../core/state";
import { alternatives, array, known, object, oneOf, unknown } from "../core/values";

export function binary(
  run: Evaluation,
  scope: Scope,
  op: BinaryOp,
  left: AbstractValue,
  right: AbstractValue,
  at: Span,
): AbstractValue {
  switch (op) {
    case "==":
      return equality(left, right, at, true);
    case "!=":
      return equality(left, right, at, false);
    case "in":
      if (isPlainFunction(run, right) && left.t === "const")
        return known(String(left.value) in Function.prototype, at);
      return membership(right, left, at, true, "right", "left");
    case "not in":
      return membership(right, left, at, false, "right", "left");
    case "instanceof":
      return instanceOf(left, right, at);
    case "+":
      return plus(run, left, right, at);
    case "|":
      return merge(run, scope, left, right, at);
    case "/":
      return pathOrNumber(run, left, right, at);
    case "%":
      if (left.t === "const" && typeof left.value === "string")
        return format(run, left.value, right, at);
      return number(op, left, right, at);
    default:
      return number(op, left, right, at);
  }
}

/** A function on which no code has set a member: `"use" in handler` tells it from what a library made of one. */
const isPlainFunction = (run: Evaluation, value: AbstractValue): boolean =>
  value.t === "function" && !run.heap.withMembers.has(value.fn);

/** `a == b` as a condition that remembers what it compares. */
function equality(
  left: AbstractValue,
  right: AbstractValue,
  at: Span,
  wanted: boolean,
): AbstractValue {
  const sides = new Set(
    alternatives(left).flatMap((a) => alternatives(right).map((b) => equalConstants(a, b))),
  );
  const [only] = sides;
  if (sides.size === 1 && only !== undefined) return known(only === wanted, at);
  const found = indexTest("==", left, right);
  if (found)
    return unknown("a test of the request", at, {
      tainted: true,
      test: wanted ? found : { k: "not", of: found },
    });
  // What is true for certain equals nothing that is false.
  if ([left, right].some(isTrue) && [left, right].some((side) => side.t === "const" && !side.value))
    return known(!wanted, at);
  const subject = left.t === "request" ? left : right.t === "request" ? right : undefined;
  if (!subject) return unseenEquality(left, right, at, wanted);
  const other = subject === left ? right : left;
  // Names are compared without regard to case, whichever case the code brings them to.
  const isName = isAnyName(subject) && other.t === "const";
  const value = isName ? { ...other, value: String(other.value).toLowerCase() } : other;
  const test: Predicate = { k: "equals", subject, value };
  return unknown("a comparison with the request", at, {
    tainted: true,
    test: wanted ? test : { k: "not", of: test },
  });
}

/** A comparison with nothing asks the same as the value itself; any other one says only what it is about. */
function unseenEquality(
  left: AbstractValue,
  right: AbstractValue,
  at: Span,
  wanted: boolean,
): AbstractValue {
  const asked = isNothing(right) ? left : isNothing(left) ? right : undefined;
  const test = asked && testOf(asked);
  if (!test) return unknown("a comparison", at, taintOf(left, right));
  return unknown("a comparison with nothing", at, {
    ...taintOf(left, right),
    test: wanted ? { k: "not", of: test } : test,
  });
}

const isTrue = (value: AbstractValue): boolean => value.t === "unknown" && value.truthy === true;

const isNothing = (value: AbstractValue): boolean =>
  value.t === "const" && (value.value === null || value.value === undefined);

function equalConstants(a: AbstractValue, b: AbstractValue): boolean | undefined {
  if (a.t === "const" && b.t === "const") {
    if (isNothing(a) && isNothing(b)) return true;
    return a.value === b.value;
  }
  if (a === b && a.t !== "unknown" && a.t !== "request") return true;
  const concrete = (v: AbstractValue): boolean =>
    ["array", "object", "function", "class", "native"].includes(v.t);
  if ((concrete(a) && b.t === "const") || (concrete(b) && a.t === "const")) return false;
  return undefined;
}

/**
 * Whether a list, set, dict or text holds an item.
 * @param part where the container stands in the test
 * @param itemPart where the item does
 */
export function membership(
  container: AbstractValue,
  item: AbstractValue,
  at: Span,
  wanted: boolean,
  part: TestSubject = "receiver",
  itemPart: TestSubject = 0,
): AbstractValue {
  if (item.t === "request") return requestMembership(container, item, at, wanted, itemPart);
  if (container.t === "request") {
    const subject = container;
    const texts = item.t === "const" ? { texts: [{ text: String(item.value), at: item.at }] } : {};
    const guard = { kind: "bypassable", how: "substring", subject: part, ...texts, at } as const;
    const test: Predicate =
      subject.path.length > 1
        ? { k: "guards", subject, guard }
        : { k: "truthy", subject: withKey(subject, item, at) };
    return unknown("a test of the request", at, {
      tainted: true,
      test: wanted ? test : { k: "not", of: test },
    });
  }
  if (item.t === "const") {
    if (
      container.t === "const" &&
      typeof container.value === "string" &&
      typeof item.value === "string"
    ) {
      return known(container.value.includes(item.value) === wanted, at);
    }
    const { items, open } = elementsOf(container);
    // Keys are kept as texts: `{7: "week"}` has the key 7.
    const keyed = alternatives(container).some((one) => one.t === "object");
    const wantedText = keyed && typeof item.value === "number" ? String(item.value) : item.value;
    if (items.some((other) => other.t === "const" && other.value === wantedText))
      return known(wanted, at);
    if (open === undefined && items.every((other) => other.t === "const"))
      return known(!wanted, at);
    // Nobody lists the empty text, or what stands for everything beside single names.
    if (!item.value && item.value !== 0) return known(!wanted, at);
    if (item.value === "*" && items.some((other) => other.t === "const")) return known(!wanted, at);
  }
  return unknown("a membership test", at, taintOf(container, item));
}

function withKey(subject: RequestValue, item: AbstractValue, at: Span): RequestValue {
  const name = item.t === "const" ? String(item.value) : "*";
  return {
    t: "request",
    path: [...subject.path, subject.path[0] === "headers" ? name.toLowerCase() : name],
    at,
  };
}

function requestMembership(
  container: AbstractValue,
  subject: RequestValue,
  at: Span,
  wanted: boolean,
  part: TestSubject,
): AbstractValue {
  const guard: GuardTest = isText(container)
    ? { kind: "bypassable", how: "membership-in-text", subject: part, ...partsOf(container), at }
    : { kind: "exact", allowed: container, at };
  const test: Predicate = { k: "guards", subject, guard };
  return unknown("a membership test of the request", at, {
    tainted: true,
    test: wanted ? test : { k: "not", of: test },
  });
}

/** What a text that is looked through was meant to list. */
function partsOf(container: AbstractValue): Pick<LooseTest, "texts"> {
  if (container.t !== "const" || typeof container.value !== "string") return {};
  const parts = container.value.split(/[\s,;|]+/).filter((text) => text !== "");
  return { texts: parts.map((text) => ({ text, at: container.at })) };
}

function instanceOf(left: AbstractValue, right: AbstractValue, at: Span): AbstractValue {
  if (left.t === "object" && left.cls && right.t === "class") {
    for (let c: AbstractValue | undefined = left.cls; c?.t === "class"; c = c.base)
      if (c.cls === right.cls) return known(true, at);
    return left.cls.base?.t === "unknown" ? unknown("a type test", at) : known(false, at);
  }
  if (
    left.t === "object" &&
    left.cls &&
    right.t === "extern" &&
    /^global:(Error|Exception)$/.test(right.path)
  ) {
    return known(true, at);
  }
  if (left.t === "const") return known(false, at);
  return unknown("a type test", at);
}

function plus(run: Evaluation, left: AbstractValue, right: AbstractValue, at: Span): AbstractValue {
  if (left.t === "array" && right.t === "array") {
    return joined(run, left, right, at);
  }
  const numeric = (v: AbstractValue): boolean => v.t === "const" && typeof v.value === "number";
  if (numeric(left) && numeric(right)) return number("+", left, right, at);
  if ([left, right].some((v) => v.t === "array")) {
    return joined(run, elementsOf(left), elementsOf(right), at);
  }
  return template(run, [left, right], at);
}

interface Elements {
  readonly items: readonly AbstractValue[];
  readonly open?: string | undefined;
}

function joined(run: Evaluation, a: Elements, b: Elements, at: Span): AbstractValue {
  payForParts(run, a.items.length + b.items.length);
  const { items, open } = boundedItems([...a.items, ...b.items], a.open ?? b.open);
  return array([...items], at, open);
}

/** Python's `d | e`. */
function merge(
  run: Evaluation,
  scope: Scope,
  left: AbstractValue,
  right: AbstractValue,
  at: Span,
): AbstractValue {
  if (left.t !== "object" && right.t !== "object") return number("|", left, right, at);
  const result = object(at);
  spreadProps(run, result, left, at);
  spreadProps(run, result, right, at);
  return result;
}

/** Python's `Path / "x"`; a path is a text here. */
function pathOrNumber(
  run: Evaluation,
  left: AbstractValue,
  right: AbstractValue,
  at: Span,
): AbstractValue {
  if (
    left.t === "const" &&
    right.t === "const" &&
    (typeof left.value === "string" || typeof right.value === "string")
  ) {
    const [a, b] = [String(left.value), String(right.value)];
    return madeText(run, a.length + b.length, () => joinPath(a, b), at);
  }
  return number("/", left, right, at);
}

function format(run: Evaluation, pattern: string, right: AbstractValue, at: Span): AbstractValue {
  const values = right.t === "array" ? right.items : [right];
  const texts = pattern.split(/%[sd]/);
  if (texts.length !== values.length + 1) return unknown("formatted text", at);
  const parts: AbstractValue[] = texts.flatMap((text, i) => {
    const value = values[i];
    return value ? [known(text, at), value] : [known(text, at)];
  });
  return template(run, parts, at);
}

/** `xs.indexOf(origin) >= 0` and its kin, where the index carries the test of having been found. */
function indexTest(op: BinaryOp, left: AbstractValue, right: AbstractValue): Predicate | undefined {
  if (left.t !== "unknown" || !left.test || right.t !== "const") return undefined;
  if ((op === ">=" && right.value === 0) || (op === ">" && right.value === -1)) return left.test;
  if ((op === "<" && right.value === 0) || (op === "==" && right.value === -1))
    return { k: "not", of: left.test };
  return op === "==" && right.value === 0 ? prefixTest(left.test) : undefined;
}

/** `origin.indexOf("https://") === 0` */
function prefixTest(test: Predicate): Predicate | undefined {
  if (test.k !== "guards" || test.guard.kind !== "bypassable") return undefined;
  const { how, subject, texts = [], at } = test.guard;
  const [only] = texts;
  if (how !== "substring" || subject !== "receiver" || !only) return undefined;
  const text = known(only.text, only.at);
  return { ...test, guard: affixGuard(text, "prefix", at) };
}

function number(op: BinaryOp, left: AbstractValue, right: AbstractValue, at: Span): AbstractValue {
  const found = indexTest(op, left, right);
  if (found) return unknown("a test of the request", at, { tainted: true, test: found });
  const known1 = isTrue(left) ? atLeastOne(op, right) : undefined;
  if (known1 !== undefined) return known(known1, at);
  const results: AbstractValue[] = [];
  for (const a of alternatives(left)) {
    for (const b of alternatives(right)) {
      const result = compute(op, a, b);
      if (result === undefined) return unknown("arithmetic", at, taintOf(left, right));
      results.push(known(result, at));
    }
  }
  return oneOf(results, at);
}

/** How a length of at least one compares with a number. */
function atLeastOne(op: BinaryOp, right: AbstractValue): boolean | undefined {
  const bound = right.t === "const" ? right.value : undefined;
  if ((op === ">" && bound === 0) || (op === ">=" && (bound === 0 || bound === 1))) return true;
  return (op === "<" && (bound === 0 || bound === 1)) || (op === "<=" && bound === 0)
    ? false
    : undefined;
}

function compute(op: BinaryOp, a: AbstractValue, b: AbstractValue): number | boolean | undefined {
  if (a.t !== "const" || b.t !== "const") return undefined;
  const [x, y] = [a.value, b.value];
  if (typeof x !== "number" || typeof y !== "number") return undefined;
  switch (op) {
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y;
    case "/":
      return y === 0 ? undefined : x / y;
    case "//":
      return y === 0 ? undefined : Math.floor(x / y);
    case "%":
      return y === 0 ? undefined : x % y;
    case "**":
      return x ** y;
    case "<":
      return x < y;
    case "<=":
      return x <= y;
    case ">":
      return x > y;
    case ">=":
      return x >= y;
    default:
      return undefined;
  }
}
