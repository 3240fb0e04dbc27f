/** What is found among elements for which tests hold, or may hold. */
import type { Span } from "../../ir/span";
import { anyOf, assumeOrFork, taintOf } from "../core/constraints";
import { asksForName } from "../core/header-names";
import type { Evaluation } from "../core/state";
import { array, known, oneOf, unknown } from "../core/values";
import type { AbstractValue, ArrayValue, Scope } from "../core/values";

/** The first element of a list of which each may be missing. */
export function firstOf(run: Evaluation, scope: Scope, list: ArrayValue, at: Span): AbstractValue {
  const candidates: { item: AbstractValue; test: AbstractValue }[] = [];
  for (const item of list.items) {
    if (item.t !== "maybe") return search(run, scope, list, candidates, at, item);
    candidates.push({ item, test: item.test ?? item.of });
  }
  return search(run, scope, comparedWith(candidates, list), candidates, at);
}

/** The list that the elements of `x == origin for x in xs` were compared with. */
export function comparedWith(
  tests: readonly { readonly test: AbstractValue }[],
  list: AbstractValue,
): ArrayValue {
  const values = tests.flatMap(({ test }) =>
    test.t === "unknown" && test.test?.k === "equals" ? [test.test.value] : [],
  );
  return array(values, list.at);
}

/** What is found among elements for which undecided tests may hold. */
export function search(
  run: Evaluation,
  scope: Scope,
  list: AbstractValue,
  candidates: readonly { readonly item: AbstractValue; readonly test: AbstractValue }[],
  at: Span,
  absent: AbstractValue = known(undefined, at),
): AbstractValue {
  if (candidates.length === 0) return absent;
  // `names.find((k) => k.toLowerCase() === "origin")`: which header it is counts, not which list it was in.
  const [only] = candidates;
  if (only && run.explorer && candidates.length === 1 && asksForName(only.test))
    return assumeOrFork(run, scope, only.test) ? only.item : absent;
  const any = anyOf(
    candidates.map(({ test }) => test),
    list,
    at,
  );
  const subject =
    any.t === "unknown" && any.test?.k === "guards" && any.test.guard.kind === "exact"
      ? any.test.subject
      : undefined;
  const items = candidates.map(({ item }) => (item.t === "maybe" ? item.of : item));
  const element =
    subject ??
    (items.some((item) => item.t === "unknown")
      ? unknown("an element of a list", at, taintOf(any))
      : oneOf(items, at));
  if (!run.explorer) return oneOf([element, absent], at);
  return assumeOrFork(run, scope, any) ? element : absent;
}

/** Whether some (or all) of these hold. */
export function quantify(
  tests: readonly {
    readonly item: AbstractValue;
    readonly test: AbstractValue;
    readonly side: boolean | undefined;
  }[],
  list: AbstractValue,
  at: Span,
  some: boolean,
): AbstractValue {
  if (tests.some(({ item, side }) => side === some && item.t !== "maybe")) return known(some, at);
  const open = tests.filter(({ side }) => side !== !some);
  if (open.length === 0) return known(!some, at);
  return some
    ? anyOf(
        open.map(({ test }) => test),
        list,
        at,
      )
    : unknown("a test of a list", at, taintOf(...open.map(({ test }) => test)));
}
