/** Calls: of the application's functions and classes, of what the evaluator provides, and of libraries. */
import { mayStop } from "./absence";
import type { Expr, FunctionFacts } from "../../ir/facts";
import type { Span } from "../../ir/span";
import { branches } from "../core/branches";
import { taintOf } from "../core/constraints";
import { forwardingPromise, pending, promiseCatch, returningUnawaited } from "../builtins/promises";
import { construct, constructBase } from "./classes";
import { externCall, externMember, isTooLong } from "../modules/externs";
import { evaluate, evaluateArgs, importExpression } from "./expressions";
import { findMethod, getMember } from "./members";
import { isTestable } from "../core/state-text";
import { callIfIrrelevant, isRelevant, joinIfIrrelevant } from "../core/speculation";
import { bind } from "./patterns";
import { runBlock } from "./statements";
import { spanOf, step } from "../core/state";
import { Thrown } from "../core/signals";
import type { Evaluation } from "../core/state";
import { Bindings, array, known, object, oneOf, unknown } from "../core/values";
import type {
  CallArgs,
  CallPlaces,
  ClassValue,
  ExternValue,
  FunctionValue,
  Scope,
  AbstractValue,
} from "../core/values";
import { callUnseen, mayPromise, predicate, afterUnseen } from "./unseen";

type CallExpr = Extract<Expr, { k: "call" }>;

export function call(run: Evaluation, scope: Scope, expr: CallExpr): AbstractValue {
  const callee = expr.callee;
  const at = spanOf(scope, expr.at);
  const calleeAt = spanOf(scope, callee.k === "member" ? callee.nameAt : callee.at);
  const returnedUnawaited = run.returnedUnawaited.has(expr);
  const places = {
    at,
    calleeAt,
    construct: expr.new === true || scope.language === "python",
    ...(returnedUnawaited ? { returnedUnawaited } : {}),
  };
  if (callee.k === "super" || (callee.k === "member" && callee.of.k === "super")) {
    return superCall(run, scope, expr, places);
  }
  if (callee.k === "name" && (callee.name === "require" || callee.name === "import")) {
    const [specifier] = expr.args;
    const how = { at, required: callee.name === "require" };
    if (specifier) return importExpression(run, scope, evaluate(run, scope, specifier.value), how);
  }
  if (callee.k === "member" && callee.name === "catch" && scope.language === "typescript") {
    return promiseCatch(run, scope, expr, callee.of, places);
  }
  if (returnedUnawaited && callee.k === "member" && /^(then|finally)$/.test(callee.name)) {
    return returningUnawaited(run, () => callWith(run, scope, expr, places));
  }
  return callWith(run, scope, expr, places);
}

function callWith(
  run: Evaluation,
  scope: Scope,
  expr: CallExpr,
  places: CallPlaces,
): AbstractValue {
  const { callee } = expr;
  const { at, calleeAt } = places;
  const receiver = callee.k === "member" ? evaluate(run, scope, callee.of) : undefined;
  const isShort = (callee.k === "member" && callee.optional) || expr.optional;
  if (isShort && receiver?.t === "const" && (receiver.value ?? undefined) === undefined)
    return known(undefined, at);
  if (callee.k === "member" && receiver && !callee.optional)
    mayStop(run, scope, receiver, calleeAt);
  const target =
    callee.k === "member" && receiver
      ? getMember(run, scope, receiver, callee.name, calleeAt)
      : evaluate(run, scope, callee);
  const args = evaluateArgs(run, scope, expr.args, places);
  return callValue(run, scope, target, args);
}

/** Calls a value; `new` and Python's construction included. */
export function callValue(
  run: Evaluation,
  scope: Scope,
  target: AbstractValue,
  args: CallArgs,
): AbstractValue {
  run.callSites.push(args.at);
  try {
    switch (target.t) {
      case "function":
        return callFunction(run, target, args);
      case "class":
        return construct(run, target, args);
      case "native":
        return target.call(args);
      case "extern":
        return callExtern(run, scope, target, args);
      case "oneOf":
        return callOneOf(run, scope, target.of, args);
      case "object": {
        const member = target.cls ? findMethod(target.cls, "__call__") : undefined;
        if (member) {
          const { fn, owner } = member;
          return callFunction(
            run,
            { t: "function", fn, scope: owner.scope, self: target, owner, at: target.at },
            args,
          );
        }
        return callUnseen(run, scope, args, "a call of an object");
      }
      default:
        return callUnseen(
          run,
          scope,
          args,
          target.t === "unknown" ? target.because : "a call that cannot be seen",
          target,
        );
    }
  } finally {
    run.callSites.pop();
  }
}

function callOneOf(
  run: Evaluation,
  scope: Scope,
  targets: readonly AbstractValue[],
  args: CallArgs,
): AbstractValue {
  const callable = targets.filter((target) => target.t !== "const");
  if (run.explorer) {
    const joined =
      callable.length > 1
        ? joinIfIrrelevant(
            run,
            unknown("which function it is", args.at),
            callable.map((target) => () => callValue(run, scope, target, args)),
            args.at,
            (value) => !isRelevant(value, run.domain.relevance) && !isTestable(value),
          )
        : undefined;
    if (joined) return oneOf(joined, args.at);
    const chosen = callable[callable.length > 1 ? run.explorer.fork(callable.length) : 0];
    return chosen ? callValue(run, scope, chosen, args) : unknown("a call of nothing", args.at);
  }
  // `pages.push(x)`, where `pages` is one of two lists: whichever it is, it has the element.
  if (callable.some((target) => target.t === "native" && adding.has(target.name)))
    return oneOf(
      callable.map((target) => callValue(run, scope, target, args)),
      args.at,
    );
  const results = branches(
    run,
    callable.map((target) => () => callValue(run, scope, target, args)),
    args.at,
  );
  return oneOf(results, args.at);
}

/** Methods that add elements to a list. */
const adding: ReadonlySet<string> = new Set(["push", "unshift", "append", "add", "extend"]);

function callExtern(
  run: Evaluation,
  scope: Scope,
  target: ExternValue,
  args: CallArgs,
): AbstractValue {
  const provided = run.domain.library.call(run, target, args);
  if (provided) return /^global:Promise\b/.test(target.path) ? pending(run, provided) : provided;
  if (isTooLong(target)) return callUnseen(run, scope, args, "a long chain of calls");
  const made = externCall(run, target, args, scope.language);
  const value = mayPromise(scope, args) ? pending(run, made) : made;
  const results = afterUnseen(run, scope, args, !run.domain.isQuiet(target.path));
  const taint = taintOf(...results);
  if (!taint.tainted) return value;
  // What a function said of the request that unseen code called decides the result.
  return predicate(results, `\`${target.path}\``, args.at, taint);
}

const maxDepth = 48;
const maxRecursion = 2;

export function callFunction(
  run: Evaluation,
  target: FunctionValue,
  args: CallArgs,
): AbstractValue {
  const isPromise = target.fn.async && target.scope.language === "typescript";
  const settle = (): AbstractValue => followFunction(run, target, args);
  if (!isPromise) return args.returnedUnawaited ? forwardingPromise(run, settle) : settle();
  return pending(run, args.returnedUnawaited ? returningUnawaited(run, settle) : settle());
}

function followFunction(run: Evaluation, target: FunctionValue, args: CallArgs): AbstractValue {
  const enter = (): AbstractValue => enterFunction(run, target, args);
  // The handler itself is followed; what it calls is, as far as the answer hangs on it.
  const tried =
    run.explorer && run.depth > 0 ? callIfIrrelevant(run, target.fn, enter, args.at) : undefined;
  return tried ?? enter();
}

function enterFunction(run: Evaluation, target: FunctionValue, args: CallArgs): AbstractValue {
  step(run);
  const { fn } = target;
  const active = run.active.get(fn) ?? 0;
  if (active >= maxRecursion || run.depth >= maxDepth) return unknown("recursion", args.at);
  run.called.add(fn);
  if (fn.generator) return unknown("a generator", args.at);
  const scope: Scope = {
    vars: new Bindings(),
    parent: target.scope,
    kind: "function",
    file: target.scope.file,
    language: target.scope.language,
    self: target.self,
    owner: target.owner,
  };
  run.active.set(fn, active + 1);
  run.depth++;
  try {
    bindParams(run, scope, fn, args);
    const result = runBlock(run, scope, fn.body);
    const values = [...result.returned, ...(result.falls ? [known(undefined, args.at)] : [])];
    return values.length > 0 ? oneOf(values, args.at) : unknown("never returns", args.at);
  } finally {
    run.active.set(fn, active);
    run.depth--;
  }
}

function bindParams(run: Evaluation, scope: Scope, fn: FunctionFacts, args: CallArgs): void {
  const taken = new Set<string>();
  let next = 0;
  for (const param of fn.params) {
    const at = spanOf(scope, param.at);
    if (param.rest === "items") {
      bind(run, scope, param.target, array([...args.positional.slice(next)], at, args.open), at);
      next = args.positional.length;
      continue;
    }
    if (param.rest === "named") {
      const rest = object(at);
      for (const [name, slot] of args.named) if (!taken.has(name)) rest.props.set(name, slot);
      if (args.open !== undefined) rest.open = args.open;
      bind(run, scope, param.target, rest, at);
      continue;
    }
    const name = param.target.k === "name" ? param.target.name : undefined;
    const named = name === undefined ? undefined : args.named.get(name)?.value;
    if (name !== undefined) taken.add(name);
    const given = named ?? args.positional[next];
    if (named === undefined) next++;
    bind(run, scope, param.target, given ?? missing(run, scope, param, args, at), at);
    if (given && param.default) bindDefault(run, scope, param, given, at);
  }
}

/** JavaScript's defaults also replace an explicit `undefined`, and may replace an unknown argument. */
function bindDefault(
  run: Evaluation,
  scope: Scope,
  param: FunctionFacts["params"][number],
  given: AbstractValue,
  at: Span,
): void {
  if (scope.language !== "typescript" || !param.default) return;
  if (given.t === "const" && given.value === undefined) {
    bind(run, scope, param.target, evaluate(run, scope, param.default), at);
  }
}

function missing(
  run: Evaluation,
  scope: Scope,
  param: FunctionFacts["params"][number],
  args: CallArgs,
  at: Span,
): AbstractValue {
  if (param.default) {
    const fallback = evaluate(run, scope, param.default);
    return args.open === undefined ? fallback : oneOf([fallback, unknown(args.open, at)], at);
  }
  if (args.open !== undefined) return unknown(args.open, at);
  return scope.language === "python" ? unknown("a missing argument", at) : known(undefined, at);
}

function superCall(
  run: Evaluation,
  scope: Scope,
  expr: CallExpr,
  places: CallPlaces,
): AbstractValue {
  const frame = methodFrame(scope);
  const args = evaluateArgs(run, scope, expr.args, places);
  const self = frame?.self;
  const base = frame?.owner?.base;
  if (expr.callee.k === "super") {
    if (self?.t === "object" && frame?.owner) constructBase(run, frame.owner, self, args);
    return known(undefined, places.at);
  }
  const name = expr.callee.k === "member" ? expr.callee.name : "";
  const method = base?.t === "class" ? findMethod(base, name) : undefined;
  if (method && self) {
    const { fn, owner } = method;
    return callFunction(
      run,
      { t: "function", fn, scope: owner.scope, self, owner, at: places.at },
      args,
    );
  }
  if (self?.t === "object" && self.base) {
    return callValue(run, scope, externMember(run, self.base, name, places.calleeAt), args);
  }
  return callUnseen(run, scope, args, `a method of an unseen base class`);
}

/** The innermost function that is a method. */
function methodFrame(scope: Scope): { self: AbstractValue; owner: ClassValue } | undefined {
  for (let s: Scope | undefined = scope; s; s = s.parent)
    if (s.self && s.owner) return { self: s.self, owner: s.owner };
  return undefined;
}

/** Calls with arguments that nobody knows: how code that nothing calls is still read. */
export function callWithUnknownArgs(
  run: Evaluation,
  target: FunctionValue | ClassValue,
  because: string,
): AbstractValue {
  const params = target.t === "function" ? target.fn.params : (constructorOf(target)?.params ?? []);
  const scope = target.scope;
  const positional: AbstractValue[] = [];
  for (const param of params) {
    if (param.rest) continue;
    const at = spanOf(scope, param.at);
    positional.push(unknown(because, at));
  }
  const args: CallArgs = {
    positional,
    named: new Map(),
    ...(params.some((param) => param.rest) ? { open: because } : {}),
    construct: target.t === "class",
    at: target.at,
    calleeAt: target.at,
  };
  try {
    return target.t === "function" ? callFunction(run, target, args) : construct(run, target, args);
  } catch (error) {
    if (error instanceof Thrown) return unknown("it throws", target.at);
    throw error;
  }
}

function constructorOf(cls: ClassValue): FunctionFacts | undefined {
  for (let c: AbstractValue | undefined = cls; c?.t === "class"; c = c.base) {
    const found = c.cls.methods.find((method) => method.kind === "constructor");
    if (found) return found;
  }
  return undefined;
}
