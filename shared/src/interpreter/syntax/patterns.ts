/** Binding and assignment. */
import { mayStop } from "./absence";
import type { Pattern } from "../../ir/facts";
import type { Span } from "../../ir/span";
import { either } from "../core/branches";
import { evaluate, scopeOf } from "./expressions";
import { keyOf } from "./literals";
import { setVar } from "../core/heap";
import { elementsOf } from "../core/elements";
import { firstOf } from "../builtins/methods-array";
import { getIndex, getMember, setIndex, setMemberOf } from "./members";
import { spanOf } from "../core/state";
import type { Evaluation } from "../core/state";
import { array, known, object, unknown } from "../core/values";
import type { Scope, AbstractValue } from "../core/values";

/** Declares the pattern's names in `scope`. */
export function bind(
  run: Evaluation,
  scope: Scope,
  target: Pattern,
  value: AbstractValue,
  at: Span,
): void {
  destructure(run, scope, target, value, at, (name, part) => {
    setVar(run.heap, scope, name, part);
  });
}

/** Assigns to existing variables and places; an unseen name becomes a local. */
export function assign(
  run: Evaluation,
  scope: Scope,
  target: Pattern,
  value: AbstractValue,
  at: Span,
): void {
  destructure(run, scope, target, value, at, (name, part) => {
    setVar(run.heap, scopeOf(scope, name) ?? pythonScope(scope), name, part);
  });
}

/** The function's or module's own scope. */
export function pythonScope(scope: Scope): Scope {
  let s = scope;
  while (s.kind === "block" && s.parent) s = s.parent;
  return s;
}

function destructure(
  run: Evaluation,
  scope: Scope,
  target: Pattern,
  value: AbstractValue,
  at: Span,
  put: (name: string, value: AbstractValue) => void,
): void {
  switch (target.k) {
    case "name":
      nameExtern(value, target.name, at);
      return put(target.name, value);
    case "default":
      return destructure(
        run,
        scope,
        target.target,
        withDefault(run, scope, target, value),
        at,
        put,
      );
    case "object": {
      mayStop(run, scope, value, at);
      const taken = new Set<string>();
      for (const prop of target.props) {
        const key = evaluate(run, scope, prop.key);
        const name = keyOf(key);
        if (name !== undefined) taken.add(name);
        const part =
          name === undefined
            ? getIndex(run, scope, value, key, at)
            : getMember(run, scope, value, name, at);
        destructure(run, scope, prop.target, part, at, put);
      }
      if (target.rest) destructure(run, scope, target.rest, without(value, taken, at), at, put);
      return;
    }
    case "array": {
      const { items, open } = elementsOf(value);
      target.items.forEach((item, index) => {
        if (item)
          destructure(
            run,
            scope,
            item,
            elementAt(run, scope, value, items, open, index, at),
            at,
            put,
          );
      });
      if (target.rest)
        destructure(
          run,
          scope,
          target.rest,
          array(items.slice(target.items.length), at, open),
          at,
          put,
        );
      return;
    }
    case "place":
      return setPlace(run, scope, target.place, value, at);
  }
}

function withDefault(
  run: Evaluation,
  scope: Scope,
  target: Extract<Pattern, { k: "default" }>,
  value: AbstractValue,
): AbstractValue {
  if (value.t === "const") {
    return value.value === undefined ? evaluate(run, scope, target.value) : value;
  }
  if (value.t !== "unknown" && value.t !== "request" && value.t !== "oneOf") return value;
  const fallback = () => evaluate(run, scope, target.value);
  return either(run, scope, value, () => value, fallback, spanOf(scope, target.at));
}

function elementAt(
  run: Evaluation,
  scope: Scope,
  value: AbstractValue,
  items: readonly AbstractValue[],
  open: string | undefined,
  index: number,
  at: Span,
): AbstractValue {
  const item = items[index];
  if (item && item.t !== "maybe") return item;
  if (item && index === 0 && value.t === "array") return firstOf(run, scope, value, at);
  if (value.t === "unknown" || value.t === "request" || open !== undefined) {
    return unknown(open ?? "an element of an unknown list", at);
  }
  return known(undefined, at);
}

function without(value: AbstractValue, taken: ReadonlySet<string>, at: Span): AbstractValue {
  if (value.t !== "object") return unknown("the rest of an unknown object", at);
  const rest = object(at);
  for (const [key, slot] of value.props) if (!taken.has(key)) rest.props.set(key, slot);
  rest.open = value.open;
  return rest;
}

function setPlace(
  run: Evaluation,
  scope: Scope,
  place: Extract<Pattern, { k: "place" }>["place"],
  value: AbstractValue,
  at: Span,
): void {
  if (place.k === "member") {
    const of = evaluate(run, scope, place.of);
    const prefix =
      place.of.k === "this" ? (scope.language === "python" ? "self" : "this") : undefined;
    if (prefix !== undefined) nameExtern(value, `${prefix}.${place.name}`, at);
    setMemberOf(run, of, place.name, value, spanOf(scope, place.nameAt), spanOf(scope, place.at));
  } else if (place.k === "index") {
    const of = evaluate(run, scope, place.of);
    setIndex(run, of, evaluate(run, scope, place.key), value, spanOf(scope, place.key.at), at);
  } else evaluate(run, scope, place);
}

/** Remembers how the code calls a library object that a statement has just made. */
function nameExtern(value: AbstractValue, name: string, statement: Span): void {
  if (value.t !== "extern" || value.made.by !== "call") return;
  const made = value.made.args.at;
  if (made.file !== statement.file || made.start < statement.start || made.end > statement.end)
    return;
  value.name ??= name;
  value.statement ??= statement;
}
