/** What a condition's side says about the names in it: `origin ? [origin] : ["*"]` lists no empty origin. */
import type { Expr } from "../../ir/facts";
import { evaluate, scopeOf, selfOf } from "./expressions";
import { setProperty, setVar } from "../core/heap";
import type { Evaluation } from "../core/state";
import { oneOf, truth } from "../core/values";
import type { ObjectValue, Scope, AbstractValue } from "../core/values";

/** Leaves of every name in the test only the values with which it may come out so. */
export function narrow(run: Evaluation, scope: Scope, test: Expr, side: boolean): void {
  // What is only tried is joined again, and a path knows its decisions by the value that they were about.
  if (run.speculation) return;
  switch (test.k) {
    case "not":
      narrow(run, scope, test.of, !side);
      break;
    case "logical":
      if (test.op === "nullish" || side !== (test.op === "and")) break;
      narrow(run, scope, test.left, side);
      narrow(run, scope, test.right, side);
      break;
    case "name":
      narrowName(run, scope, test.name, side);
      break;
    case "member":
      narrowMember(run, scope, test, side);
      break;
  }
}

function narrowName(run: Evaluation, scope: Scope, name: string, side: boolean): void {
  const owner = scopeOf(scope, name);
  const kept = possible(owner?.vars.get(name), scope, side);
  if (owner && kept) setVar(run.heap, owner, name, kept);
}

function narrowMember(
  run: Evaluation,
  scope: Scope,
  { of, name }: Extract<Expr, { k: "member" }>,
  side: boolean,
): void {
  const holder = plainObject(scope, of);
  const slot = holder?.props.get(name);
  const kept = possible(slot?.value, scope, side);
  if (holder && slot && kept) setProperty(run.heap, holder.props, name, { ...slot, value: kept });
}

/** The object that a chain of names leads to, read without running anything. */
function plainObject(scope: Scope, expr: Expr): ObjectValue | undefined {
  let value: AbstractValue | undefined;
  if (expr.k === "name") value = scopeOf(scope, expr.name)?.vars.get(expr.name);
  else if (expr.k === "this") value = selfOf(scope);
  else if (expr.k === "member") value = plainObject(scope, expr.of)?.props.get(expr.name)?.value;
  return value?.t === "object" && !value.map ? value : undefined;
}

/** The part of several values that a condition leaves; `undefined` when it says nothing. */
function possible(
  value: AbstractValue | undefined,
  scope: Scope,
  side: boolean,
): AbstractValue | undefined {
  if (value?.t !== "oneOf") return undefined;
  const kept = value.of.filter((branch) => truth(branch, scope.language) !== !side);
  const says = kept.length > 0 && kept.length < value.of.length;
  return says ? oneOf(kept, value.at) : undefined;
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
