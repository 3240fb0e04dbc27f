/** Where in the code CORS support can be turned on, moved to, or put around the application. */
import { argument, methodCall } from "../library-value";
import type { Evaluation } from "../../interpreter/core/state";
import type { ExternValue } from "../../interpreter/core/values";
import type { AddedInside, Misplacement, SupportPlace } from "../../model/framework";
import type { Span } from "../../ir/span";
import { calleeOf, callOf, rootOf } from "./chain";
import type { Use } from "./chain";

/** As a statement of its own after the one that gives the application a name. */
export function afterStatement(
  _run: Evaluation,
  { name, statement }: ExternValue,
): SupportPlace | undefined {
  return name !== undefined && statement ? { kind: "after", statement, app: name } : undefined;
}

/** Around the application where an adapter is given it. */
export function aroundAdapter(run: Evaluation, app: ExternValue): SupportPlace | undefined {
  const call = adapterOf(run, app);
  return call && { kind: "around", call };
}

/** The only place of `Mangum(app)`; a handler's own function is run once for every way through it. */
function adapterOf(run: Evaluation, app: ExternValue): Span | undefined {
  const calls = run.events.flatMap((event) =>
    event.k === "call" && isAdapter(event.value) && argument(event.value, 0, "app") === app
      ? (callOf(event.value) ?? [])
      : [],
  );
  const [first] = calls;
  const same = calls.every(({ file, start }) => file === first?.file && start === first.start);
  return same ? first : undefined;
}

const isAdapter = (value: ExternValue): boolean =>
  /^py:mangum(\.\w+)*\.Mangum$/.test(calleeOf(value));

/** The middleware that `added` adds can stand around the application where the adapter alone is given it. */
export function insideOf(
  run: Evaluation,
  app: ExternValue,
  added: ExternValue,
): AddedInside | undefined {
  const [call, adapter] = [callOf(added), adapterOf(run, app)];
  if (!call || !adapter || call.file !== adapter.file || givenToOthers(run, app)) return undefined;
  return { added: call, adapter };
}

/** Whether something else may serve the application, as `uvicorn.run(app)` and `uvicorn.run("main:app")` do. */
function givenToOthers(run: Evaluation, app: ExternValue): boolean {
  return run.events.some((event) => {
    if (event.k !== "call" || isAdapter(event.value) || rootOf(event.value) === app) return false;
    if (event.value.made.by !== "call") return false;
    if (/^py:(uvicorn|hypercorn|granian|gunicorn)\b/.test(event.value.path)) return true;
    const { positional, named } = event.value.made.args;
    return [...positional, ...[...named.values()].map(({ value }) => value)].includes(app);
  });
}

/** How a use comes before all that was given to the application until then, of which `first` was the first. */
export function registeredAfterRoutes(
  app: ExternValue,
  use: Use,
  first: Use | undefined,
): readonly Misplacement[] {
  const [call, on] = [callOf(use.value), methodCall(use.value)?.on];
  if (!first || !call) return [];
  const [receiver, after, before] = [on && callOf(on), callOf(app), callOf(first.value)];
  if (on === app || !receiver) return before ? [{ kind: "tooLate", statement: call, before }] : [];
  const chained = after?.file === call.file && after.start === call.start;
  return chained ? [{ kind: "lateLink", link: { ...call, start: receiver.end }, after }] : [];
}
