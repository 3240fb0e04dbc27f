/** Runs an application's CDK code (abstractly) and keeps what its constructs were told. */
import { memoizeByIdentity } from "../../base/memoize";
import { classOf } from "../library-value";
import { callWithUnknownArgs } from "../../interpreter/syntax/calls";
import { awsDomain } from "../domain";
import { runFile } from "../../interpreter/modules/modules";
import { newEvaluation } from "../../interpreter/core/state";
import { isExhausted } from "../../interpreter/core/signals";
import type { Branch, Evaluation } from "../../interpreter/core/state";
import type {
  ClassValue,
  ExternValue,
  FunctionValue,
  AbstractValue,
} from "../../interpreter/core/values";
import { askOf } from "../link-cache";
import type { Project } from "../../ir/project";
import { isCompiled, isEntry } from "../compiled-files";
import { isTestFile } from "../test-files";
import { cdkLibrary } from "./library";

/** Steps of evaluation for one application; far above what real ones need, so it bounds only the absurd. */
const maxSteps = 2_000_000;

/** The application after its code ran: modules first, then classes and functions that nothing called. */
export function runProgram(project: Project): Evaluation {
  const run = newEvaluation(project, awsDomain(cdkLibrary), maxSteps);
  const files = rootsOf(project);
  for (const file of files) runFile(run, file);
  const roots: SpeculativeRoot[] = [];
  for (const file of files) guarded(run, file, () => runEntryPoints(run, file, roots));
  dropSuperseded(run, roots);
  return run;
}

/**
 * The files of CDK code that are run for their own sake. What a compiler left behind runs only where the application
 * begins with it or imports it: of a stack that was renamed, the old output may still lie there.
 */
function rootsOf(project: Project): readonly string[] {
  const files = project.candidates.filter(
    (file) => !askOf(project, file, isTestFile) && askOf(project, file, mentionsCdk),
  );
  const written = files.filter(
    (file) => !askOf(project, file, isCompiled) || isEntry(project, file),
  );
  return written.length > 0 ? written : files;
}

/** Whether a file imports CDK, or makes components of SST 3, which nobody imports; others run only when imported. */
function mentionsCdk(project: Project, file: string): boolean {
  const facts = project.facts(file);
  if (facts && project.text(file)?.includes("sst.aws.")) return true;
  return facts !== undefined && facts.body.some((stmt) => stmt.k === "import" && isCdk(stmt.from));
}

function isCdk(specifier: string): boolean {
  return /^(aws-cdk-lib|@aws-cdk\/|constructs|aws_cdk|@aws-solutions-constructs|aws_solutions_constructs|monocdk|sst\/constructs|@serverless-stack\/resources)/.test(
    specifier,
  );
}

function guarded(run: Evaluation, file: string, body: () => void): void {
  try {
    body();
  } catch (error) {
    if (!isExhausted(error)) throw error;
    run.gaps.push({
      because: "the evaluation exceeded its budget",
      at: { file, start: 0, end: 0 },
    });
  }
}

/** What was run with unknown arguments, and the events of doing so. */
interface SpeculativeRoot {
  readonly subject: object;
  readonly done: Set<object>;
  readonly from: number;
  readonly to: number;
}

/** Classes and functions of a module that nobody used yet, with unknown arguments: stacks without their app, factories. */
function runEntryPoints(run: Evaluation, file: string, roots: SpeculativeRoot[]): void {
  runConfigs(run, file);
  const module = run.modules.get(file);
  for (const value of [...(module?.scope.vars.values() ?? [])]) {
    if (value.t === "class" && value.scope.file === file && isConstruct(value))
      construct(run, value, roots);
  }
  for (const value of [...(module?.scope.vars.values() ?? [])]) {
    if (value.t === "function" && value.scope.file === file && !run.called.has(value.fn))
      visit(run, value, roots);
  }
}

/** What `export default $config({ run() { … } })` of SST 3 makes. */
function runConfigs(run: Evaluation, file: string): void {
  for (const { value } of run.events.filter((event) => event.k === "call")) {
    if (value.path !== "global:$config()" || value.at.file !== file || value.made.by !== "call")
      continue;
    const [config] = value.made.args.positional;
    const body = config?.t === "object" ? config.props.get("run")?.value : undefined;
    if (body?.t === "function") callWithUnknownArgs(run, body, "given by SST");
  }
}

function construct(run: Evaluation, cls: ClassValue, roots: SpeculativeRoot[]): void {
  if (run.constructed.has(cls.cls)) return;
  const from = run.events.length;
  const self = callWithUnknownArgs(run, cls, "given by unseen code");
  visitMethods(run, cls, self);
  roots.push({ subject: cls.cls, done: run.constructed, from, to: run.events.length });
  run.constructed.delete(cls.cls);
}

/** Methods that the constructor did not call, on the instance that it made. */
function visitMethods(run: Evaluation, cls: ClassValue, self: AbstractValue): void {
  for (const fn of cls.cls.methods) {
    if (fn.kind === "constructor" || fn.static || run.called.has(fn)) continue;
    callWithUnknownArgs(
      run,
      { t: "function", fn, scope: cls.scope, self, owner: cls, at: cls.at },
      "given by unseen code",
    );
  }
}

function visit(run: Evaluation, fn: FunctionValue, roots: SpeculativeRoot[]): void {
  const from = run.events.length;
  callWithUnknownArgs(run, fn, "given by unseen code");
  roots.push({ subject: fn.fn, done: run.called, from, to: run.events.length });
  run.called.delete(fn.fn);
}

/** Takes back what was made with unknown arguments by something that other code turned out to use. */
function dropSuperseded(run: Evaluation, roots: readonly SpeculativeRoot[]): void {
  for (const { subject, done, from, to } of roots.toReversed()) {
    if (done.has(subject)) run.events.splice(from, to - from);
    done.add(subject);
  }
}

/** A class that ends in a class of a library (or of unseen code): something that CDK may construct. */
function isConstruct(cls: ClassValue): boolean {
  let base: AbstractValue | undefined = cls;
  while (base?.t === "class") base = base.base;
  return (
    base !== undefined &&
    (base.t === "unknown" || (base.t === "extern" && !base.path.startsWith("global:")))
  );
}

/** Calls in order, and those of each object. */
export interface Calls {
  readonly all: readonly ExternValue[];
  readonly on: ReadonlyMap<ExternValue, readonly ExternValue[]>;
  readonly conditional: ReadonlySet<ExternValue>;
  /** The branches in which the conditional ones were made. */
  readonly branches: ReadonlyMap<ExternValue, Branch>;
}

const byClass = memoizeByIdentity(({ all }: Calls) => {
  const found = new Map<string, ExternValue[]>();
  for (const call of all) {
    const cls = classOf(call);
    if (cls === undefined) continue;
    const same = found.get(cls);
    if (same) same.push(call);
    else found.set(cls, [call]);
  }
  return found;
});

/** The constructs of a class, by its canonical path: found once, as each of many APIs asks for its own among them. */
export function constructsOf(calls: Calls, cls: string): readonly ExternValue[] {
  return byClass(calls).get(cls) ?? [];
}

export function callsOf(run: Evaluation): Calls {
  const all: ExternValue[] = [];
  const on = new Map<ExternValue, ExternValue[]>();
  const conditional = new Set<ExternValue>();
  const branches = new Map<ExternValue, Branch>();
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
export function mayBeMissing(
  calls: Calls,
  call: ExternValue,
  owner: ExternValue | undefined,
): boolean {
  const own = calls.branches.get(call);
  if (!own) return false;
  let maker = owner;
  while (maker?.made.by === "member") maker = maker.made.of;
  for (let branch = maker && calls.branches.get(maker); branch; branch = branch.parent) {
    if (branch === own) return false;
  }
  return true;
}
