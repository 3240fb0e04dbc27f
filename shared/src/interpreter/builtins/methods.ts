/** Methods of texts, lists, objects and unknown things, for both languages. */
import { headerList, isHeaders } from "../core/header-names";
import { lengthOf } from "../core/elements";
import type { Span } from "../../ir/span";
import { either } from "../core/branches";
import { callValue } from "../syntax/calls";
import { requestPart } from "../syntax/members";
import { arrayMethod, unseenListMethod } from "./methods-array";
import { objectMethod } from "./methods-object";
import { stringMethod } from "./methods-string";
import { basename, dirname, withoutExtension } from "../../base/file-paths";
import type { Evaluation } from "../core/state";
import { array, known, truth, unknown } from "../core/values";
import type { CallArgs, FunctionValue, NativeValue, Scope, AbstractValue } from "../core/values";

export type Method = (args: CallArgs) => AbstractValue;

/** The method of a value as a function, or `undefined` when the evaluator does not know it. */
export function methodOf(
  run: Evaluation,
  scope: Scope,
  value: AbstractValue,
  name: string,
  at: Span,
): AbstractValue | undefined {
  const method = find(run, scope, value, name, at);
  if (!method) return propertyOf(scope, value, name, at);
  const native: NativeValue = { t: "native", name, call: method, at };
  return native;
}

function find(
  run: Evaluation,
  scope: Scope,
  value: AbstractValue,
  name: string,
  at: Span,
): Method | undefined {
  switch (value.t) {
    case "const":
      return typeof value.value === "string" ? stringMethod(run, scope, value, name) : undefined;
    case "array":
      return arrayMethod(run, scope, value, name);
    case "object":
      return objectMethod(run, scope, value, name);
    case "request":
      return stringMethod(run, scope, value, name) ?? requestMethod(run, scope, value, name);
    case "function":
      return functionMethod(run, scope, value, name);
    case "regex":
      return stringMethod(run, scope, value, name) ?? unseenListMethod(run, scope, value, name);
    case "unknown":
      return stringMethod(run, scope, value, name);
    default:
      void at;
      return undefined;
  }
}

/** Methods of a dict that list what it holds. */
const LISTS: Readonly<Record<string, "keys" | "values" | "entries" | undefined>> = {
  keys: "keys",
  values: "values",
  items: "entries",
};

/** `event["headers"].get("origin", "")` reads a part of the request. */
function requestMethod(
  run: Evaluation,
  scope: Scope,
  value: Extract<AbstractValue, { t: "request" }>,
  name: string,
): Method | undefined {
  const kind = LISTS[name];
  if (kind && isHeaders(value)) return ({ at }) => headerList(run, kind, at);
  if (name !== "get") return undefined;
  return ({ positional: [key, fallback], at }) => {
    if (key?.t !== "const") return unknown("a part of the request", at, { tainted: true });
    const part = requestPart(run, value, String(key.value), at);
    if (!fallback || truth(fallback, "python") === false) return part;
    return either(
      run,
      scope,
      part,
      () => part,
      () => fallback,
      at,
    );
  };
}

function functionMethod(
  run: Evaluation,
  scope: Scope,
  value: FunctionValue,
  name: string,
): Method | undefined {
  switch (name) {
    case "bind":
      return ({ positional: [self] }) => (self ? { ...value, self } : value);
    case "call":
      return (args) =>
        callValue(run, scope, value, { ...args, positional: args.positional.slice(1) });
    case "apply":
      return (args) => callValue(run, scope, value, { ...args, positional: [], open: "`apply`" });
    default:
      return undefined;
  }
}

function propertyOf(
  scope: Scope,
  value: AbstractValue,
  name: string,
  at: Span,
): AbstractValue | undefined {
  if (scope.language === "python" && value.t === "const" && typeof value.value === "string") {
    const part = pathPart(value.value, name, at);
    if (part) return part;
  }
  if (value.t === "array" && (name === "length" || (name === "size" && value.set)))
    return lengthOf(value, at);
  if (name === "length" && value.t === "const" && typeof value.value === "string")
    return known(value.value.length, at);
  // Members of Python's enums are their values here.
  if ((name === "value" || name === "name" || name === "pathname") && value.t === "const")
    return value;
  return undefined;
}

/** Parts of a `pathlib.Path`, which is a text here. */
function pathPart(path: string, name: string, at: Span): AbstractValue | undefined {
  if (name === "parent") return known(dirname(path), at);
  if (name === "stem") return known(withoutExtension(basename(path)), at);
  if (name !== "parents") return undefined;
  const items: AbstractValue[] = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    items.push(known(folder, at));
    if (folder === dirname(folder)) return array(items, at);
  }
}
