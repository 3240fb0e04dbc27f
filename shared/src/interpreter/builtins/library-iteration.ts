/** `any`, `all`, `next`, `filter` and `map` of Python. */
import { truthOf } from "../core/constraints";
import { elementsOf } from "../core/elements";
import { comparedWith, firstOf, quantify } from "./search";
import { callValue } from "../syntax/calls";
import type { Evaluation } from "../core/state";
import { array, unknown } from "../core/values";
import type { CallArgs, Scope, AbstractValue } from "../core/values";

type Fold = (run: Evaluation, scope: Scope, args: CallArgs) => AbstractValue;

const quantifier =
  (some: boolean): Fold =>
  (run, scope, { positional: [list], at }) => {
    if (!list) return unknown("a test", at);
    const { items, open } = elementsOf(list);
    if (items.length === 0 && open !== undefined) return unknown("a test of a list", at);
    const tests = items.map((item) => {
      const test = item.t === "maybe" ? item.of : item;
      return { item, test, side: truthOf(run, scope, test) };
    });
    return quantify(tests, comparedWith(tests, list), at, some);
  };

/** `next((x for x in xs if x == origin), None)` */
const next: Fold = (run, scope, { positional: [list, absent], at }) => {
  if (list?.t !== "array") return unknown("the next element", at);
  const found = firstOf(run, scope, list, at);
  return isMissing(found) ? (absent ?? found) : found;
};

const isMissing = (value: AbstractValue): boolean =>
  value.t === "const" && value.value === undefined;

const filter: Fold = (run, scope, { positional: [fn, list], at }) => {
  if (!list) return unknown("a filter", at);
  const { items, open } = elementsOf(list);
  const kept = items.flatMap((item): AbstractValue[] => {
    const element = item.t === "maybe" ? item.of : item;
    const test = fn && fn.t !== "const" ? apply(run, scope, fn, element, at) : element;
    const side = truthOf(run, scope, test);
    if (side === false) return [];
    return [side === true ? item : { t: "maybe", of: element, test, at: element.at }];
  });
  return array(kept, at, open);
};

const map: Fold = (run, scope, { positional: [fn, list], at }) => {
  if (!fn || !list) return unknown("a list", at);
  const { items, open } = elementsOf(list);
  return array(
    items.map((item): AbstractValue => {
      const out = apply(run, scope, fn, item.t === "maybe" ? item.of : item, at);
      return item.t === "maybe" ? { ...item, of: out } : out;
    }),
    at,
    open,
  );
};

function apply(
  run: Evaluation,
  scope: Scope,
  fn: AbstractValue,
  element: AbstractValue,
  at: CallArgs["at"],
): AbstractValue {
  return callValue(run, scope, fn, {
    positional: [element],
    named: new Map(),
    construct: true,
    at,
    calleeAt: at,
  });
}

export const folds: ReadonlyMap<string, Fold> = new Map([
  ["global:any", quantifier(true)],
  ["global:all", quantifier(false)],
  ["global:next", next],
  ["global:filter", filter],
  ["global:map", map],
]);
