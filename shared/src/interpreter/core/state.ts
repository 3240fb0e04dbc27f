/** The state of one evaluation: what is bounded, what is decided, what happened. */
import type { Language } from "../../ir/facts";
import type { Gap } from "../../ir/gap";
import type { Project } from "../../ir/project";
import type { Range, Span } from "../../ir/span";
import { OutOfBudget } from "./signals";
import type { Thrown } from "./signals";
import type { Domain } from "./domain";
import { newHeap } from "./heap";
import type { Container, Heap, RunNode } from "./heap";
import { startOfPath } from "./path-state";
import type { PathState } from "./path-state";
import type { PathSampler } from "./path-sampler";
import type { PathExplorer } from "./path-explorer";
import type { Habit } from "./speculation";
import type { Asked, Summary } from "./summaries";
import type {
  ArrayValue,
  ExternValue,
  FunctionValue,
  ObjectValue,
  Scope,
  AbstractValue,
  Vars,
} from "./values";

/** Something that happened to a library's object, in order. */
export type Event =
  | {
      readonly k: "call";
      readonly value: ExternValue;
      readonly conditional: boolean;
      readonly branch: Branch | undefined;
    }
  /** A library's decorator was applied to a function. */
  | {
      readonly k: "decorate";
      readonly by: ExternValue;
      readonly target: FunctionValue;
      readonly conditional: boolean;
    }
  | {
      readonly k: "set";
      readonly of: ExternValue;
      readonly name: string;
      readonly value: AbstractValue;
      readonly at: Span;
      readonly conditional: boolean;
    };

/** One side of an undecided condition, within another or none. */
export interface Branch {
  readonly parent: Branch | undefined;
}

/** A module that was begun; cyclic imports see it as far as it got. */
export interface Module {
  readonly file: string;
  readonly language: Language;
  readonly scope: Scope;
  /** What `export` statements and CommonJS named. */
  readonly exports: ObjectValue;
  readonly reexports: string[];
  done: boolean;
}

/** What is known of the modules that are being loaded. */
interface Loading {
  /** How many of them there are, each imported by the one before. */
  depth: number;
  /** Steps that imported modules may still take together. */
  left: number;
  /** Steps that the imports of the innermost one took. */
  inner: number;
}

export interface Evaluation {
  readonly project: Project;
  readonly heap: Heap;
  readonly modules: Map<string, Module>;
  readonly events: Event[];
  readonly gaps: Gap[];
  /** Set while a handler's paths are followed; otherwise both branches run and are joined. */
  explorer: PathExplorer | undefined;
  /** Set instead while paths are followed one by one. */
  sampler: PathSampler | undefined;
  /** The run of the piece of code that is explored. */
  node: RunNode | undefined;
  /** What the path that is followed knows. */
  path: PathState;
  /** Paths through pieces of code that were followed. */
  paths: number;
  /** Set while a function is executed without its paths being followed. */
  speculation: Speculation | undefined;
  /** Functions whose paths make a difference to the answer. */
  readonly affectsResponse: Set<string | object>;
  /** What functions that make none have done. */
  readonly habits: Map<object, Habit>;
  /** Numbers of containers, for keys of outcomes. */
  readonly ids: Map<object, number>;
  readonly fileIds: Map<string, number>;
  /** What functions do for given arguments. */
  readonly summaries: Map<object, Map<string, Summary[]>>;
  /** Calls whose outcome was remembered. */
  recalled: number;
  /** What the code that is being followed asks of its path, while that is noted. */
  asked: Asked | undefined;
  readonly constraintKeys: WeakMap<object, string>;
  /** Values that stand for promises which nothing has awaited, as far as one must suppose. */
  readonly pending: Map<object, true>;
  /** Call expressions whose promise a `return` hands on without `await`. */
  readonly returnedUnawaited: WeakSet<object>;
  /** Depths of functions that hand on what a function hands on which is no promise itself. */
  readonly forwardsPromise: Set<number>;
  steps: number;
  maxSteps: number;
  /** Steps that one module may take while it is loaded, those of what it imports left aside. */
  readonly moduleSteps: number;
  /** Absent where all modules share the steps of the run. */
  readonly loading: Loading | undefined;
  depth: number;
  /** How often each function is active, by the place where it is written. */
  readonly active: Map<object, number>;
  /** Greater than zero inside a branch of an undecided condition. */
  conditional: number;
  /** The innermost such branch. */
  branch: Branch | undefined;
  /** Classes of the application that were constructed. */
  readonly constructed: Set<object>;
  /** Functions of the application that were called. */
  readonly called: Set<object>;
  /** The call expressions that are being evaluated, outermost first. */
  readonly callSites: Span[];
  readonly domain: Domain;
  readonly hooks: Hooks;
}

/** What a reader wants to be told while code runs. */
export interface Hooks {
  readonly moduleSteps?: number;
  /** A call into unseen code: something that may throw. */
  readonly mayThrow?: (at: Span) => void;
  /** A header of the request was read; its name in lower case. */
  readonly readsHeader?: (name: string, at: Span) => void;
  /** Code that throws where the request has no body. */
  readonly needsBody?: (at: Span) => void;
  /** The body of the request was read. */
  readonly readsBody?: (at: Span) => void;
  /** A `return` was reached, with the place of its expression, and whether what it gives may be a promise. */
  returns?: (at: Span, promise: boolean) => void;
  /** A function was made: written as an expression, or declared. */
  readonly makesFunction?: (value: FunctionValue) => void;
  /** Something was learnt of the request; may give the way up. */
  onAssume?: () => void;
  /** A response was begun by other means than `return`. */
  responds?: (value: AbstractValue, at: Span) => void;
}

/** What happened while code was only tried. */
export interface Speculation {
  /** How many undo logs there were before. */
  readonly base: number;
  /** A call into unseen code. */
  mayThrow?: Span;
  /** Exceptions of branches that were given up. */
  readonly thrown: Thrown[];
}

export function newEvaluation(
  project: Project,
  domain: Domain,
  maxSteps: number,
  hooks: Hooks = {},
): Evaluation {
  return {
    project,
    domain,
    hooks,
    heap: newHeap(domain.relevance),
    modules: new Map(),
    events: [],
    gaps: [],
    explorer: undefined,
    path: startOfPath,
    sampler: undefined,
    node: undefined,
    paths: 0,
    speculation: undefined,
    affectsResponse: new Set(),
    habits: new Map(),
    ids: new Map(),
    fileIds: new Map(),
    constraintKeys: new WeakMap(),
    summaries: new Map(),
    recalled: 0,
    asked: undefined,
    pending: Object.assign(new Map<object, true>(), { marks: true as const }),
    returnedUnawaited: new WeakSet(),
    forwardsPromise: new Set(),
    steps: 0,
    maxSteps,
    moduleSteps: hooks.moduleSteps ?? maxSteps,
    loading:
      hooks.moduleSteps === undefined
        ? undefined
        : { depth: 0, left: 2 * hooks.moduleSteps, inner: 0 },
    depth: 0,
    active: new Map(),
    conditional: 0,
    branch: undefined,
    constructed: new Set(),
    called: new Set(),
    callSites: [],
  };
}

/** Counts one step of work. */
export function step(run: Evaluation): void {
  if (++run.steps > run.maxSteps) throw new OutOfBudget("the evaluation exceeded its budget");
}

export function spanOf(scope: Scope, at: Range): Span {
  return { file: scope.file, start: at[0], end: at[1] };
}

/** Notes that a container was made while paths are followed: none that began earlier has seen it. */
export function born<T extends Container>(run: Evaluation, container: T): T {
  if (run.explorer || run.speculation) {
    container.born = run.heap.clock;
    if (run.node) container.by = run.node;
  }
  return container;
}

/** What several paths hold: all writes to it are noted, whoever made it. */
export function shared(value: ObjectValue): ObjectValue {
  (value as Container).shared = true;
  (value.props as Container).shared = true;
  return value;
}

/** Variables of a new scope, while paths are followed. */
export function newVars(run: Evaluation, mentions?: Vars["mentions"]): Vars {
  const vars: Vars = born(run, new Map<string, AbstractValue>());
  if (mentions) vars.mentions = mentions;
  return vars;
}

/** As `born`, of a value that was made. */
export function made<T extends ObjectValue | ArrayValue>(run: Evaluation, value: T): T {
  born(run, value);
  if (value.t === "object") born(run, value.props);
  return value;
}

/** A function was made in a scope: what it reads and writes there outlives the block. */
export function capture(scope: Scope): void {
  for (let s: Scope | undefined = scope; s && !s.captured; s = s.parent) s.captured = true;
}

/** Where a block's own names live: Python has no block scopes. */
export function innerScope(run: Evaluation, scope: Scope): Scope {
  if (scope.language === "python") return scope;
  return {
    vars: newVars(run, scope.vars.mentions),
    parent: scope,
    kind: "block",
    file: scope.file,
    language: scope.language,
  };
}
