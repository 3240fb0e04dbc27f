/** Functions that libraries call: those that their decorators were applied to, as routes of web frameworks are. */
import { isExhausted, Thrown } from "../../interpreter/core/signals";
import type { Evaluation } from "../../interpreter/core/state";
import { callWithUnknownArgs } from "../../interpreter/syntax/calls";

/** Steps that all of them may take together. */
const stepsOfRoutes = 40_000;

/** Calls each function that nothing has called, for what it does; what it returns is the library's. */
export function runDecorated(run: Evaluation): void {
  run.maxSteps = run.steps + stepsOfRoutes;
  for (const event of [...run.events]) {
    if (event.k !== "decorate" || run.called.has(event.target.fn)) continue;
    try {
      callWithUnknownArgs(run, event.target, "given by the framework");
    } catch (error) {
      if (isExhausted(error)) return;
      if (!(error instanceof Thrown)) throw error;
    }
  }
}
