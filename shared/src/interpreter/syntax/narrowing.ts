/** What a condition's side says about the names in it: `origin ? [origin] : ["*"]` lists no empty origin. */
import type { BinaryOp, Expr } from "../../ir/facts";
import { evaluate, scopeOf, selfOf } from "./expressions";
import { setAside, setProperty, setVar } from "../core/heap";
import { isEmpty } from "../core/elements";
import type { Evaluation } from "../core/state";
import { alternatives, oneOf, truth } from "../core/values";
import type { ArrayValue, ObjectValue, Scope, AbstractValue } from "../core/values";

/** Whether a test comes out true for a value; `undefined` where it may or may not. */
type Outcome = (value: AbstractValue) => boolean | undefined;

/** Leaves of every name in the test only the values with which it may come out so. */
export function narrow(run: Evaluation, scope: Scope, test: Expr, side: boolean): void {
  // What is only tried is joined again, and a way knows its decisions by the value that they were about.
  if (run.speculation) return;
  if (test.k === "not") return narrow(run, scope, test.of, !side);
  if (test.k === "logical") {
    if (test.op === "nullish" || side !== (test.op === "and")) return;
    narrow(run, scope, test.left, side);
    narrow(run, scope, test.right, side);
    return;
  }
  const asked = emptinessTest(test) ?? equalityTest(scope, test) ?? truthTest(scope, test);
  narrowPlace(run, scope, asked.of, (value) => asked.outcome(value) !== !side);
  narrowList(run, scope, asked, side);
}

const nowhere = { file: "", start: 0, end: 0 };
const nothing: AbstractValue = { t: "array", items: [], at: nowhere };
const something: AbstractValue = {
  t: "array",
  items: [{ t: "const", value: 0, at: nowhere }],
  at: nowhere,
};

/** A list of which every element may be missing has none, or at least one of them: the name leads to such a list. */
function narrowList(run: Evaluation, scope: Scope, { of, outcome }: Asked, side: boolean): void {
  const value = valueAt(scope, of);
  if (!value || outcome(nothing) === outcome(something)) return;
  const lists = alternatives(value);
  const narrowed = lists.map((list) => decidedList(list, outcome(nothing) === side));
  if (narrowed.every((list, i) => list === lists[i])) return;
  for (const list of narrowed)
    if (list.t === "array" && !lists.includes(list)) run.heap.aside.add(list.items);
  replace(run, scope, of, oneOf(narrowed, value.at));
}

/** A list of nothing but elements that may be missing, once it is known whether it has one; other values as they are. */
function decidedList(list: AbstractValue, empty: boolean): AbstractValue {
  if (list.t !== "array" || list.open !== undefined) return list;
  const parts = list.items.flatMap((item) => (item.t === "maybe" ? item.of : []));
  if (parts.length === 0 || parts.length < list.items.length) return list;
  const some = [oneOf(parts, list.at), ...list.items.slice(1)];
  const made: ArrayValue = { ...list, items: empty ? [] : some };
  return made;
}

interface Asked {
  /** The place whose value the test looks at. */
  readonly of: Expr;
  readonly outcome: Outcome;
}

function truthTest(scope: Scope, test: Expr): Asked {
  return { of: test, outcome: (value) => truth(value, scope.language) };
}

/** `x === "*"`, `x != None`: with a text, a number or nothing on either side. */
function equalityTest(scope: Scope, test: Expr): Asked | undefined {
  if (test.k !== "binary" || (test.op !== "==" && test.op !== "!=")) return undefined;
  const [of, other] = constantIn(scope, test.left)
    ? [test.right, test.left]
    : [test.left, test.right];
  const wanted = constantIn(scope, other);
  if (!wanted) return undefined;
  const isWanted: Outcome = (value) => {
    if (value.t === "const") return sameConstant(value.value, wanted.value);
    return ["unknown", "request", "extern", "maybe"].includes(value.t) ? undefined : false;
  };
  if (test.op === "==") return { of, outcome: isWanted };
  return { of, outcome: (value) => negation(isWanted(value)) };
}

const negation = (side: boolean | undefined): boolean | undefined =>
  side === undefined ? undefined : !side;

/** Nothing equals nothing, whichever word a language has for it. */
function sameConstant(a: unknown, b: unknown): boolean {
  return a === b || ((a ?? undefined) === undefined && (b ?? undefined) === undefined);
}

/** The constant that an expression names, read without running anything. */
function constantIn(scope: Scope, expr: Expr): { readonly value: unknown } | undefined {
  if (expr.k === "lit") return { value: expr.value };
  if (expr.k === "undefined") return { value: undefined };
  const value = valueAt(scope, expr);
  return value?.t === "const" ? { value: value.value } : undefined;
}

/** `xs.length`, `len(xs)`, and comparisons of them that ask whether there is an element. */
function emptinessTest(test: Expr): Asked | undefined {
  const own = measured(test);
  if (own) return { of: own, outcome: (value) => negation(isEmpty(value)) };
  if (test.k !== "binary") return undefined;
  const [left, right] = [measured(test.left), measured(test.right)];
  const of = left ?? right;
  const bound = left ? test.right : test.left;
  if (!of || bound.k !== "lit") return undefined;
  const wantsEmpty = asksForEmpty(left ? test.op : (MIRRORED[test.op] ?? test.op), bound.value);
  if (wantsEmpty === undefined) return undefined;
  return { of, outcome: (value) => (wantsEmpty ? isEmpty(value) : negation(isEmpty(value))) };
}

const MIRRORED: Partial<Record<BinaryOp, BinaryOp>> = {
  "<": ">",
  ">": "<",
  "<=": ">=",
  ">=": "<=",
};

function asksForEmpty(op: BinaryOp, bound: unknown): boolean | undefined {
  if ((op === "==" && bound === 0) || (op === "<" && bound === 1) || (op === "<=" && bound === 0))
    return true;
  const some = ((op === "!=" || op === ">") && bound === 0) || (op === ">=" && bound === 1);
  return some ? false : undefined;
}

/** What the length is of. */
function measured(expr: Expr): Expr | undefined {
  if (expr.k === "member" && (expr.name === "length" || expr.name === "size")) return expr.of;
  const [only, ...others] = expr.k === "call" ? expr.args : [];
  const isLen = expr.k === "call" && expr.callee.k === "name" && expr.callee.name === "len";
  return isLen && others.length === 0 ? only?.value : undefined;
}

function narrowPlace(
  run: Evaluation,
  scope: Scope,
  place: Expr,
  fits: (value: AbstractValue) => boolean,
): void {
  const kept = possible(run, valueAt(scope, place), fits);
  if (kept) replace(run, scope, place, kept);
}

/** Puts a value in the place that a name or a chain of names leads to. */
function replace(run: Evaluation, scope: Scope, place: Expr, value: AbstractValue): void {
  if (place.k === "name") {
    const owner = scopeOf(scope, place.name);
    if (owner) setVar(run.heap, owner, place.name, value);
  } else if (place.k === "member") {
    const holder = plainObject(scope, place.of);
    const slot = holder?.props.get(place.name);
    if (holder && slot) setProperty(run.heap, holder.props, place.name, { ...slot, value });
  }
}

/** The value of a chain of names, read without running anything. */
function valueAt(scope: Scope, expr: Expr): AbstractValue | undefined {
  if (expr.k === "name") return scopeOf(scope, expr.name)?.vars.get(expr.name);
  if (expr.k === "this") return selfOf(scope);
  return expr.k === "member" ? plainObject(scope, expr.of)?.props.get(expr.name)?.value : undefined;
}

function plainObject(scope: Scope, expr: Expr): ObjectValue | undefined {
  const value = valueAt(scope, expr);
  return value?.t === "object" && !value.map ? value : undefined;
}

/** The part of several values that a condition leaves; `undefined` when it says nothing. */
function possible(
  run: Evaluation,
  value: AbstractValue | undefined,
  fits: (value: AbstractValue) => boolean,
): AbstractValue | undefined {
  if (value?.t !== "oneOf") return undefined;
  const kept = value.of.filter(fits);
  if (kept.length === 0 || kept.length === value.of.length) return undefined;
  for (const other of value.of)
    if (other.t === "array" && !kept.includes(other)) setAside(run.heap, other);
  return oneOf(kept, value.at);
}

/** The value of an expression that is evaluated only where a test came out so. */
export function evaluateGiven(
  run: Evaluation,
  scope: Scope,
  test: Expr,
  side: boolean | undefined,
  expr: Expr,
): AbstractValue {
  if (side !== undefined) narrow(run, scope, test, side);
  return evaluate(run, scope, expr);
}
