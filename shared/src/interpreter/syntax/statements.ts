/** Statements. */
import type { Stmt } from "../../ir/facts";
import { branches } from "../core/branches";
import { callValue } from "./calls";
import { makeClass } from "./classes";
import { truthOf, assumeOrFork } from "../core/constraints";
import { evaluate, scopeOf } from "./expressions";
import { keyOf } from "./literals";
import { deleteProperty, setVar } from "../core/heap";
import { runFor, runWhile } from "./loops";
import { weaken } from "./members";
import { runExport, runImport } from "../modules/modules";
import { explore } from "../core/exploration";
import { joinIfIrrelevant } from "../core/speculation";
import { narrow } from "./narrowing";
import { bind, pythonScope } from "./patterns";
import { returned } from "../builtins/promises";
import { innerScope, spanOf, step } from "../core/state";
import { isExhausted, RelevantEffect, Thrown } from "../core/signals";
import type { Evaluation } from "../core/state";
import { runSwitch } from "./switches";
import { runTry } from "./exceptions";
import { known, unknown } from "../core/values";
import type { FunctionValue, Scope, AbstractValue } from "../core/values";

/** How a statement ended. */
export interface Completion {
  /** Control may go on behind it. */
  readonly falls: boolean;
  /** What some way through it returned. */
  readonly returned: readonly AbstractValue[];
  /** Left by `break` or `continue`, when it does not fall. */
  readonly jump?: "break" | "continue";
  /** It falls, and on another way it left by `break` or `return`. */
  readonly leaves?: true;
  /** It falls, and on another way it left by `break` or `continue`. */
  readonly jumps?: true;
}

export const done: Completion = { falls: true, returned: [] };

/** Runs statements in order; functions are known from the beginning. */
export function runBlock(run: Evaluation, scope: Scope, body: readonly Stmt[]): Completion {
  for (const stmt of body)
    if (stmt.k === "function" && scope.language === "typescript") declareFunction(run, scope, stmt);
  if (run.explorer) {
    return explore(run, run.explorer, {
      count: body.length,
      at: spanOf(scope, body[0]?.at ?? [0, 0]),
      isFunction: scope.kind === "function",
      run: (index) => runStatement(run, scope, body[index] as Stmt),
    });
  }
  const returned: AbstractValue[] = [];
  let leaves = false;
  let jumps = false;
  for (const stmt of body) {
    const completion: Completion =
      returned.length > 0 || (jumps && run.speculation)
        ? restOf(run, scope, stmt)
        : runWithShare(run, scope, stmt);
    returned.push(...completion.returned);
    if (!completion.falls) return { ...completion, returned };
    leaves ||= completion.leaves === true;
    jumps ||= completion.jumps === true;
  }
  return { falls: true, returned, ...(leaves ? { leaves } : {}), ...(jumps ? { jumps } : {}) };
}

/** Steps from which on a statement gets half of those that are left; at the top of a module, and elsewhere. */
const sharedFrom = { module: 20_000, elsewhere: 400_000 } as const;

/**
 * A statement that does too much takes no more than half of what is left with it, so that what stands behind it is still
 * seen: `buildTable();` before a stack does not hide the stack.
 */
function runWithShare(run: Evaluation, scope: Scope, stmt: Stmt): Completion {
  const { steps, maxSteps } = run;
  const isTop = scope.kind === "module";
  const left = maxSteps - steps;
  if (run.explorer || run.speculation || left < (isTop ? sharedFrom.module : sharedFrom.elsewhere))
    return runStatement(run, scope, stmt);
  run.maxSteps = steps + Math.floor(left / 2);
  try {
    return runStatement(run, scope, stmt);
  } catch (error) {
    // A stack that has come to its end has room again where few are active.
    const isOver = error instanceof RangeError ? isTop || run.depth < 2 : isExhausted(error);
    if (!isOver || run.steps > maxSteps) throw error;
    run.gaps.push({ because: "the statement does too much", at: spanOf(scope, stmt.at) });
    return done;
  } finally {
    // Modules that were loaded meanwhile have raised it.
    run.maxSteps += maxSteps - (steps + Math.floor(left / 2));
  }
}

/**
 * A statement that follows where another way has returned or jumped. What throws there is not how the program went on:
 * `if (stage === "dev") return a; if (stage === "prod") return b; throw new Error(stage);`
 */
function restOf(run: Evaluation, scope: Scope, stmt: Stmt): Completion {
  try {
    return runStatement(run, scope, stmt);
  } catch (error) {
    if (!(error instanceof Thrown) || run.explorer) throw error;
    // Whether it throws or has returned makes a difference.
    if (run.speculation) throw new RelevantEffect();
    return { falls: false, returned: [] };
  }
}

/** A block with its own scope (Python has none). */
export function runInner(run: Evaluation, scope: Scope, body: readonly Stmt[]): Completion {
  return runBlock(run, innerScope(scope), body);
}

function runStatement(run: Evaluation, scope: Scope, stmt: Stmt): Completion {
  step(run);
  switch (stmt.k) {
    case "expr":
      nameStatement(evaluate(run, scope, stmt.expr), scope, stmt);
      return done;
    case "let":
      runLet(run, scope, stmt);
      return done;
    case "return":
      return { falls: false, returned: [returnValue(run, scope, stmt)] };
    case "throw": {
      const value = stmt.value ? evaluate(run, scope, stmt.value) : rethrown(scope, stmt);
      throw new Thrown(raised(run, scope, value), spanOf(scope, stmt.at), false);
    }
    case "if":
      return runIf(run, scope, stmt);
    case "for":
      return runFor(run, scope, stmt);
    case "while":
      return runWhile(run, scope, stmt);
    case "switch":
      return runSwitch(run, scope, stmt);
    case "try":
      return runTry(run, scope, stmt);
    case "break":
    case "continue":
      return { falls: false, returned: [], jump: stmt.k };
    case "delete":
      runDelete(run, scope, stmt.place);
      return done;
    case "block":
      return runInner(run, scope, stmt.body);
    default:
      return runDeclaration(run, scope, stmt);
  }
}

type Declaration = Extract<Stmt, { k: "function" | "class" | "import" | "export" | "reexport" }>;

function runDeclaration(run: Evaluation, scope: Scope, stmt: Declaration): Completion {
  switch (stmt.k) {
    case "function":
      if (scope.language === "python" || stmt.fn.decorators) declareFunction(run, scope, stmt);
      return done;
    case "class":
      if (stmt.cls.name !== undefined)
        setVar(run.heap, localScope(scope), stmt.cls.name, makeClass(run, scope, stmt.cls));
      return done;
    case "import":
      runImport(run, scope, stmt);
      return done;
    default:
      runExport(run, scope, stmt);
      return done;
  }
}

function localScope(scope: Scope): Scope {
  return scope.language === "python" ? pythonScope(scope) : scope;
}

function returnValue(
  run: Evaluation,
  scope: Scope,
  stmt: Extract<Stmt, { k: "return" }>,
): AbstractValue {
  if (!stmt.value) return known(undefined, spanOf(scope, stmt.at));
  const value = returned(run, scope, stmt.value);
  run.hooks.returns?.(value, spanOf(scope, stmt.value.at), scope);
  return value;
}

/** Python's `raise NotFound` makes an instance. */
function raised(run: Evaluation, scope: Scope, value: AbstractValue): AbstractValue {
  const isClass = value.t === "class" || (value.t === "extern" && value.made.by !== "call");
  if (scope.language !== "python" || !isClass) return value;
  const { at } = value;
  const args = { positional: [], named: new Map(), construct: true, at, calleeAt: at };
  return callValue(run, scope, value, args);
}

/** Python's bare `raise` throws what the nearest handler caught. */
function rethrown(scope: Scope, stmt: Stmt): AbstractValue {
  for (let s: Scope | undefined = scope; s; s = s.parent) {
    const value = s.vars.get(caught);
    if (value) return value;
  }
  return unknown("an exception", spanOf(scope, stmt.at));
}

/** The variable, no identifier of any language, that holds what a handler caught. */
export const caught = "<caught>";

function nameStatement(value: AbstractValue, scope: Scope, stmt: Stmt): void {
  if (value.t !== "extern" || value.made.by !== "call") return;
  const made = value.made.args.at;
  if (made.file === scope.file && made.start >= stmt.at[0] && made.end <= stmt.at[1]) {
    value.statement ??= spanOf(scope, stmt.at);
  }
}

function runLet(run: Evaluation, scope: Scope, stmt: Extract<Stmt, { k: "let" }>): void {
  const at = spanOf(scope, stmt.at);
  const target = stmt.const ? scope : localScope(scope);
  if (stmt.value) bind(run, target, stmt.target, evaluate(run, scope, stmt.value), at);
  else if (stmt.target.k === "name" && scope.language === "typescript") {
    setVar(run.heap, target, stmt.target.name, known(undefined, at));
  }
}

/** A function with its decorators, which may replace it. */
function declareFunction(
  run: Evaluation,
  scope: Scope,
  stmt: Extract<Stmt, { k: "function" }>,
): void {
  if (stmt.fn.name === undefined) return;
  const at = spanOf(scope, stmt.fn.nameAt ?? stmt.fn.at);
  const plain: FunctionValue = { t: "function", fn: stmt.fn, scope, at };
  run.hooks.makesFunction?.(plain);
  let value: AbstractValue = plain;
  for (const decorator of [...(stmt.fn.decorators ?? [])].reverse()) {
    value = decorate(run, scope, evaluate(run, scope, decorator), value);
  }
  setVar(run.heap, localScope(scope), stmt.fn.name, value);
}

/** What a decorator or a wrapping call makes of a function: the application's own run, libraries' are noted. */
function decorate(
  run: Evaluation,
  scope: Scope,
  decorator: AbstractValue,
  value: AbstractValue,
): AbstractValue {
  if (decorator.t === "extern" && value.t === "function") {
    run.events.push({
      k: "decorate",
      by: decorator,
      target: value,
      conditional: run.conditional > 0,
    });
    return { ...value, wrappers: [decorator, ...(value.wrappers ?? [])] };
  }
  if (decorator.t !== "function" && decorator.t !== "class" && decorator.t !== "object")
    return value;
  const { at } = value;
  const result = callValue(run, scope, decorator, {
    positional: [value],
    named: new Map(),
    construct: false,
    at,
    calleeAt: at,
  });
  return result.t === "unknown" ? value : result;
}

function runIf(run: Evaluation, scope: Scope, stmt: Extract<Stmt, { k: "if" }>): Completion {
  const test = evaluate(run, scope, stmt.test);
  const certain = truthOf(run, scope, test);
  const at = spanOf(scope, stmt.at);
  const taken = (side: boolean): Completion => {
    narrow(run, scope, stmt.test, side);
    return runInner(run, scope, side ? stmt.then : stmt.else);
  };
  const sides = [() => taken(true), () => taken(false)];
  if (certain === undefined && run.explorer) {
    const tried = joinIfIrrelevant(
      run,
      test,
      sides,
      at,
      (end) => end.falls && end.returned.length === 0,
    );
    if (tried) return done;
  }
  const side = certain ?? (run.explorer ? assumeOrFork(run, scope, test) : undefined);
  if (side !== undefined) return taken(side);
  return joined(branches(run, sides, at, goesOn));
}

/** What a `break` leaves behind counts after the loop, as what goes on does. */
export const goesOn = ({ falls, jump }: Completion): boolean => falls || jump !== undefined;

/** The completion of branches of which one was taken. */
export function joined(completions: readonly Completion[]): Completion {
  const returned = completions.flatMap((completion) => completion.returned);
  if (completions.some((completion) => completion.falls)) {
    const leaves = completions.some(({ falls, jump }) => !falls && jump !== "continue");
    const jumps = completions.some((completion) => completion.jump || completion.jumps);
    return {
      falls: true,
      returned,
      ...(leaves ? { leaves } : {}),
      ...(jumps ? { jumps } : {}),
    };
  }
  const jump = completions.find((completion) => completion.jump)?.jump;
  return { falls: false, returned, ...(jump ? { jump } : {}) };
}

function runDelete(
  run: Evaluation,
  scope: Scope,
  place: Extract<Stmt, { k: "delete" }>["place"],
): void {
  if (place.k === "name") {
    const owner = scopeOf(scope, place.name);
    if (owner)
      setVar(run.heap, owner, place.name, unknown("a deleted variable", spanOf(scope, place.at)));
    return;
  }
  if (place.k !== "member" && place.k !== "index") return;
  const of = evaluate(run, scope, place.of);
  const key = place.k === "member" ? place.name : keyOf(evaluate(run, scope, place.key));
  if (of.t === "object" && key !== undefined) deleteProperty(run.heap, of.props, key);
  else weaken(run, of, "a deletion");
}
