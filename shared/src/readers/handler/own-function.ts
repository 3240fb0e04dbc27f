/** Whether the handler's own function answers for all that goes wrong in it. */
import type { FunctionValue, Scope, AbstractValue } from "../../interpreter/core/values";
import type { Expr, Stmt } from "../../ir/facts";
import type { OwnFunction } from "../../model/model";
import type { Range, Span } from "../../ir/span";
import type { HandlerPaths } from "./paths";

/** Decorators of Python's Powertools that pass on what they are given and what they get. */
const observers =
  /^py:aws_lambda_powertools\..*\.(inject_lambda_context|capture_lambda_handler|log_metrics)(\(\))?$/;

/**
 * The function of a module that answers by what it returns, or by its promise; `undefined` where something stands around
 * it, or it answers in another way: by a callback, into a stream, at once although it may return a promise.
 * @param thrown the first place that may throw
 */
export function ownFunction(
  value: AbstractValue,
  file: string,
  { paths, returned }: HandlerPaths,
  thrown: Span | undefined,
): OwnFunction | undefined {
  if (value.t !== "function" || !standsAlone(value, file)) return undefined;
  const { fn, scope } = value;
  if (fn.generator || (scope.language === "typescript") !== (fn.async === true)) return undefined;
  if (paths.some(({ answers }) => answers.some(({ by }) => by !== "return"))) return undefined;
  // A default that throws does so before the body begins.
  const early = thrown?.file === file && fn.params.some(({ at }) => within(at, thrown));
  if (early) return undefined;
  const span = ([start, end]: Range): Span => ({ file, start, end });
  return {
    at: span(fn.at),
    promises: scope.language === "python" ? [] : promisesOf(value, file, returned).map(span),
  };
}

function standsAlone(value: FunctionValue, file: string): boolean {
  const { fn, scope, self, wrappers = [] } = value;
  const watched = wrappers.every(({ path }) => observers.test(path));
  return (
    scope.file === file &&
    scope.kind === "module" &&
    self === undefined &&
    fn.kind === undefined &&
    watched &&
    (fn.decorators ?? []).length === wrappers.length
  );
}

function within([start, end]: Range, place: Span): boolean {
  return start <= place.start && place.end <= end;
}

/** What was seen decides; of a `return` that no way reached, whether it ends in a call that may give a promise. */
function promisesOf(
  { fn, scope }: FunctionValue,
  file: string,
  reached: HandlerPaths["returned"],
): readonly Range[] {
  const seen = new Map<number, boolean>();
  for (const { at, promise } of reached) if (at.file === file) seen.set(at.start, promise);
  return returnsIn(fn.body)
    .filter((value) => seen.get(value.at[0]) ?? mayPromise(value, scope))
    .map(({ at }) => at);
}

/** The values that a function's own `return`s give. */
function returnsIn(body: readonly Stmt[]): readonly Expr[] {
  return body.flatMap((stmt) => {
    if (stmt.k === "return") return stmt.value ?? [];
    return returnsIn(bodiesOf(stmt));
  });
}

function bodiesOf(stmt: Stmt): readonly Stmt[] {
  switch (stmt.k) {
    case "if":
      return [...stmt.then, ...stmt.else];
    case "for":
    case "while":
    case "block":
      return stmt.body;
    case "switch":
      return stmt.cases.flatMap(({ body }) => body);
    case "try":
      return [...stmt.body, ...stmt.handlers.flatMap(({ body }) => body), ...stmt.finally];
    default:
      return [];
  }
}

/** How many functions that pass on what others return are looked into. */
const maxDepth = 4;

function mayPromise(expr: Expr, scope: Scope, depth = 0): boolean {
  switch (expr.k) {
    case "call":
      return !expr.new && !isPlain(expr.callee, scope, depth);
    case "conditional":
      return mayPromise(expr.then, scope, depth) || mayPromise(expr.else, scope, depth);
    case "logical":
      return mayPromise(expr.left, scope, depth) || mayPromise(expr.right, scope, depth);
    default:
      return false;
  }
}

/** A function that evidently returns no promise: `JSON.stringify`, and those that return literals. */
function isPlain(callee: Expr, scope: Scope, depth: number): boolean {
  if (callee.k === "member") return callee.of.k === "name" && callee.of.name === "JSON";
  const found = callee.k === "name" ? lookedUp(scope, callee.name) : undefined;
  if (found?.t !== "function" || found.fn.async || depth >= maxDepth) return false;
  return returnsIn(found.fn.body).every(
    (value) => value.k !== "name" && !mayPromise(value, found.scope, depth + 1),
  );
}

function lookedUp(scope: Scope, name: string): AbstractValue | undefined {
  return scope.vars.get(name) ?? (scope.parent && lookedUp(scope.parent, name));
}
