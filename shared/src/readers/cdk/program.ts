/** Runs an application's CDK code (abstractly) and keeps what its constructs were told. */
import { callBlindly } from "../../interpreter/syntax/calls";
import { languageLibrary } from "../../interpreter/builtins/library";
import { runFile } from "../../interpreter/modules/modules";
import { newRun } from "../../interpreter/core/state";
import { OutOfBudget } from "../../interpreter/core/signals";
import type { Branch, Run } from "../../interpreter/core/state";
import type { ClassVal, ExternVal, FunctionVal, Val } from "../../interpreter/core/values";
import { askOf } from "../link-cache";
import type { Project } from "../../ir/project";
import { cdkLibrary } from "./library";

/** Steps of evaluation for one application; far above what real ones need, so it bounds only the absurd. */
const maxSteps = 2_000_000;

/** The application after its code ran: modules first, then classes and functions that nothing called. */
export function runProgram(project: Project): Run {
  const run = newRun(project, languageLibrary(cdkLibrary), maxSteps);
  const files = project.candidates.filter(
    (file) => !isTest(file) && askOf(project, file, mentionsCdk),
  );
  for (const file of files) runFile(run, file);
  const blind: Blind[] = [];
  for (const file of files) guarded(run, file, () => runUncalled(run, file, blind));
  forgetUsed(run, blind);
  return run;
}

/** Tests make stacks too, which nobody deploys. */
function isTest(file: string): boolean {
  return /[.](?:test|spec)[.][cm]?[jt]sx?$|\/test_[^/]*[.]py$|_test[.]py$|\/conftest[.]py$/.test(
    file,
  );
}

/** Whether a file imports CDK; others run only when imported. */
function mentionsCdk(project: Project, file: string): boolean {
  const facts = project.facts(file);
  return facts !== undefined && facts.body.some((stmt) => stmt.k === "import" && isCdk(stmt.from));
}

function isCdk(specifier: string): boolean {
  return /^(aws-cdk-lib|@aws-cdk\/|constructs|aws_cdk|@aws-solutions-constructs|monocdk)/.test(
    specifier,
  );
}

function guarded(run: Run, file: string, body: () => void): void {
  try {
    body();
  } catch (error) {
    if (!(error instanceof OutOfBudget)) throw error;
    run.gaps.push({ because: error.message, at: { file, start: 0, end: 0 } });
  }
}

/** What was run with unknown arguments, and the events of doing so. */
interface Blind {
  readonly subject: object;
  readonly done: Set<object>;
  readonly from: number;
  readonly to: number;
}

/** Classes and functions of a module that nobody used yet, with unknown arguments: stacks without their app, factories. */
function runUncalled(run: Run, file: string, blind: Blind[]): void {
  const module = run.modules.get(file);
  for (const value of [...(module?.scope.vars.values() ?? [])]) {
    if (value.t === "class" && value.scope.file === file && isConstruct(value))
      construct(run, value, blind);
  }
  for (const value of [...(module?.scope.vars.values() ?? [])]) {
    if (value.t === "function" && value.scope.file === file && !run.called.has(value.fn))
      visit(run, value, blind);
  }
}

function construct(run: Run, cls: ClassVal, blind: Blind[]): void {
  if (run.constructed.has(cls.cls)) return;
  const from = run.events.length;
  const self = callBlindly(run, cls, "given by unseen code");
  visitMethods(run, cls, self);
  blind.push({ subject: cls.cls, done: run.constructed, from, to: run.events.length });
  run.constructed.delete(cls.cls);
}

/** Methods that the constructor did not call, on the instance that it made. */
function visitMethods(run: Run, cls: ClassVal, self: Val): void {
  for (const fn of cls.cls.methods) {
    if (fn.kind === "constructor" || fn.static || run.called.has(fn)) continue;
    callBlindly(
      run,
      { t: "function", fn, scope: cls.scope, self, owner: cls, at: cls.at },
      "given by unseen code",
    );
  }
}

function visit(run: Run, fn: FunctionVal, blind: Blind[]): void {
  const from = run.events.length;
  callBlindly(run, fn, "given by unseen code");
  blind.push({ subject: fn.fn, done: run.called, from, to: run.events.length });
  run.called.delete(fn.fn);
}

/** Takes back what was made with unknown arguments by something that other code turned out to use. */
function forgetUsed(run: Run, blind: readonly Blind[]): void {
  for (const { subject, done, from, to } of blind.toReversed()) {
    if (done.has(subject)) run.events.splice(from, to - from);
    done.add(subject);
  }
}

/** A class that ends in a class of a library (or of unseen code): something that CDK may construct. */
function isConstruct(cls: ClassVal): boolean {
  let base: Val | undefined = cls;
  while (base?.t === "class") base = base.base;
  return (
    base !== undefined &&
    (base.t === "unknown" || (base.t === "extern" && !base.path.startsWith("global:")))
  );
}

/** Calls in order, and those of each object. */
export interface Calls {
  readonly all: readonly ExternVal[];
  readonly on: ReadonlyMap<ExternVal, readonly ExternVal[]>;
  readonly conditional: ReadonlySet<ExternVal>;
  /** The branches in which the conditional ones were made. */
  readonly branches: ReadonlyMap<ExternVal, Branch>;
}

export function callsOf(run: Run): Calls {
  const all: ExternVal[] = [];
  const on = new Map<ExternVal, ExternVal[]>();
  const conditional = new Set<ExternVal>();
  const branches = new Map<ExternVal, Branch>();
  for (const event of run.events) {
    if (event.k !== "call") continue;
    all.push(event.value);
    if (event.conditional) conditional.add(event.value);
    if (event.branch) branches.set(event.value, event.branch);
    const { made } = event.value;
    if (made.by !== "call" || made.callee.made.by !== "member") continue;
    const receiver = made.callee.made.of;
    const list = on.get(receiver);
    if (list) list.push(event.value);
    else on.set(receiver, [event.value]);
  }
  return { all, on, conditional, branches };
}

/** Whether a call may be left out although `owner` (what it is called on, or belongs to) was made. */
export function mayBeMissing(calls: Calls, call: ExternVal, owner: ExternVal | undefined): boolean {
  const own = calls.branches.get(call);
  if (!own) return false;
  let maker = owner;
  while (maker?.made.by === "member") maker = maker.made.of;
  for (let branch = maker && calls.branches.get(maker); branch; branch = branch.parent) {
    if (branch === own) return false;
  }
  return true;
}
