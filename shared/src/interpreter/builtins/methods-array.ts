/** Methods of lists and sets. */
import type { Span } from "../../ir/span";
import { branches } from "../core/branches";
import { callValue } from "../syntax/calls";
import { truthOf } from "../core/constraints";
import { spreadInto } from "../syntax/literals";
import { setItems } from "../core/heap";
import { elementsOf } from "../core/elements";
import { weaken } from "../syntax/members";
import type { Method } from "./methods";
import { joinTexts } from "./methods-string";
import { sortedList } from "./lists";
import { membership } from "../syntax/operators";
import { payForParts } from "../core/size";
import type { Evaluation } from "../core/state";
import { array, known, oneOf, unknown } from "../core/values";
import type { AbstractValue, ArrayValue, CallArgs, Scope } from "../core/values";
import { callUnseen } from "../syntax/unseen";
import { comparedWith, quantify, search } from "./search";

/** Searches and tests of a list that is not seen. */
export function unseenListMethod(
  run: Evaluation,
  scope: Scope,
  value: AbstractValue,
  name: string,
): Method | undefined {
  switch (name) {
    case "find":
      return (args) =>
        isFunction(args)
          ? found(run, scope, value, args)
          : callUnseen(run, scope, args, "`find`", value);
    case "some":
    case "every":
      return (args) =>
        isFunction(args)
          ? quantified(run, scope, value, args, name === "some")
          : callUnseen(run, scope, args, "a test", value);
    default:
      return undefined;
  }
}

const isFunction = ({ positional: [fn] }: CallArgs): boolean =>
  fn?.t === "function" || fn?.t === "native";

export function arrayMethod(
  run: Evaluation,
  scope: Scope,
  value: ArrayValue,
  name: string,
): Method | undefined {
  switch (name) {
    case "concat":
      return ({ positional, at }) => {
        const result = array([...value.items], at, value.open);
        for (const part of positional) {
          if (part.t === "array" || part.t === "unknown" || part.t === "oneOf")
            spreadInto(run, result, part);
          else result.items.push(part);
        }
        return result;
      };
    case "flat":
      return ({ positional, at }) => {
        if (positional.length > 0) return unknown("a flat list", at);
        const result = array([], at, value.open);
        for (const item of value.items) {
          if (item.t === "array") spreadInto(run, result, item);
          else result.items.push(item);
        }
        return result;
      };
    case "slice":
    case "copy":
    case "values":
    case "toSorted":
      return ({ positional, at }) =>
        positional.length === 0
          ? array([...value.items], at, value.open)
          : ((name === "slice" ? partOf(value, positional, at) : undefined) ??
            unknown("a part of a list", at));
    case "includes":
    case "has":
    case "__contains__":
      return ({ positional: [item], at }) =>
        item ? membership(value, item, at, true) : unknown("a test", at);
    case "indexOf":
    case "findIndex":
      return ({ positional: [item], at }) => indexOf(run, scope, value, item, at);
    case "join":
      return ({ positional: [separator], at }) =>
        separator === undefined || (separator.t === "const" && typeof separator.value === "string")
          ? joinTexts(run, value, separator?.t === "const" ? String(separator.value) : ",", at)
          : unknown("a joined list", at);
    default:
      return mutation(run, value, name) ?? overElements(run, scope, value, name);
  }
}

function mutation(run: Evaluation, value: ArrayValue, name: string): Method | undefined {
  switch (name) {
    case "push":
    case "append":
    case "add":
    case "unshift":
      return ({ positional, at, open }) => {
        payForParts(run, value.items.length + positional.length);
        const items =
          name === "unshift" ? [...positional, ...value.items] : [...value.items, ...positional];
        setItems(run.heap, value, items, value.open ?? open);
        return name === "add" ? value : known(items.length, at);
      };
    case "extend":
    case "update":
      return ({ positional: [more], at }) => {
        if (more) spreadInto(run, value, more);
        return known(undefined, at);
      };
    case "pop":
    case "shift":
      return ({ positional, at }) =>
        (positional.length === 0 ? taken(run, value, name) : undefined) ??
        changed(run, value, name, at);
    case "splice":
    case "remove":
    case "insert":
    case "delete":
    case "clear":
      return ({ at }) => changed(run, value, name, at);
    case "reverse":
      return () => {
        setItems(run.heap, value, [...value.items].reverse(), value.open);
        return value;
      };
    case "sort":
      return (args) => {
        const sorted = args.positional.length === 0 ? sortedList(value, args) : value;
        if (sorted?.t === "array") setItems(run.heap, value, [...sorted.items], value.open);
        return value;
      };
    default:
      return undefined;
  }
}

/** A part of a list of which all is known. */
function partOf(
  { items, open }: ArrayValue,
  limits: readonly AbstractValue[],
  at: Span,
): AbstractValue | undefined {
  const [start, end] = limits.map((limit) =>
    limit.t === "const" && typeof limit.value === "number" ? limit.value : undefined,
  );
  const isKnown = start !== undefined && (limits.length < 2 || end !== undefined);
  if (!isKnown || open !== undefined || items.some(({ t }) => t === "maybe")) return undefined;
  return array(items.slice(start, end), at);
}

/** Takes the last element, or the first, of a list of which all is known. */
function taken(run: Evaluation, value: ArrayValue, name: string): AbstractValue | undefined {
  const { items, open } = value;
  const item = items.at(name === "pop" ? -1 : 0);
  if (open !== undefined || !item || items.some(({ t }) => t === "maybe")) return undefined;
  setItems(run.heap, value, name === "pop" ? items.slice(0, -1) : items.slice(1), open);
  return item;
}

/** Any element may have left the list, and others may have come. */
function changed(run: Evaluation, value: ArrayValue, name: string, at: Span): AbstractValue {
  weaken(run, value, `the list was changed by \`${name}\``);
  const perhaps = value.items.map((item): AbstractValue =>
    item.t === "maybe" ? item : { t: "maybe", of: item, at: item.at },
  );
  setItems(run.heap, value, perhaps, value.open);
  return unknown("an element", at);
}

function indexOf(
  run: Evaluation,
  scope: Scope,
  value: ArrayValue,
  item: AbstractValue | undefined,
  at: Span,
): AbstractValue {
  if (item?.t === "function") {
    const found = callOn(run, scope, item, value.items[0] ?? unknown("an element", at), 0, at);
    return unknown(
      "an index",
      at,
      found.t === "unknown" && found.test ? { test: found.test, tainted: true } : {},
    );
  }
  if (
    item?.t === "const" &&
    value.open === undefined &&
    value.items.every((other) => other.t === "const")
  ) {
    return known(
      value.items.findIndex((other) => other.t === "const" && other.value === item.value),
      at,
    );
  }
  const found = item ? membership(value, item, at, true) : undefined;
  return unknown(
    "an index",
    at,
    found?.t === "unknown" && found.test ? { test: found.test, tainted: true } : {},
  );
}

/** Calls a function with an element and its index. */
function callOn(
  run: Evaluation,
  scope: Scope,
  fn: AbstractValue,
  item: AbstractValue,
  index: number,
  at: Span,
): AbstractValue {
  const element = item.t === "maybe" ? item.of : item;
  return callValue(run, scope, fn, {
    positional: [element, known(index, at)],
    named: new Map(),
    construct: false,
    at,
    calleeAt: at,
  });
}

function overElements(
  run: Evaluation,
  scope: Scope,
  value: ArrayValue,
  name: string,
): Method | undefined {
  switch (name) {
    case "map":
    case "flatMap":
      return (args) => mapped(run, scope, value, args, name === "flatMap");
    case "forEach":
      return (args) => {
        mapped(run, scope, value, args, false);
        return known(undefined, args.at);
      };
    case "filter":
      return (args) => filtered(run, scope, value, args);
    case "find":
      return (args) => found(run, scope, value, args);
    case "some":
    case "every":
      return (args) => quantified(run, scope, value, args, name === "some");
    case "reduce":
    case "reduceRight":
      return (args) => reduced(run, scope, value, args, name === "reduceRight");
    default:
      return undefined;
  }
}

function mapped(
  run: Evaluation,
  scope: Scope,
  value: ArrayValue,
  { positional: [fn], at }: CallArgs,
  flat: boolean,
): AbstractValue {
  const result = array([], at, value.open);
  if (!fn) return result;
  value.items.forEach((item, index) => {
    const visit = (): AbstractValue => callOn(run, scope, fn, item, index, at);
    const out = item.t === "maybe" ? oneOf(branches(run, [visit], at), at) : visit();
    if (flat) spreadInto(run, result, out);
    else result.items.push(item.t === "maybe" ? { t: "maybe", of: out, at } : out);
  });
  if (value.open !== undefined) {
    const more = unknown(value.open, at);
    if (run.explorer) callOn(run, scope, fn, more, value.items.length, at);
    else
      branches(run, [() => callOn(run, scope, fn, more, value.items.length, at), () => more], at);
  }
  return result;
}

function filtered(
  run: Evaluation,
  scope: Scope,
  value: ArrayValue,
  { positional: [fn], at }: CallArgs,
): AbstractValue {
  const result = array([], at, value.open);
  value.items.forEach((item, index) => {
    const test = fn ? callOn(run, scope, fn, item, index, at) : unknown("a filter", at);
    const side = truthOf(run, scope, test);
    if (side === false) return;
    const perhaps = side === undefined && item.t !== "maybe";
    result.items.push(perhaps ? { t: "maybe", of: item, test, at: item.at } : item);
  });
  return result;
}

/** The elements with the outcome of a test of each; of a list that is not seen, any element's. */
function testsOf(
  run: Evaluation,
  scope: Scope,
  value: AbstractValue,
  fn: AbstractValue | undefined,
  at: Span,
): { item: AbstractValue; test: AbstractValue; side: boolean | undefined }[] {
  const { items, open } = elementsOf(value);
  const elements = open === undefined ? items : [...items, unknown(open, at)];
  return elements.map((item, index) => {
    const test = fn ? callOn(run, scope, fn, item, index, at) : unknown("a test", at);
    return {
      item,
      test,
      side: item.t === "unknown" && item.because === open ? undefined : truthOf(run, scope, test),
    };
  });
}

/** The element for which a test of the request holds is the request's part itself, checked. */
export function found(
  run: Evaluation,
  scope: Scope,
  value: AbstractValue,
  { positional: [fn], at }: CallArgs,
): AbstractValue {
  const tests = testsOf(run, scope, value, fn, at);
  const certain = tests.find(({ side }) => side !== false);
  if (certain?.side === true && certain.item.t !== "maybe") return certain.item;
  const open = tests.filter(({ side }) => side !== false);
  return search(run, scope, value, open, at);
}

function quantified(
  run: Evaluation,
  scope: Scope,
  value: AbstractValue,
  { positional: [fn], at }: CallArgs,
  some: boolean,
): AbstractValue {
  const tests = testsOf(run, scope, value, fn, at);
  const compared = comparedWith(tests, value);
  const made = value.t === "array" && compared.items.length === value.items.length;
  // `hosts.some((host) => origin === `https://${host}`)`: not the hosts are what is allowed.
  return quantify(tests, made ? { ...compared, open: value.open } : value, at, some);
}

function reduced(
  run: Evaluation,
  scope: Scope,
  value: ArrayValue,
  { positional: [fn, initial], at }: CallArgs,
  fromEnd: boolean,
): AbstractValue {
  const items = fromEnd ? [...value.items].reverse() : [...value.items];
  const start = initial ?? items.shift();
  if (!fn || !start || start.t === "maybe" || value.open !== undefined)
    return unknown("a reduced list", at);
  return items.reduce((result, item): AbstractValue => {
    const visit = (): AbstractValue =>
      callValue(run, scope, fn, {
        positional: [result, item.t === "maybe" ? item.of : item],
        named: new Map(),
        construct: false,
        at,
        calleeAt: at,
      });
    return item.t === "maybe" ? oneOf(branches(run, [visit, () => result], at), at) : visit();
  }, start);
}
