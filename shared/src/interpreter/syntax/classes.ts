/** The application's classes: definition and construction. */
import type { ClassFacts } from "../../ir/facts";
import { callFunction } from "./calls";
import { evaluate } from "./expressions";
import { externCall } from "../modules/externs";
import { holding, setOpen, setProperty } from "../core/heap";
import { spreadProps } from "./literals";
import { spanOf } from "../core/state";
import type { Evaluation } from "../core/state";
import { Bindings, known, object, unknown } from "../core/values";
import type { CallArgs, ClassValue, ObjectValue, Scope, AbstractValue } from "../core/values";

export function makeClass(run: Evaluation, scope: Scope, cls: ClassFacts): ClassValue {
  const at = spanOf(scope, cls.nameAt ?? cls.at);
  const bases = [cls.extends ?? [], cls.otherBases ?? []].flat();
  const base = bases
    .map((each) => evaluate(run, scope, each))
    .reduceRight<AbstractValue | undefined>(
      (next, own) => (next ? followedBy(own, next) : own),
      undefined,
    );
  const statics = object(at);
  const value: ClassValue = { t: "class", cls, scope, statics, at, ...(base ? { base } : {}) };
  const inner: Scope = {
    vars: new Bindings(),
    parent: scope,
    kind: "block",
    file: scope.file,
    language: scope.language,
    self: value,
    owner: value,
  };
  if (cls.name !== undefined) inner.vars.set(cls.name, value);
  for (const field of cls.fields) {
    if (!field.static) continue;
    const place = spanOf(scope, field.at);
    const initial = field.value ? evaluate(run, inner, field.value) : undefined;
    if (!initial) continue;
    statics.props.set(field.name, { value: initial, name: place, entry: place });
    if (scope.language === "python") inner.vars.set(field.name, initial);
  }
  return value;
}

/**
 * Python's order of bases as one chain: the first base with its own bases, then the next. Classes that only mark
 * (`ABC`, `Generic`) stand for the next.
 */
function followedBy(base: AbstractValue, next: AbstractValue): AbstractValue {
  if (base.t === "class") {
    return { ...base, base: base.base ? followedBy(base.base, next) : next };
  }
  const isMark = base.t === "extern" && /^(py:(abc|typing)\b|global:object$)/.test(base.path);
  return isMark ? next : base;
}

export function construct(run: Evaluation, cls: ClassValue, args: CallArgs): AbstractValue {
  for (let part: AbstractValue | undefined = cls; part?.t === "class"; part = part.base)
    run.constructed.add(part.cls);
  const self: ObjectValue = { t: "object", props: new Bindings(), cls, at: args.calleeAt };
  holding(run.heap, () => {
    initialize(run, cls, self, args);
  });
  return self;
}

/** Runs the constructor of a class (or of its nearest base that has one) on an instance. */
function initialize(run: Evaluation, cls: ClassValue, self: ObjectValue, args: CallArgs): void {
  const ctor = cls.cls.methods.find((method) => method.kind === "constructor");
  if (!ctor) {
    if (cls.base) constructBase(run, cls, self, args);
    else {
      initFields(run, cls, self);
      if (isRecord(cls)) initRecord(run, cls, self, args);
    }
    return;
  }
  if (!cls.base || cls.scope.language === "python") initFields(run, cls, self);
  callFunction(
    run,
    { t: "function", fn: ctor, scope: cls.scope, self, owner: cls, at: cls.at },
    args,
  );
}

/** `super(…)`: constructs the base part of an instance, then its own fields. */
export function constructBase(
  run: Evaluation,
  cls: ClassValue,
  self: ObjectValue,
  args: CallArgs,
): void {
  const base = cls.base;
  if (base?.t === "class") initialize(run, base, self, args);
  else if (base?.t === "extern") {
    if (base.path === "global:dict") initDict(run, self, args);
    else if (isRecord(cls)) initRecord(run, cls, self, args);
    else if (!/Error|Exception|Enum|Protocol|ABC\b/.test(base.path)) {
      const made = externCall(run, base, args, cls.scope.language);
      made.instance = self;
      self.base = made;
    } else initError(run, self, args);
  } else if (base) setOpen(run.heap, self, "its base class cannot be seen");
  if (cls.scope.language === "typescript") initFields(run, cls, self);
}

/** A subclass of `dict` holds what its constructor is given. */
function initDict(run: Evaluation, self: ObjectValue, args: CallArgs): void {
  for (const source of args.positional) spreadProps(run, self, source, args.at);
  for (const [key, slot] of args.named) setProperty(run.heap, self.props, key, slot);
  if (args.open !== undefined) setOpen(run.heap, self, args.open);
}

function initError(run: Evaluation, self: ObjectValue, args: CallArgs): void {
  const message = args.positional[0];
  if (message)
    setProperty(run.heap, self.props, "message", {
      value: message,
      name: message.at,
      entry: message.at,
    });
}

function initFields(run: Evaluation, cls: ClassValue, self: ObjectValue): void {
  const scope: Scope = {
    vars: new Bindings(),
    parent: cls.scope,
    kind: "function",
    file: cls.scope.file,
    language: cls.scope.language,
    self,
    owner: cls,
  };
  for (const field of cls.cls.fields) {
    if (field.static || !field.value) continue;
    const at = spanOf(cls.scope, field.at);
    const value = evaluate(run, scope, field.value);
    setProperty(run.heap, self.props, field.name, { value, name: at, entry: at });
    if (value.t === "extern" && value.made.by === "call") value.name ??= `this.${field.name}`;
  }
}

/** Python's dataclasses, named tuples and pydantic models take their fields as arguments. */
function isRecord(cls: ClassValue): boolean {
  if (cls.scope.language !== "python") return false;
  const base = cls.base?.t === "extern" ? cls.base.path : "";
  const decorated = (cls.cls.decorators ?? []).some((decorator) => {
    const target = decorator.k === "call" ? decorator.callee : decorator;
    return (
      (target.k === "name" && target.name === "dataclass") ||
      (target.k === "member" && target.name === "dataclass")
    );
  });
  return decorated || /NamedTuple|BaseModel|TypedDict/.test(base);
}

function initRecord(run: Evaluation, cls: ClassValue, self: ObjectValue, args: CallArgs): void {
  cls.cls.fields.forEach((field, index) => {
    const at = spanOf(cls.scope, field.at);
    const given = args.named.get(field.name)?.value ?? args.positional[index];
    const value =
      given ??
      (field.value
        ? evaluate(run, cls.scope, field.value)
        : args.open === undefined
          ? known(undefined, at)
          : unknown(args.open, at));
    setProperty(run.heap, self.props, field.name, { value, name: at, entry: at });
  });
}
