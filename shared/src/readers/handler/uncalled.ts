/** Functions that no path of a handler calls, called for what they do. */
import { isExhausted, Thrown } from "../../interpreter/core/signals";
import type { Evaluation } from "../../interpreter/core/state";
import type { FunctionValue } from "../../interpreter/core/values";
import { callWithUnknownArgs } from "../../interpreter/syntax/calls";

/** Steps that all of them may take together. */
const stepsOfRoutes = 40_000;

/** Those that decorators of libraries were applied to, as routes of web frameworks are: what they return is the library's. */
export function runDecorated(run: Evaluation): void {
  callAll(
    run,
    run.events.flatMap((event) => (event.k === "decorate" ? [event.target] : [])),
  );
}

/** Those of a file's top level, where only some of a handler's paths were followed. */
export function runUncalled(run: Evaluation, file: string): void {
  const values = [...(run.modules.get(file)?.scope.vars.values() ?? [])];
  callAll(
    run,
    values.flatMap((value) => (value.t === "function" && value.scope.file === file ? [value] : [])),
  );
}

function callAll(run: Evaluation, functions: readonly FunctionValue[]): void {
  run.maxSteps = run.steps + stepsOfRoutes;
  for (const target of functions) {
    if (run.called.has(target.fn)) continue;
    try {
      callWithUnknownArgs(run, target, "given by unseen code");
    } catch (error) {
      if (isExhausted(error)) return;
      if (!(error instanceof Thrown)) throw error;
    }
  }
}
