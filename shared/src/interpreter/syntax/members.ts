/** Properties: reading and writing. */
import { chosenBy } from "./absence";
import { belongTogether, headersOf, isAnyName, isHeaders, valueOfName } from "../core/header-names";
import type { Span } from "../../ir/span";
import { isTainted, taintOf } from "../core/constraints";
import { callFunction } from "./calls";
import { externMember } from "../modules/externs";
import { keyOf } from "./literals";
import { setItems, setMember, setOpen, setProperty } from "../core/heap";
import { methodOf } from "../builtins/methods";
import { firstOf } from "../builtins/search";
import { moduleMember } from "../modules/modules";
import { promiseMethod } from "../builtins/promises";
import type { Evaluation } from "../core/state";
import { known, oneOf, unknown } from "../core/values";
import type {
  ArrayValue,
  CallArgs,
  ClassValue,
  FunctionValue,
  ObjectValue,
  RequestValue,
  Scope,
  UnknownValue,
  AbstractValue,
} from "../core/values";
import { implicitThrow } from "./unseen";

/** `value.name` */
export function getMember(
  run: Evaluation,
  scope: Scope,
  value: AbstractValue,
  name: string,
  at: Span,
): AbstractValue {
  if ((name === "then" || name === "finally") && scope.language === "typescript") {
    const method = promiseMethod(run, scope, value, name);
    if (method) return { t: "native", name, call: method, at };
  }
  switch (value.t) {
    case "object":
      return objectMember(run, scope, value, name, at);
    case "class":
      return classMember(run, value, name, at);
    case "module":
      return moduleMember(run, scope, value.file, name, at);
    case "extern":
      return externMember(run, value, name, at);
    case "request":
      return methodOf(run, scope, value, name, at) ?? requestPart(run, value, name, at);
    case "oneOf":
      return oneOf(
        value.of
          .filter((branch) => !isNullish(branch))
          .map((branch) => getMember(run, scope, branch, name, at)),
        at,
      );
    case "unknown":
      return methodOf(run, scope, value, name, at) ?? unknownPart(value, name, at);
    default:
      // `a?.b`; without the question mark the program would have stopped.
      if (isNullish(value)) return known(undefined, at);
      return methodOf(run, scope, value, name, at) ?? unknown(`\`${name}\` of a ${value.t}`, at);
  }
}

export function isNullish(value: AbstractValue): boolean {
  return value.t === "const" && (value.value === null || value.value === undefined);
}

function objectMember(
  run: Evaluation,
  scope: Scope,
  value: ObjectValue,
  name: string,
  at: Span,
): AbstractValue {
  const slot = value.props.get(name);
  if (slot && !value.map)
    return slot.maybe ? oneOf([slot.value, known(undefined, at)], at) : slot.value;
  if (value.cls) {
    const member = instanceMember(run, value, value.cls, name, at);
    if (member) return member;
  }
  if (value.base) return externMember(run, value.base, name, at);
  if (value.mirrors && !OBJECT_METHODS.has(name)) return requestPart(run, value.mirrors, name, at);
  const method = methodOf(run, scope, value, name, at);
  if (method) return method;
  return value.open === undefined && !value.cls
    ? known(undefined, at)
    : unknown(value.open ?? `\`${name}\` is not set`, at);
}

/** What any dict or object has besides its properties. */
const OBJECT_METHODS: ReadonlySet<string> = new Set([
  ...[
    "get",
    "items",
    "keys",
    "values",
    "entries",
    "has",
    "hasOwnProperty",
    "pop",
    "update",
    "copy",
  ],
  ...["setdefault", "set", "delete", "toString"],
]);

function instanceMember(
  run: Evaluation,
  self: ObjectValue,
  cls: ClassValue,
  name: string,
  at: Span,
): AbstractValue | undefined {
  const method = findMethod(cls, name);
  if (method) {
    const bound: FunctionValue = {
      t: "function",
      fn: method.fn,
      scope: method.owner.scope,
      self,
      owner: method.owner,
      at: method.owner.at,
    };
    if (method.fn.kind === "getter") {
      return callFunction(run, bound, noArguments(at));
    }
    return bound;
  }
  for (let c: AbstractValue | undefined = cls; c?.t === "class"; c = c.base) {
    const slot = c.statics.props.get(name);
    if (slot) return slot.value;
  }
  return undefined;
}

const noArguments = (at: Span): CallArgs => ({
  positional: [],
  named: new Map(),
  construct: false,
  at,
  calleeAt: at,
});

/** An instance's method, of the class or its bases, as far as they are the application's. */
export function findMethod(
  cls: ClassValue,
  name: string,
): { fn: ClassValue["cls"]["methods"][number]; owner: ClassValue } | undefined {
  for (let c: AbstractValue | undefined = cls; c?.t === "class"; c = c.base) {
    const owner = c;
    const fn = owner.cls.methods.find((method) => isCallable(method, name));
    if (fn) return { fn, owner };
  }
  return undefined;
}

/** A static method of this very class; a Python class has all its methods. */
function staticMethod(
  cls: ClassValue,
  name: string,
): ClassValue["cls"]["methods"][number] | undefined {
  return cls.cls.methods.find(
    (method) =>
      isCallable(method, name) && (method.static === true || cls.scope.language === "python"),
  );
}

function isCallable(method: ClassValue["cls"]["methods"][number], name: string): boolean {
  return method.name === name && method.kind !== "constructor" && method.kind !== "setter";
}

function findSetter(cls: ClassValue, name: string): ReturnType<typeof findMethod> {
  for (let c: AbstractValue | undefined = cls; c?.t === "class"; c = c.base) {
    const fn = c.cls.methods.find((method) => method.name === name && method.kind === "setter");
    if (fn) return { fn, owner: c };
  }
  return undefined;
}

/** A static member: of the class itself, else of its bases in their order, up to a library's. */
function classMember(run: Evaluation, cls: ClassValue, name: string, at: Span): AbstractValue {
  for (let c: AbstractValue | undefined = cls; c; c = c.t === "class" ? c.base : undefined) {
    if (c.t === "extern") return externMember(run, c, name, at);
    if (c.t !== "class") break;
    const slot = c.statics.props.get(name);
    if (slot) return slot.value;
    const fn = staticMethod(c, name);
    if (!fn) continue;
    const bound: FunctionValue = { t: "function", fn, scope: c.scope, self: cls, owner: c, at };
    return fn.kind === "getter" ? callFunction(run, bound, noArguments(at)) : bound;
  }
  if (name === "name" || name === "__name__") return known(cls.cls.name ?? "", at);
  return unknown(`\`${name}\` is not set`, at);
}

/** A part of the request; names of headers are told apart without regard to case. */
export function requestPart(
  run: Evaluation,
  value: RequestValue,
  name: string,
  at: Span,
): AbstractValue {
  const [first] = value.path;
  const isHeader =
    value.path.length === 1 && (first === "headers" || first === "multiValueHeaders");
  const key = isHeader ? name.toLowerCase() : name;
  const part: RequestValue = {
    t: "request",
    path: [...(isHeader ? ["headers"] : value.path), key],
    at,
  };
  if (isHeader) run.hooks.readsHeader?.(key, at);
  if (value.path.length === 0 && name === "body") run.hooks.readsBody?.(at);
  return part;
}

/** `value[key]` */
export function getIndex(
  run: Evaluation,
  scope: Scope,
  value: AbstractValue,
  key: AbstractValue,
  at: Span,
): AbstractValue {
  if (value.t === "oneOf")
    return oneOf(
      value.of.map((branch) => getIndex(run, scope, branch, key, at)),
      at,
    );
  if (key.t === "oneOf")
    return oneOf(
      key.of.map((branch) => getIndex(run, scope, value, branch, at)),
      at,
    );
  const name = keyOf(key);
  if (value.t === "array") return elementOf(run, scope, value, key, at);
  if (isAnyName(key) && isHeaders(value)) return valueOfName(key);
  if (name === undefined) {
    // A container that is empty when the module is loaded is filled while requests are served.
    if (value.t === "object" && value.open === undefined && value.props.size > 0 && isTainted(key))
      return chosenBy(run, scope, value, key, at);
    return unknown("a computed key", at, taintOf(value, key));
  }
  if (value.t === "request") {
    // Python raises where a dict has no such key; that matters to a `try` around it.
    if (scope.language === "python" && value.path.length > 0 && run.explorer?.tries.length)
      implicitThrow(run, at);
    return requestPart(run, value, name, at);
  }
  if (value.t === "object") {
    const slot = value.props.get(name);
    if (slot) return slot.maybe ? oneOf([slot.value, known(undefined, at)], at) : slot.value;
    if (value.mirrors) return requestPart(run, value.mirrors, name, at);
    if (value.open === undefined && !value.cls) return known(undefined, at);
    return unknown(value.open ?? "a computed key", at);
  }
  if (value.t === "unknown") return unknownPart(value, name, at);
  if (
    value.t === "const" &&
    typeof value.value === "string" &&
    (scope.language === "python" ? /^-?\d+$/ : /^\d+$/).test(name)
  )
    return known(value.value.at(Number(name)), at);
  return getMember(run, scope, value, name, at);
}

/** A member of something unknown; the same member is the same value, so that a way decides about it once. */
function unknownPart(value: UnknownValue, name: string, at: Span): AbstractValue {
  const parts = (value.parts ??= new Map<string, AbstractValue>());
  let part = parts.get(name);
  if (!part)
    parts.set(
      name,
      (part = unknown(value.because, at, {
        ...taintOf(value),
        name,
        ...(value.born === undefined ? {} : { born: value.born }),
      })),
    );
  return part;
}

function elementOf(
  run: Evaluation,
  scope: Scope,
  value: ArrayValue,
  key: AbstractValue,
  at: Span,
): AbstractValue {
  if (key.t !== "const" || typeof key.value !== "number") {
    return value.open === undefined && value.items.length > 0
      ? oneOf(
          value.items.map((item) => (item.t === "maybe" ? item.of : item)),
          at,
        )
      : unknown("an element that cannot be known", at);
  }
  const index = key.value < 0 ? value.items.length + key.value : key.value;
  const item = value.items[index];
  if (index === 0 && item?.t === "maybe") return firstOf(run, scope, value, at);
  if (value.items.slice(0, index + 1).some((before) => before.t === "maybe"))
    return unknown("a list of unknown length", at);
  return item ?? (value.open === undefined ? known(undefined, at) : unknown(value.open, at));
}

/** `of.name = value` */
export function setMemberOf(
  run: Evaluation,
  of: AbstractValue,
  name: string,
  value: AbstractValue,
  nameAt: Span,
  entry: Span,
): void {
  const setter = of.t === "object" && of.cls ? findSetter(of.cls, name) : undefined;
  if (setter) {
    const { fn, owner } = setter;
    const args = {
      positional: [value],
      named: new Map(),
      construct: false,
      at: entry,
      calleeAt: nameAt,
    };
    callFunction(run, { t: "function", fn, scope: owner.scope, self: of, owner, at: entry }, args);
  } else if (of.t === "object") {
    setProperty(run.heap, of.props, name, { value, name: nameAt, entry });
    if (of.base && !of.cls)
      run.events.push({
        k: "set",
        of: of.base,
        name,
        value,
        at: nameAt,
        conditional: run.conditional > 0,
      });
  } else if (of.t === "class")
    setProperty(run.heap, of.statics.props, name, { value, name: nameAt, entry });
  else if (of.t === "function") run.heap.withMembers.add(of.fn);
  else if (of.t === "extern") {
    const key = run.domain.naming.memberName(of, name);
    setMember(run.heap, of.members, key, value);
    run.events.push({
      k: "set",
      of,
      name: key,
      value,
      at: nameAt,
      conditional: run.conditional > 0,
    });
  } else if (of.t === "oneOf")
    for (const branch of of.of)
      weaken(run, branch, `\`${name}\` was set on one of several objects`);
}

/** `of[key] = value` */
export function setIndex(
  run: Evaluation,
  of: AbstractValue,
  key: AbstractValue,
  value: AbstractValue,
  keyAt: Span,
  entry: Span,
): void {
  const name = keyOf(key);
  if (of.t === "object" && isAnyName(key) && belongTogether(key, value)) {
    of.mirrors = headersOf(key);
    return;
  }
  if (of.t === "object" && name !== undefined) {
    const old = of.props.get(name);
    setProperty(run.heap, of.props, name, {
      value,
      name: old && value === old.value ? old.name : keyAt,
      entry,
    });
  } else if (of.t === "array" && key.t === "const" && typeof key.value === "number") {
    const items = [...of.items];
    if (key.value >= 0 && key.value <= items.length) items[key.value] = value;
    setItems(run.heap, of, items);
  } else if (of.t === "extern" && name !== undefined)
    setMemberOf(run, of, name, value, keyAt, entry);
  else weaken(run, of, "a computed key");
}

/** Something unseen may have changed the object. */
export function weaken(run: Evaluation, value: AbstractValue, because: string): void {
  if (value.t === "object") setOpen(run.heap, value, because);
  else if (value.t === "array") setItems(run.heap, value, value.items, because);
  else if (value.t === "oneOf") for (const branch of value.of) weaken(run, branch, because);
}
