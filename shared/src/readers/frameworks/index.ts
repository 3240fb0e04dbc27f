/** Libraries around a handler: those that answer for it, those that add to its answers, those that only watch. */
import type { Evaluation } from "../../interpreter/core/state";
import type { ExternValue, Scope, AbstractValue } from "../../interpreter/core/values";
import type { Framework } from "../../model/model";
import { calleeOf, rootOf } from "./chain";
import { readMiddy } from "./middy";
import { isApplication, readRouter } from "./routers";

/** A handler's value without what libraries put around it. */
export interface Unwrapped {
  /** What answers, where it can be followed. */
  readonly value: AbstractValue;
  readonly framework?: Framework;
}

/** Wrappers of tracing and error reporting, which leave answers as they are. */
const observers =
  /sentry|datadog|lumigo|epsagon|newrelic|thundra|xray|x-ray|dashbird|opentelemetry|honeycomb|rollbar|bugsnag/i;

export function unwrapped(run: Evaluation, value: AbstractValue): Unwrapped {
  if (value.t === "oneOf") {
    const last = lastOfChain(value.of);
    return last ? unwrapped(run, last) : { value };
  }
  if (value.t !== "extern" || value.made.by !== "call") return { value };
  const middy = readMiddy(run, value);
  if (middy) return { value: middy.inner ?? value, framework: middy.framework };
  const inner = observers.test(calleeOf(value)) ? functionGiven(value) : undefined;
  return inner ? unwrapped(run, inner) : { value };
}

/** Where a middleware is used under a condition, the chain with it and the chain without it are one application. */
function lastOfChain(values: readonly AbstractValue[]): AbstractValue | undefined {
  const roots = new Set(values.map((value) => (value.t === "extern" ? rootOf(value) : undefined)));
  return roots.size === 1 && !roots.has(undefined) ? values.at(-1) : undefined;
}

function functionGiven(value: ExternValue): AbstractValue | undefined {
  if (value.made.by !== "call") return undefined;
  return value.made.args.positional.find(
    (arg) => arg.t === "function" || (arg.t === "extern" && arg.made.by === "call"),
  );
}

/** The framework that made the handler, or made what the handler passes on. */
export function frameworkOf(
  run: Evaluation,
  handler: AbstractValue,
  answers: readonly AbstractValue[],
): Framework | undefined {
  return readRouter(run, [handler, ...answers]);
}

/**
 * The web application that a program starts: among its module's variables, else the only one that its modules make
 * (`main()` that makes, sets up and starts it; `app = create_app()`, of which a branch may make another).
 */
export function applicationIn(run: Evaluation, { vars }: Scope): AbstractValue | undefined {
  const own = [...vars.values()].find(isApplication);
  if (own) return own;
  const made = run.events.flatMap((event) =>
    event.k === "call" && isApplication(event.value) ? [event.value] : [],
  );
  const places = new Set(made.map(({ at }) => `${at.file}:${at.start}`));
  return places.size === 1 ? made.at(-1) : undefined;
}

export { isApplication };
