/** Follows every way through a handler, once each, and notes how it ends. */
import { callValue } from "../../interpreter/syntax/calls";
import { assumeOrFork } from "../../interpreter/core/constraints";
import { startOfPath } from "../../interpreter/core/path-state";
import type { PathConstraint, ReturnSite, SentAnswer } from "../../interpreter/core/path-state";
import { transact } from "../../interpreter/core/heap";
import { PathSampler } from "../../interpreter/core/path-sampler";
import { PathExplorer } from "../../interpreter/core/path-explorer";
import { explore } from "../../interpreter/core/paths";
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
import { keyOfSpan } from "../../ir/span";
import type { Span } from "../../ir/span";
import { isNoOrigin, isOtherEvent } from "./events";

/** How one way ended. Values are copied, as what the way wrote is taken back. */
export interface HandlerPath {
  readonly answers: readonly Answer[];
  /** The exception that left the handler. */
  readonly thrown?: Thrown;
  readonly constraints: ReadonlyMap<string, PathConstraint>;
  readonly caught: boolean;
}

export interface HandlerPaths {
  readonly paths: readonly HandlerPath[];
  /** The expressions after `return` that were reached, and whether each may have given a promise. */
  readonly returned: readonly { readonly at: Span; readonly promise: boolean }[];
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

/** The part of the steps that paths may take together where they are explored piece by piece. */
const stepsInPieces = 1 / 5;
/** Where those do not do: paths that are followed one by one, and the part of the steps that they may take. */
const maxSampled = 400;
const stepsSampled = 3 / 5;

/** Every path; `given` stands for event, context and callback. */
export function explorePaths(
  run: Evaluation,
  scope: Scope,
  handler: AbstractValue,
  at: Span,
  given?: readonly AbstractValue[],
): HandlerPaths {
  const { maxSteps } = run;
  let otherEvents = false;
  run.hooks.onAssume = () => {
    if (isNoOrigin(run.path.constraints)) throw new PathAbandoned();
    if (!isOtherEvent(run.path.constraints)) return;
    otherEvents = true;
    throw new PathAbandoned();
  };
  const returned = new Map<string, { at: Span; promise: boolean }>();
  run.hooks.returns = (place, promise) => {
    const key = keyOfSpan(place);
    returned.set(key, { at: place, promise: promise || returned.get(key)?.promise === true });
  };
  run.hooks.responds = (value, place) => {
    if (run.speculation) throw new RelevantEffect();
    send(run, value, "stream", [place]);
  };
  const follow = (): HandlerPath => followOne(run, scope, handler, at, given);
  run.explorer = new PathExplorer();
  try {
    const found =
      inPieces(run, maxSteps * stepsInPieces, follow) ??
      oneByOne(run, maxSteps * stepsSampled, follow);
    return { ...found, returned: [...returned.values()], otherEvents };
  } finally {
    run.explorer = undefined;
    run.sampler = undefined;
    run.path = startOfPath;
    run.maxSteps = maxSteps;
  }
}

type Found = Pick<HandlerPaths, "paths" | "complete">;

/** All paths; `undefined` where there is too much to do. */
function inPieces(run: Evaluation, steps: number, follow: () => HandlerPath): Found | undefined {
  run.path = startOfPath;
  run.maxSteps = run.steps + steps;
  try {
    const found = explore(run, follow, { combine: apart });
    const outcomes = found.k === "outcomes" ? found.outcomes : [];
    return { paths: outcomes.flatMap(({ result }) => result ?? []), complete: true };
  } catch (error) {
    if (isExhausted(error)) return undefined;
    throw error;
  }
}

/** As many paths as may be followed, such as differ most first. */
function oneByOne(run: Evaluation, steps: number, follow: () => HandlerPath): Found {
  const sampler = new PathSampler();
  const paths: HandlerPath[] = [];
  run.sampler = sampler;
  run.maxSteps = run.steps + steps;
  do {
    run.path = startOfPath;
    try {
      paths.push(transact(run.heap, follow).result);
    } catch (error) {
      if (isExhausted(error)) return { paths, complete: false };
      if (!(error instanceof PathAbandoned)) throw error;
    }
    if (paths.length >= maxSampled) return { paths, complete: false };
  } while (sampler.nextPath());
  return { paths, complete: true };
}

/** At the end, no path is merged with another. */
const apart = <T>(_: Evaluation, outcomes: readonly T[]): readonly T[] => outcomes;

function send(
  run: Evaluation,
  value: AbstractValue,
  by: SentAnswer["by"],
  sites: readonly Span[],
): void {
  run.path = { ...run.path, sent: [...run.path.sent, { value: snapshot(value), by, sites }] };
}

/** One way to its end. */
function followOne(
  run: Evaluation,
  scope: Scope,
  handler: AbstractValue,
  at: Span,
  given: readonly AbstractValue[] | undefined,
): HandlerPath {
  const event: RequestValue = { t: "request", path: [], at };
  const callback: AbstractValue = {
    t: "native",
    name: "callback",
    at,
    call: ({ positional: [error, value], at: place }) => {
      if (run.speculation) throw new RelevantEffect();
      if (error && assumeOrFork(run, scope, error))
        run.path = { ...run.path, failed: run.path.failed ?? new Thrown(error, place, false) };
      // The first is the call of the handler.
      else if (value) send(run, value, "callback", run.callSites.slice(1));
      return known(undefined, place);
    },
  };
  const args: CallArgs = {
    positional: given ?? [event, unknown("the Lambda context", at), callback],
    named: new Map(),
    construct: false,
    at,
    calleeAt: at,
  };
  let thrown: Thrown | undefined;
  let value: AbstractValue | undefined;
  try {
    value = callValue(run, scope, handler, args);
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    thrown = error;
  }
  const { sent, failed, constraints, caught, returns } = run.path;
  const answers = sent.map(({ value: one, by, sites }): Answer => ({
    value: one,
    by,
    sites,
    events: [],
  }));
  if (value && !isNothing(value)) answers.push(...answersOf(value, returns));
  thrown ??= answers.length === 0 ? failed : undefined;
  return { answers, ...(thrown ? { thrown } : {}), constraints, caught };
}

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
