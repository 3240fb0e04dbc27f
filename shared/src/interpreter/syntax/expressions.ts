/** Expressions to values. */
import { mayStop } from "./absence";
import { belongTogether, headersOf, isAnyName } from "../core/header-names";
import type { Arg, Expr } from "../../ir/facts";
import type { Span } from "../../ir/span";
import { call } from "./calls";
import { makeClass } from "./classes";
import { truthOf, negated } from "../core/constraints";
import { binary } from "./operators";
import { setOpen } from "../core/heap";
import { either } from "../core/branches";
import { arrayLiteral, keyOf, objectLiteral, spreadInto, spreadProps } from "./literals";
import { getIndex, getMember } from "./members";
import { assign, bind } from "./patterns";
import { awaited } from "../builtins/promises";
import { elementsOf } from "../core/elements";
import { globalName } from "../builtins/globals";
import { loadModule, namespaceOf } from "../modules/modules";
import { evaluateGiven } from "./narrowing";
import { spanOf, step } from "../core/state";
import type { Evaluation } from "../core/state";
import { template } from "./texts";
import { Bindings, array, known, object, oneOf, unknown } from "../core/values";
import type {
  CallArgs,
  CallPlaces,
  FunctionValue,
  Scope,
  Property,
  AbstractValue,
} from "../core/values";
import { logical, nullness } from "./logic";

export function evaluate(run: Evaluation, scope: Scope, expr: Expr): AbstractValue {
  step(run);
  const at = spanOf(scope, expr.at);
  switch (expr.k) {
    case "lit":
      return known(expr.value, at);
    case "undefined":
      return known(undefined, at);
    case "template":
      return template(
        run,
        expr.parts.map((part) => evaluate(run, scope, part)),
        at,
      );
    case "regex":
      return { t: "regex", pattern: expr.pattern, flags: expr.flags, at };
    case "array":
      return arrayLiteral(run, scope, expr, at);
    case "object":
      return objectLiteral(run, scope, expr.entries, at);
    case "name":
      return lookup(run, scope, expr.name, at);
    case "this":
      return selfOf(scope) ?? unknown("`this` outside a class", at);
    case "super":
      return unknown("`super` as a value", at);
    case "member": {
      const of = evaluate(run, scope, expr.of);
      if (!expr.optional) mayStop(run, scope, of, at);
      const part = getMember(run, scope, of, expr.name, at);
      // `a?.b` goes on where `a.b` would have stopped.
      const absent = expr.optional && of.t === "oneOf" && of.of.some((one) => nullness(one));
      return absent ? oneOf([part, known(undefined, at)], at) : part;
    }
    case "index":
      return getIndex(
        run,
        scope,
        evaluate(run, scope, expr.of),
        evaluate(run, scope, expr.key),
        at,
      );
    case "call":
      return call(run, scope, expr);
    case "function": {
      const made: FunctionValue = { t: "function", fn: expr.fn, scope, at };
      run.hooks.makesFunction?.(made);
      return made;
    }
    case "class":
      return makeClass(run, scope, expr.cls);
    case "await":
      return awaited(run, evaluate(run, scope, expr.of));
    case "assign":
      return assignment(run, scope, expr, at);
    case "comprehension":
      return comprehension(run, scope, expr, at);
    case "unknown":
      for (const part of expr.parts ?? []) evaluate(run, scope, part);
      return unknown(expr.because, at);
    default:
      return operation(run, scope, expr, at);
  }
}

type Operation = Extract<
  Expr,
  { k: "binary" | "logical" | "not" | "negate" | "typeof" | "conditional" }
>;

function operation(run: Evaluation, scope: Scope, expr: Operation, at: Span): AbstractValue {
  switch (expr.k) {
    case "binary":
      return binary(
        run,
        scope,
        expr.op,
        evaluate(run, scope, expr.left),
        evaluate(run, scope, expr.right),
        at,
      );
    case "logical": {
      const left = evaluate(run, scope, expr.left);
      // `process.env.ORIGINS ?? ""`: the empty text in place of something unknown tells nothing more.
      const empty = expr.op !== "and" && expr.right.k === "lit" && expr.right.value === "";
      if (empty && left.t === "unknown" && !left.about) return left;
      const side = expr.op === "nullish" ? undefined : expr.op === "and";
      const right = () => evaluateGiven(run, scope, expr.left, side, expr.right);
      return logical(run, scope, expr.op, left, right, at);
    }
    case "not": {
      const value = evaluate(run, scope, expr.of);
      const side = truthOf(run, scope, value);
      return side === undefined ? negated(value, at) : known(!side, at);
    }
    case "negate": {
      const value = evaluate(run, scope, expr.of);
      return value.t === "const" && typeof value.value === "number"
        ? known(-value.value, at)
        : unknown("arithmetic", at);
    }
    case "typeof": {
      const value = evaluate(run, scope, expr.of);
      return typeName(value) === undefined
        ? unknown("a type test", at)
        : known(typeName(value), at);
    }
    case "conditional": {
      const test = evaluate(run, scope, expr.test);
      return either(
        run,
        scope,
        test,
        () => evaluateGiven(run, scope, expr.test, true, expr.then),
        () => evaluateGiven(run, scope, expr.test, false, expr.else),
        at,
      );
    }
  }
}

function typeName(value: AbstractValue): string | undefined {
  if (value.t === "const") return value.value === null ? "object" : typeof value.value;
  if (value.t === "array" || value.t === "object") return "object";
  if (value.t === "function" || value.t === "class" || value.t === "native") return "function";
  return undefined;
}

/** The value of a name: a variable, an import, or what the language provides. */
export function lookup(run: Evaluation, scope: Scope, name: string, at: Span): AbstractValue {
  for (let s: Scope | undefined = scope; s; s = s.parent) {
    const value = s.vars.get(name);
    if (value) return value;
  }
  return globalName(run, scope, name, at);
}

/** The variable's scope, for assignment. */
export function scopeOf(scope: Scope, name: string): Scope | undefined {
  for (let s: Scope | undefined = scope; s; s = s.parent) if (s.vars.has(name)) return s;
  return undefined;
}

export function selfOf(scope: Scope): AbstractValue | undefined {
  for (let s: Scope | undefined = scope; s; s = s.parent) if (s.self) return s.self;
  return undefined;
}

function assignment(
  run: Evaluation,
  scope: Scope,
  expr: Extract<Expr, { k: "assign" }>,
  at: Span,
): AbstractValue {
  if (expr.op === undefined) {
    const value = evaluate(run, scope, expr.value);
    assign(run, scope, expr.target, value, at);
    return value;
  }
  const old = readPattern(run, scope, expr.target, at);
  const op = expr.op;
  let value: AbstractValue;
  if (op === "and" || op === "or" || op === "nullish") {
    value = logical(run, scope, op, old, () => evaluate(run, scope, expr.value), at);
  } else {
    const right = evaluate(run, scope, expr.value);
    if ((op === "+" || op === "|") && extendInPlace(run, scope, old, right, at)) return old;
    value = binary(run, scope, op, old, right, at);
  }
  assign(run, scope, expr.target, value, at);
  return value;
}

/** Python's `xs += ys` and `d |= e` change the object. */
function extendInPlace(
  run: Evaluation,
  scope: Scope,
  old: AbstractValue,
  right: AbstractValue,
  at: Span,
): boolean {
  if (scope.language !== "python") return false;
  if (old.t === "array") {
    spreadInto(run, old, right);
    return true;
  }
  if (old.t !== "object") return false;
  spreadProps(run, old, right, at);
  return true;
}

function readPattern(
  run: Evaluation,
  scope: Scope,
  target: Extract<Expr, { k: "assign" }>["target"],
  at: Span,
): AbstractValue {
  if (target.k === "name") return lookup(run, scope, target.name, at);
  if (target.k === "place") return evaluate(run, scope, target.place);
  return unknown("a compound assignment", at);
}

function comprehension(
  run: Evaluation,
  scope: Scope,
  expr: Extract<Expr, { k: "comprehension" }>,
  at: Span,
): AbstractValue {
  const items = array([], at);
  const record = object(at);
  const inner: Scope = {
    vars: new Bindings(),
    parent: scope,
    kind: "block",
    file: scope.file,
    language: scope.language,
  };
  const loop = (depth: number, maybe: boolean, test: AbstractValue | undefined): void => {
    const level = expr.loops[depth];
    if (!level) return add(maybe, test);
    const { items: values, open } = elementsOf(evaluate(run, inner, level.iterable));
    if (open !== undefined) setOpen(run.heap, expr.into === "array" ? items : record, open);
    const unseen: AbstractValue[] =
      open === undefined || values.length > 0 || !run.explorer
        ? []
        : [{ t: "maybe", of: unknown(open, at), at }];
    for (const value of [...values, ...unseen]) {
      bind(run, inner, level.target, value.t === "maybe" ? value.of : value, at);
      const conditions = level.conditions.map((condition) => evaluate(run, inner, condition));
      const undecided = conditions.filter(
        (condition) => truthOf(run, inner, condition) === undefined,
      );
      if (conditions.some((condition) => truthOf(run, inner, condition) === false)) continue;
      loop(depth + 1, maybe || value.t === "maybe" || undecided.length > 0, test ?? undecided[0]);
    }
  };
  const add = (maybe: boolean, test: AbstractValue | undefined): void => {
    const value = evaluate(run, inner, expr.element);
    if (expr.into === "array") {
      items.items.push(
        maybe ? { t: "maybe", of: value, ...(test ? { test } : {}), at: value.at } : value,
      );
      return;
    }
    const named = expr.key && evaluate(run, inner, expr.key);
    const key = named && keyOf(named);
    if (isAnyName(named) && belongTogether(named, value)) record.mirrors = headersOf(named);
    else if (key === undefined) setOpen(run.heap, record, "a computed key");
    else
      record.props.set(key, {
        value,
        name: value.at,
        entry: value.at,
        ...(maybe ? { maybe: true } : {}),
      });
  };
  loop(0, false, undefined);
  return expr.into === "array" ? items : record;
}

/** The arguments of a call, evaluated in order. */
export function evaluateArgs(
  run: Evaluation,
  scope: Scope,
  args: readonly Arg[],
  places: CallPlaces,
): CallArgs {
  const positional: AbstractValue[] = [];
  const named = new Map<string, Property>();
  let open: string | undefined;
  for (const arg of args) {
    const value = evaluate(run, scope, arg.value);
    const entry = spanOf(scope, arg.at);
    if (arg.spread === "items") {
      const elements = elementsOf(value);
      positional.push(...elements.items);
      open ??= elements.open;
    } else if (arg.spread === "named") {
      const extra = object(value.at);
      spreadProps(run, extra, value);
      for (const [key, slot] of extra.props) named.set(key, slot);
      open ??= extra.open;
    } else if (arg.name !== undefined) {
      named.set(arg.name, {
        value,
        name: arg.nameAt ? spanOf(scope, arg.nameAt) : entry,
        entry,
        written: spanOf(scope, arg.value.at),
      });
    } else positional.push(value);
  }
  return { positional, named, ...places, ...(open === undefined ? {} : { open }) };
}

/** `import("./x")` and `require("./x")` as expressions: the latter gives what a module put in the place of its exports. */
export function importExpression(
  run: Evaluation,
  scope: Scope,
  specifier: AbstractValue,
  { at, required }: { readonly at: Span; readonly required: boolean },
): AbstractValue {
  if (specifier.t !== "const" || typeof specifier.value !== "string")
    return unknown("a computed import", at);
  const module = loadModule(run, scope, specifier.value, at);
  return required ? namespaceOf(run, module) : module;
}
