/** Array and object literals, and what spreads bring into them. */
import type { Entry, Expr } from "../../ir/facts";
import type { Span } from "../../ir/span";
import { evaluate, scopeOf } from "./expressions";
import { setItems, setOpen, setProperty } from "../core/heap";
import { elementsOf } from "../core/elements";
import { mostParts, payForParts } from "../core/size";
import { spanOf } from "../core/state";
import type { Evaluation } from "../core/state";
import { array, object, oneOf } from "../core/values";
import type { ObjectValue, Scope, Property, AbstractValue } from "../core/values";

export function arrayLiteral(
  run: Evaluation,
  scope: Scope,
  expr: Extract<Expr, { k: "array" }>,
  at: Span,
): AbstractValue {
  const result = array([], at);
  // Tables of data are not worth a step for each cell.
  const items = expr.items.length > mostParts ? expr.items.slice(0, mostParts / 10) : expr.items;
  if (items !== expr.items) result.open = "a long list";
  for (const item of items) {
    const value = evaluate(run, scope, item.value);
    if (item.spread) spreadInto(run, result, value);
    else result.items.push(value);
  }
  return result;
}

/** Adds the elements of a value to an array that is being built. */
export function spreadInto(
  run: Evaluation,
  target: Extract<AbstractValue, { t: "array" }>,
  value: AbstractValue,
): void {
  const { items, open } = elementsOf(value);
  payForParts(run, target.items.length + items.length);
  setItems(run.heap, target, [...target.items, ...items], target.open ?? open);
}

export function objectLiteral(
  run: Evaluation,
  scope: Scope,
  entries: readonly Entry[],
  at: Span,
): ObjectValue {
  const result = object(at);
  for (const entry of entries) {
    if ("spread" in entry) {
      const spread = spanOf(scope, entry.spread.at);
      const from = reusable(scope, entry.spread);
      const value = evaluate(run, scope, entry.spread);
      spreadProps(run, result, value, spread, { spread, ...(from ? { spreadFrom: from } : {}) });
      continue;
    }
    const key = keyOf(evaluate(run, scope, entry.key));
    const value = evaluate(run, scope, entry.value);
    if (key === undefined) {
      setOpen(run.heap, result, "a computed key");
      continue;
    }
    result.props.delete(key);
    const from = reusable(scope, entry.value);
    const slot = {
      value,
      name: spanOf(scope, entry.keyAt),
      entry: spanOf(scope, entry.at),
      written: spanOf(scope, entry.value.at),
    };
    result.props.set(key, from ? { ...slot, from } : slot);
  }
  return result;
}

/** The place of a module's own name, or of its call without arguments: it means the same everywhere in the file. */
function reusable(scope: Scope, expr: Expr): Span | undefined {
  const name = expr.k === "call" && expr.args.length === 0 ? expr.callee : expr;
  const own = name.k === "name" && scopeOf(scope, name.name)?.kind === "module";
  return own ? spanOf(scope, expr.at) : undefined;
}

/** The text that a key is, where it is certain. */
export function keyOf(value: AbstractValue): string | undefined {
  return keyWithin(value, deepestKey);
}

/** Tuples within tuples that are a key, and the elements of one: values that share parts may stand for very much text. */
const deepestKey = 3;
const widestKey = 20;

function keyWithin(value: AbstractValue, depth: number): string | undefined {
  if (value.t === "array") {
    const { items, open } = value;
    if (depth === 0 || open !== undefined || items.length > widestKey) return undefined;
    const keys: string[] = [];
    for (const item of items) {
      const key = keyWithin(item, depth - 1);
      if (key === undefined) return undefined;
      keys.push(key);
    }
    return `(${keys.join(", ")})`;
  }
  return value.t === "const" && value.value !== undefined && value.value !== null
    ? String(value.value)
    : undefined;
}

/** The place of an expression by which properties came into an object, where it could be written again. */
type Source = Pick<Property, "spread" | "spreadFrom">;

/** Copies the properties of a value into an object; what cannot be seen leaves the object open. */
export function spreadProps(
  run: Evaluation,
  target: ObjectValue,
  value: AbstractValue,
  at?: Span,
  source: Source = {},
): void {
  if (value.t === "const") return;
  if (value.t === "object") {
    // What a `Map` holds are no properties of it.
    if (value.map) return;
    payForParts(run, value.props.size);
    for (const [key, slot] of value.props) {
      const old = target.props.get(key);
      const merged: Property =
        slot.maybe && old
          ? ({
              ...slot,
              value: oneOf([old.value, slot.value], slot.value.at),
              ...(old.maybe ? { maybe: true } : { maybe: undefined }),
            } as Property)
          : slot;
      setProperty(run.heap, target.props, key, { ...merged, ...source, ...broughtBy(slot, at) });
    }
    if (value.open !== undefined) setOpen(run.heap, target, value.open);
    return;
  }
  if (value.t === "oneOf") return spreadBranches(run, target, value.of, at);
  setOpen(run.heap, target, value.t === "unknown" ? value.because : "a spread that cannot be seen");
}

function broughtBy(slot: Property, at: Span | undefined): Pick<Property, "brought"> {
  const brought = slot.brought ?? (at && at.file !== slot.name.file ? at : undefined);
  return brought ? { brought } : {};
}

function spreadBranches(
  run: Evaluation,
  target: ObjectValue,
  branches: readonly AbstractValue[],
  at: Span | undefined,
): void {
  const objects = branches.filter((branch) => branch.t !== "const");
  payForParts(
    run,
    objects.reduce((sum, each) => sum + (each.t === "object" ? each.props.size : 0), 0),
  );
  const keys = new Set(
    objects.flatMap((branch) => (branch.t === "object" ? [...branch.props.keys()] : [])),
  );
  for (const key of keys) {
    const slots = branches.map((branch) =>
      branch.t === "object" ? branch.props.get(key) : undefined,
    );
    const present = slots.filter((slot) => slot !== undefined);
    const last = present.at(-1);
    const old = target.props.get(key);
    if (!last) continue;
    const missing = present.length < branches.length || present.some((slot) => slot.maybe);
    const values = [...(missing && old ? [old.value] : []), ...present.map((slot) => slot.value)];
    const maybe = missing && (!old || old.maybe);
    setProperty(run.heap, target.props, key, {
      value: oneOf(values, last.value.at),
      name: last.name,
      entry: last.entry,
      ...(maybe ? { maybe: true } : {}),
      ...broughtBy(last, at),
    });
  }
  for (const branch of objects) {
    if (branch.t !== "object") setOpen(run.heap, target, "a spread that cannot be seen");
    else if (branch.open !== undefined) setOpen(run.heap, target, branch.open);
  }
}
