/** Methods of dicts and of `Map`. */
import { isTainted } from "../core/constraints";
import { keyOf, spreadProps } from "../syntax/literals";
import { deleteProperty, setProperty } from "../core/heap";
import { elementsOf } from "../core/elements";
import { getIndex, setIndex, weaken } from "../syntax/members";
import type { Method } from "./methods";
import { binary, membership } from "../syntax/operators";
import type { Evaluation } from "../core/state";
import { array, known, object, oneOf, unknown } from "../core/values";
import type { ObjectValue, Scope, AbstractValue } from "../core/values";
import { logical } from "../syntax/logic";

export function objectMethod(
  run: Evaluation,
  scope: Scope,
  value: ObjectValue,
  name: string,
): Method | undefined {
  if (
    scope.language === "typescript" &&
    !value.map &&
    name !== "hasOwnProperty" &&
    name !== "toString"
  )
    return undefined;
  if (value.map === "headers") return headersMethod(run, scope, value, name);
  return mapMethod(run, scope, value, name);
}

/** `Headers`: names in lower case; `append` puts a value behind the one that is there. */
function headersMethod(
  run: Evaluation,
  scope: Scope,
  value: ObjectValue,
  name: string,
): Method | undefined {
  const method = mapMethod(run, scope, value, name === "append" ? "set" : name);
  return (
    method &&
    ((args) => {
      const [key, item] = args.positional;
      if (key?.t !== "const" || typeof key.value !== "string") return method(args);
      const lower = known(key.value.toLowerCase(), key.at);
      const old = name === "append" ? value.props.get(key.value.toLowerCase()) : undefined;
      const both =
        old && item
          ? binary(
              run,
              scope,
              "+",
              old.value,
              binary(run, scope, "+", known(", ", args.at), item, args.at),
              args.at,
            )
          : item;
      return method({ ...args, positional: both ? [lower, both] : [lower] });
    })
  );
}

function mapMethod(
  run: Evaluation,
  scope: Scope,
  value: ObjectValue,
  name: string,
): Method | undefined {
  switch (name) {
    case "get":
      return ({ positional: [key, fallback], at }) => {
        const found = key ? getIndex(run, scope, value, key, at) : unknown("a key", at);
        const absent = fallback ?? known(undefined, at);
        if (found.t === "const" && found.value === undefined) return absent;
        if (found.t === "unknown" && value.open !== undefined)
          return fallback ? oneOf([found, absent], at) : found;
        if (found.t === "oneOf") return logical(run, scope, "nullish", found, () => absent, at);
        return key && isTainted(key) ? oneOf([found, absent], at) : found;
      };
    case "set":
      return ({ positional: [key, item], at }) => {
        if (key && item) setIndex(run, value, key, item, key.at, at);
        return value;
      };
    case "setdefault":
      return ({ positional: [key, item], at }) => {
        const known_ = key && keyOf(key);
        if (known_ !== undefined && item && !value.props.has(known_)) {
          setProperty(run.heap, value.props, known_, {
            value: item,
            name: key?.at ?? at,
            entry: at,
          });
        }
        return key ? getIndex(run, scope, value, key, at) : unknown("a key", at);
      };
    case "update":
      return ({ positional, named, open, at }) => {
        for (const part of positional) spreadProps(run, value, part, at);
        for (const [key, slot] of named) setProperty(run.heap, value.props, key, slot);
        if (open !== undefined) weaken(run, value, open);
        return known(undefined, at);
      };
    case "_asdict":
    case "model_dump":
    case "copy":
      return ({ at }) => {
        const result = object(at);
        spreadProps(run, result, value, at);
        return result;
      };
    case "pop":
    case "delete":
      return ({ positional: [key], at }) => {
        const text = key && keyOf(key);
        const old = text === undefined ? undefined : value.props.get(text)?.value;
        if (text === undefined) weaken(run, value, "a deletion");
        else deleteProperty(run.heap, value.props, text);
        return old ?? unknown("a removed value", at);
      };
    default:
      return view(value, name);
  }
}

function view(value: ObjectValue, name: string): Method | undefined {
  switch (name) {
    case "keys":
      return ({ at }) =>
        array(
          [...value.props].map(([key, slot]): AbstractValue => known(key, slot.name)),
          at,
          value.open,
        );
    case "values":
      return ({ at }) =>
        array(
          [...value.props.values()].map((slot) => slot.value),
          at,
          value.open,
        );
    case "items":
    case "entries":
      return ({ at }) =>
        array(
          [...value.props].map(([key, slot]): AbstractValue =>
            array([known(key, slot.name), slot.value], slot.entry),
          ),
          at,
          value.open,
        );
    case "has":
    case "hasOwnProperty":
    case "__contains__":
      return ({ positional: [key], at }) => {
        const keys = elementsOf({ ...value, map: true }).items.flatMap((pair) =>
          pair.t === "array" ? (pair.items[0] ?? []) : [],
        );
        return key ? membership(array(keys, at, value.open), key, at, true) : unknown("a key", at);
      };
    default:
      return undefined;
  }
}
