/** Follows every way through a handler, once each, and notes how it ends. */
import { callValue } from "../../interpreter/syntax/calls";
import { assumeOrFork } from "../../interpreter/core/constraints";
import { transact } from "../../interpreter/core/heap";
import { nextRoute, PathExplorer, toldSince } from "../../interpreter/core/path-explorer";
import type { PathConstraint, Route } from "../../interpreter/core/path-explorer";
import { isPending } from "../../interpreter/builtins/promises";
import { isExhausted, PathAbandoned, RelevantEffect, Thrown } from "../../interpreter/core/signals";
import type { Evaluation } from "../../interpreter/core/state";
import { known, unknown } from "../../interpreter/core/values";
import type {
  CallArgs,
  RequestValue,
  Scope,
  Property,
  AbstractValue,
} from "../../interpreter/core/values";
import { keyOfSpan, type Span } from "../../ir/span";
import { isNoOrigin, isOtherEvent } from "./events";

/** A `return` that gave this value. */
export interface ReturnSite {
  readonly value: AbstractValue;
  readonly at: Span;
  readonly scope: Scope;
}

interface Returned {
  readonly at: Span;
  readonly promise: boolean;
}

/** How one way ended. Values are copied, as what the way wrote is taken back. */
export interface HandlerPath {
  readonly answers: readonly Answer[];
  /** The exception that left the handler. */
  readonly thrown?: Thrown;
  readonly constraints: ReadonlyMap<string, PathConstraint>;
  readonly caught: boolean;
}

export interface HandlerPaths {
  readonly paths: HandlerPath[];
  /** The expressions after `return` that were reached, and whether each may have given a promise. */
  readonly returned: readonly Returned[];
  /** False when some are left. */
  readonly complete: boolean;
  /** Others are taken for events that no request makes. */
  readonly otherEvents: boolean;
}

export interface Answer {
  readonly value: AbstractValue;
  readonly by: "return" | "callback" | "stream";
  /** Returns that passed the value on, outermost first. */
  readonly sites: readonly Span[];
  /** What each of them calls the event. */
  readonly events: readonly (string | undefined)[];
}

/** What a function is called with in the place of event, context and callback; made anew for each path. */
type Given = (callback: AbstractValue) => readonly AbstractValue[];

/** Every way, as far as they differ; `complete` is false when some are left. */
export function explorePaths(
  run: Evaluation,
  scope: Scope,
  handler: AbstractValue,
  at: Span,
  given?: Given,
): HandlerPaths {
  const explorer = new PathExplorer();
  const paths: HandlerPath[] = [];
  const returned = new Map<string, Returned>();
  const loaded = run.events.length;
  const { maxSteps } = run;
  const { known } = explorer;
  let complete = true;
  let otherEvents = false;
  run.explorer = explorer;
  run.hooks.onAssume = () => {
    if (isNoOrigin(explorer.constraints)) throw new PathAbandoned();
    if (!isOtherEvent(explorer.constraints)) return;
    otherEvents = true;
    throw new PathAbandoned();
  };
  try {
    for (let route: Route | undefined = noChoices; route;) {
      // What happened while modules were loaded is kept: it says how frameworks were put together.
      run.events.length = loaded;
      explorer.known = known;
      run.heap.partTrails = run.heap.undoLogs.length;
      const follow = (): HandlerPath | undefined =>
        transact(run.heap, () => explorePath(run, scope, handler, explorer, at, given, returned))
          .result;
      const path = explorer.along(route, () => within(follow));
      if (path.result === "endless") complete = false;
      else if (path.result) paths.push(path.result);
      if (run.steps > run.maxSteps) {
        complete = false;
        break;
      }
      route = nextRoute(path.route);
    }
    return {
      paths,
      returned: [...returned.values()],
      complete: complete && !explorer.leftOut,
      otherEvents,
    };
  } finally {
    run.explorer = undefined;
    run.maxSteps = maxSteps;
  }
}

const noChoices: Route = { forks: [], attempts: [] };

function within<T>(follow: () => T): T | "endless" {
  try {
    return follow();
  } catch (error) {
    if (isExhausted(error)) return "endless";
    throw error;
  }
}

/** One way to its end; `undefined` when it has none, or is none of a request. */
function explorePath(
  run: Evaluation,
  scope: Scope,
  handler: AbstractValue,
  explorer: PathExplorer,
  at: Span,
  given: Given | undefined,
  reached: Map<string, Returned>,
): HandlerPath | undefined {
  const event: RequestValue = { t: "request", path: [], at };
  const tell = (told: Told): void => {
    explorer.tell(told);
  };
  const callback: AbstractValue = {
    t: "native",
    name: "callback",
    at,
    call: ({ positional: [error, value], at: place }) => {
      if (run.speculation) throw new RelevantEffect();
      if (error && assumeOrFork(run, scope, error))
        tell({ k: "failure", thrown: new Thrown(error, place, false) });
      else if (value)
        tell({
          k: "answer",
          value: snapshot(value),
          by: "callback",
          // The first is the call of the handler.
          sites: run.callSites.slice(1),
          events: [],
        });
      return known(undefined, place);
    },
  };
  const { hooks } = run;
  hooks.returns = (value, place, where) => {
    const key = keyOfSpan(place);
    const promise = isPending(run, value) || reached.get(key)?.promise === true;
    reached.set(key, { at: place, promise });
    tell({ k: "return", value, at: place, scope: where });
  };
  hooks.responds = (value, place) => {
    if (run.speculation) throw new RelevantEffect();
    tell({ k: "answer", value: snapshot(value), by: "stream", sites: [place], events: [] });
  };
  const args: CallArgs = {
    positional: given?.(callback) ?? [event, unknown("the Lambda context", at), callback],
    named: new Map(),
    construct: false,
    at,
    calleeAt: at,
  };
  let thrown: Thrown | undefined;
  const last: Answer[] = [];
  try {
    const value = callValue(run, scope, handler, args);
    if (!isNothing(value)) last.push(...answersOf(value, returnsOf(explorer)));
  } catch (error) {
    if (error instanceof PathAbandoned) return undefined;
    if (!(error instanceof Thrown)) throw error;
    thrown = error;
  }
  const told = toldTo(explorer);
  const answers = [...told.filter((one) => one.k === "answer"), ...last];
  if (answers.length === 0) thrown ??= told.find((one) => one.k === "failure")?.thrown;
  return {
    answers,
    ...(thrown ? { thrown } : {}),
    constraints: explorer.constraints,
    caught: explorer.known.catching > 0,
  };
}

/** What is told of a path while it is followed. */
type Told =
  | ({ readonly k: "return" } & ReturnSite)
  | ({ readonly k: "answer" } & Answer)
  | { readonly k: "failure"; readonly thrown: Thrown };

const toldTo = ({ known: { told } }: PathExplorer): Told[] => toldSince(told) as Told[];

const returnsOf = (explorer: PathExplorer): ReturnSite[] =>
  toldTo(explorer).filter((one) => one.k === "return");

function isNothing(value: AbstractValue): boolean {
  return value.t === "const" && (value.value === undefined || value.value === null);
}

/** The name by which code in a scope reaches the event as a whole. */
function eventIn(scope: Scope): string | undefined {
  const hidden = new Set<string>();
  for (let s: Scope | undefined = scope; s; s = s.parent) {
    for (const [name, value] of s.vars) {
      if (value.t === "request" && value.path.length === 0 && !hidden.has(name)) return name;
      hidden.add(name);
    }
  }
  return undefined;
}

function answersOf(value: AbstractValue, returned: readonly ReturnSite[]): Answer[] {
  const passing = returned.filter((site) => site.value === value).reverse();
  const sites = passing.map((site) => site.at);
  const events = passing.map((site) => eventIn(site.scope));
  const branches = value.t === "oneOf" ? value.of.filter((branch) => !isNothing(branch)) : [value];
  return branches.map((branch) => ({ value: snapshot(branch), by: "return", sites, events }));
}

/** A copy that later undoing does not touch: objects and lists, to the depth that a response has. */
function snapshot(value: AbstractValue, depth = 4): AbstractValue {
  if (depth === 0) return value;
  if (value.t === "object") {
    const props = new Map<string, Property>();
    for (const [key, slot] of value.props)
      props.set(key, { ...slot, value: snapshot(slot.value, depth - 1) });
    return { ...value, props };
  }
  if (value.t === "array")
    return { ...value, items: value.items.map((item) => snapshot(item, depth - 1)) };
  if (value.t === "oneOf")
    return { ...value, of: value.of.map((branch) => snapshot(branch, depth - 1)) };
  return value;
}
