/** Runs the code of pages (abstractly): what is called is followed, what nothing calls is called with unknown arguments. */
import { angularRequest, angularClient } from "./angular";
import { callFunction } from "../../interpreter/syntax/calls";
import { construct } from "../../interpreter/syntax/classes";
import { awsDomain } from "../domain";
import { runFile } from "../../interpreter/modules/modules";
import { newEvaluation, spanOf } from "../../interpreter/core/state";
import { isExhausted, Thrown } from "../../interpreter/core/signals";
import type { Evaluation } from "../../interpreter/core/state";
import { unknown } from "../../interpreter/core/values";
import type {
  CallArgs,
  ClassValue,
  FunctionValue,
  Scope,
  AbstractValue,
} from "../../interpreter/core/values";
import type { FunctionFacts } from "../../ir/facts";
import type { Project } from "../../ir/project";
import { pageLibrary } from "./clients";
import type { Draft } from "./call-draft";
import { withTracing } from "./tracing";

/** Steps of evaluation for one file and what it calls, and for all files. */
const maxSteps = 60_000;
const maxFiles = 400;

/** The requests that the code of these files makes. */
export function runPages(project: Project, files: readonly string[]): readonly Draft[] {
  const drafts: Draft[] = [];
  const made: FunctionValue[] = [];
  const removed = new Set<string>();
  const run = newEvaluation(project, awsDomain(pageLibrary(drafts, removed)), maxSteps, {
    makesFunction: (value) => void made.push(value),
  });
  const read = files.slice(0, maxFiles);
  for (const file of read) guarded(run, () => runFile(run, file));
  callUncalled(run, made);
  for (const file of read) guarded(run, () => runClasses(run, file));
  callUncalled(run, made);
  return withTracing(run, drafts).map((draft) => withoutRemoved(draft, removed));
}

/** An interceptor may be met after the calls whose headers it takes away. */
function withoutRemoved(draft: Draft, removed: ReadonlySet<string>): Draft {
  const { request } = draft;
  if (request.via !== "HttpClient" || removed.size === 0) return draft;
  const headers = request.headers.filter(({ name }) => !removed.has(name.toLowerCase()));
  return { ...draft, request: { ...request, headers } };
}

/** Each part has a budget of its own, so that one that never ends does not hide the others. */
function guarded(run: Evaluation, body: () => void): void {
  run.steps = 0;
  try {
    body();
  } catch (error) {
    if (!(isExhausted(error) || error instanceof Thrown)) throw error;
  }
}

/** Event handlers, effects, hooks, exported functions; functions that they make are called in their turn. */
function callUncalled(run: Evaluation, made: readonly FunctionValue[]): void {
  for (let index = 0; index < made.length && index < 20_000; index++) {
    const value = made[index];
    if (value && !run.called.has(value.fn))
      guarded(run, () => callFunction(run, value, blindArgs(run, value.fn, value.scope)));
  }
}

/** Classes that nothing constructs (services, components), and the methods that nothing calls. */
function runClasses(run: Evaluation, file: string): void {
  for (const value of [...(run.modules.get(file)?.scope.vars.values() ?? [])]) {
    if (value.t === "class" && value.scope.file === file) visitClass(run, value);
    else if (value.t === "object" && value.cls) visitMethods(run, value.cls, value);
  }
}

function visitClass(run: Evaluation, cls: ClassValue): void {
  const uncalled = cls.cls.methods.some(
    (method) => method.kind !== "constructor" && !run.called.has(method),
  );
  if (run.constructed.has(cls.cls) && !uncalled) return;
  const ctor = cls.cls.methods.find((method) => method.kind === "constructor");
  const args = ctor ? blindArgs(run, ctor, cls.scope) : noArgs(cls);
  visitMethods(run, cls, construct(run, cls, { ...args, construct: true }));
}

function visitMethods(run: Evaluation, cls: ClassValue, self: AbstractValue): void {
  for (const fn of cls.cls.methods) {
    if (fn.kind === "constructor" || run.called.has(fn)) continue;
    const target: FunctionValue = {
      t: "function",
      fn,
      scope: cls.scope,
      self: fn.static ? cls : self,
      owner: cls,
      at: cls.at,
    };
    try {
      callFunction(run, target, blindArgs(run, fn, cls.scope));
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
    }
  }
}

function noArgs({ at }: ClassValue): CallArgs {
  return { positional: [], named: new Map(), construct: true, at, calleeAt: at };
}

/** Angular calls it with each request, and with what sends it on: `(req, next) => next(req.clone(…))`. */
function isInterceptor(run: Evaluation, { params }: FunctionFacts, { file }: Scope): boolean {
  const [request, next] = params;
  if (params.length !== 2 || !request || !next) return false;
  const imports = run.project.facts(file)?.body ?? [];
  return imports.some((stmt) => stmt.k === "import" && stmt.from === "@angular/common/http");
}

/** Unknown arguments; dependency injection gives Angular's client where the type asks for it. */
function blindArgs(run: Evaluation, fn: FunctionFacts, scope: Scope): CallArgs {
  const at = spanOf(scope, fn.nameAt ?? fn.at);
  const params = fn.params.filter((param) => !param.rest);
  const positional = params.map((param): AbstractValue => {
    const place = spanOf(scope, param.at);
    if (param.type === "HttpClient") return angularClient(place);
    return param === fn.params[0] && isInterceptor(run, fn, scope)
      ? angularRequest(place)
      : unknown("given by unseen code", place);
  });
  const open = fn.params.some((param) => param.rest) ? { open: "given by unseen code" } : {};
  return { positional, named: new Map(), construct: false, at, calleeAt: at, ...open };
}
