/** `try`, and which handler gets what is thrown. */
import type { CatchClause, Stmt } from "../../ir/facts";
import { branches } from "../core/branches";
import { evaluate } from "./expressions";
import { commit, setVar } from "../core/heap";
import { bind } from "./patterns";
import { innerScope, spanOf } from "../core/state";
import { Thrown } from "../core/signals";
import type { Evaluation } from "../core/state";
import { caught, done, goesOn, joined, runBlock, runInner } from "./statements";
import type { Completion } from "./statements";
import { unknown } from "../core/values";
import type { Scope, AbstractValue } from "../core/values";

type Try = Extract<Stmt, { k: "try" }>;

export function runTry(run: Evaluation, scope: Scope, stmt: Try): Completion {
  let completion: Completion;
  try {
    completion = run.explorer ? oneWay(run, scope, stmt) : bothWays(run, scope, stmt);
  } catch (error) {
    if (error instanceof Thrown && stmt.finally.length > 0) {
      const last = runInner(run, scope, stmt.finally);
      if (!last.falls) return last;
    }
    throw error;
  }
  const last = runInner(run, scope, stmt.finally);
  // A `finally` that leaves takes the place of whatever the body or a handler did.
  return last.falls ? completion : last;
}

function oneWay(run: Evaluation, scope: Scope, stmt: Try): Completion {
  const oracle = run.explorer;
  const depth = oracle?.tries.length ?? 0;
  let completion: Completion;
  try {
    if (oracle && stmt.handlers.length > 0) oracle.tries = [...oracle.tries, { depth: run.depth }];
    completion = runInner(run, scope, stmt.body);
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    if (oracle) oracle.tries = oracle.tries.slice(0, depth);
    if (error.past !== undefined && run.depth >= error.past) throw error;
    return handle(run, scope, stmt, error);
  }
  if (oracle) oracle.tries = oracle.tries.slice(0, depth);
  return completion.falls ? sequence(completion, runInner(run, scope, stmt.else)) : completion;
}

function sequence(first: Completion, second: Completion): Completion {
  const { leaves, jumps, returned } = first;
  return {
    ...second,
    returned: [...returned, ...second.returned],
    ...(second.falls && leaves ? { leaves } : {}),
    ...(second.falls && jumps ? { jumps } : {}),
  };
}

/** The handler that gets the exception; on a way where that is open, each in turn. */
function handle(run: Evaluation, scope: Scope, stmt: Try, thrown: Thrown): Completion {
  const oracle = run.explorer;
  for (const handler of stmt.handlers) {
    const fits = fit(run, scope, handler, thrown);
    if (fits === false) continue;
    if (fits === undefined && oracle && oracle.fork(2) === 1) continue;
    oracle?.caught();
    return runHandler(run, scope, handler, thrown);
  }
  throw thrown;
}

function runHandler(
  run: Evaluation,
  scope: Scope,
  handler: CatchClause,
  thrown: Thrown,
): Completion {
  const inner = innerScope(scope);
  setVar(run.heap, inner, caught, thrown.value);
  if (handler.target) bind(run, inner, handler.target, thrown.value, thrown.at);
  return runBlock(run, inner, handler.body);
}

/** Whether a handler's classes include the exception's. */
function fit(
  run: Evaluation,
  scope: Scope,
  handler: CatchClause,
  thrown: Thrown,
): boolean | undefined {
  if (!handler.types) return true;
  let open = false;
  for (const type of handler.types) {
    const cls = evaluate(run, scope, type);
    const side = isA(thrown.value, cls);
    if (side === true) return true;
    if (side === undefined) open = true;
  }
  return open ? undefined : false;
}

function isA(value: AbstractValue, type: AbstractValue): boolean | undefined {
  if (type.t === "extern" && /^global:(Exception|BaseException)$/.test(type.path)) return true;
  if (value.t === "object" && value.cls) {
    for (
      let c: AbstractValue | undefined = value.cls;
      c;
      c = c.t === "class" ? c.base : undefined
    ) {
      if (c.t === "class" && type.t === "class" && c.cls === type.cls) return true;
      if (c.t === "extern")
        return type.t === "extern" ? (c.path === type.path ? true : undefined) : false;
      if (c.t !== "class") return undefined;
    }
    return false;
  }
  if (value.t === "extern" && value.made.by === "call") {
    const callee = value.made.callee.path;
    if (type.t === "extern") return callee === type.path ? true : undefined;
    return type.t === "class" ? false : undefined;
  }
  return undefined;
}

/** Without a way to follow: the body, or any handler. */
function bothWays(run: Evaluation, scope: Scope, stmt: Try): Completion {
  if (stmt.handlers.length === 0) return sequence(done, runInner(run, scope, stmt.body));
  const at = spanOf(scope, stmt.at);
  const error = new Thrown(unknown("an exception", at), at, true);
  const { speculation: trial } = run;
  const before = trial?.thrown.length ?? 0;
  let own: unknown;
  const body = (): Completion => {
    try {
      const completion = runInner(run, scope, stmt.body);
      return completion.falls ? sequence(completion, runInner(run, scope, stmt.else)) : completion;
    } catch (caughtHere) {
      own = caughtHere;
      throw caughtHere;
    } finally {
      if (trial) trial.thrown.length = before;
    }
  };
  const handlers = stmt.handlers.map((handler) => (): Completion => {
    // What a body that throws for certain had written by then is there for the handler.
    if (own instanceof Thrown && own.writes) commit(run.heap, own.writes);
    return runHandler(run, scope, handler, error);
  });
  const completions = branches(run, [body, ...handlers], at, goesOn);
  // What the body threw was caught; what a handler threw was not.
  const given = trial?.thrown.findIndex((one) => one === own) ?? -1;
  if (given >= 0) trial?.thrown.splice(given, 1);
  return joined(completions);
}
