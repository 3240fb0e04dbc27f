/** Handlers: what a function's code answers, on every way. */
import { bodiesOfRoutes } from "../frameworks/route-bodies";
import { isMethod } from "./preflights";
import type { PathExplorer } from "../../interpreter/core/path-explorer";
import { awsDomain } from "../domain";
import { exportNames, moduleMember, runFile } from "../../interpreter/modules/modules";
import { RelevantEffect } from "../../interpreter/core/signals";
import { getMember } from "../../interpreter/syntax/members";
import { newEvaluation } from "../../interpreter/core/state";
import type { Module, Evaluation } from "../../interpreter/core/state";
import type { FunctionValue, AbstractValue } from "../../interpreter/core/values";
import { withLayers, type Environment } from "../cdk/function-settings";
import type { FunctionCode } from "../cdk/functions";
import type { Stmt } from "../../ir/facts";
import type { Framework, Handler, ResponsePath, SignedUpload } from "../../model/model";
import type { Project } from "../../ir/project";
import type { Range, Span } from "../../ir/span";
import { applicationIn, frameworkOf, isApplication, unwrapped } from "../frameworks";
import { readResponses } from "./responses";
import { ownFunction } from "./own-function";
import { maySign, signingLibrary } from "./signed-uploads";
import { runDecorated, runUncalled } from "./uncalled";
import { explorePaths, type HandlerPaths } from "./paths";

/** Steps of evaluation for one handler: all its ways together. */
const maxSteps = 400_000;
/** Of which one module may take these while it is loaded: a vendored library does not use up what the handler needs. */
const moduleSteps = 40_000;

type Code = Extract<FunctionCode, { k: "file" }>;

/** A file that was run, and what its code did since. */
interface Loaded {
  readonly run: Evaluation;
  readonly module: Module;
  readonly headers: Map<string, Span>;
  readonly thrown: { at?: Span };
  readonly body: { at?: Span; neededAt?: Span };
  readonly signs: readonly SignedUpload[];
}

function load(project: Project, file: string, environment?: Environment): Loaded | undefined {
  const headers = new Map<string, Span>();
  const thrown: Loaded["thrown"] = {};
  const body: Loaded["body"] = {};
  const signs: SignedUpload[] = [];
  const run = newEvaluation(project, awsDomain(signingLibrary(signs), environment), maxSteps, {
    moduleSteps,
    mayThrow: (at) => {
      thrown.at ??= at;
    },
    readsHeader: (name, at) => {
      if (!headers.has(name)) headers.set(name, at);
    },
    needsBody: (at) => {
      if (asksForMethod(run.explorer ?? run.speculation?.oracle)) return;
      // Whether the code has looked for the body before is only known on a path.
      if (run.speculation) throw new RelevantEffect();
      body.neededAt ??= at;
    },
    readsBody: (at) => {
      body.at ??= at;
    },
  });
  const module = runFile(run, file);
  return module && { run, module, headers, thrown, body, signs };
}

/** Whether the path that is followed has asked for the request's method. */
function asksForMethod(explorer: PathExplorer | undefined): boolean {
  return [...(explorer?.constraints.keys() ?? [])].some((key) => isMethod(key.split("\0")));
}

/** A handler without its fronts, which the linker adds; `undefined` when the file has no such export. */
export function readHandler(project: Project, id: string, code: Code): Handler | undefined {
  const loaded = load(withLayers(project, code.layers ?? []), code.file, code.environment);
  return loaded && readExport(loaded, id, code);
}

function readExport(loaded: Loaded, id: string, code: Code): Handler | undefined {
  const { run, module, headers, thrown } = loaded;
  const at: Span = { file: code.file, start: 0, end: 0 };
  const [first = "", ...nested] = code.name.split(".");
  const found = nested.reduce(
    (value, name) => getMember(run, module.scope, value, name, at),
    moduleMember(run, module.scope, code.file, first, at),
  );
  const exported = code.web && !isApplication(found) ? applicationIn(run, module.scope) : found;
  if (!exported || exported.t === "unknown") return undefined;
  const { value, framework: around } = unwrapped(run, exported);
  // A web server calls the application itself: what it throws does not leave it.
  const followed: HandlerPaths = code.web
    ? { paths: [], returned: [], complete: false, otherEvents: false }
    : explorePaths(run, module.scope, value, value.at);
  const { paths, complete, otherEvents } = followed;
  for (const handlerPath of paths) if (handlerPath.thrown) thrown.at ??= handlerPath.thrown.at;
  const answers = paths.flatMap((handlerPath) => handlerPath.answers.map((answer) => answer.value));
  const framework = around ?? frameworkOf(run, value, answers);
  const broken = [...run.modules.keys()].some((file) => run.project.facts(file)?.broken);
  const named = placeOf(value, run, code);
  const responses = readResponses(paths, wrappedBy(value, code), named).map((path) =>
    broken ? leftOpen(path) : path,
  );
  const seen = complete && paths.length > 0;
  const alone = value === exported && !framework && !broken && !otherEvents;
  const own = alone ? ownFunction(value, code.file, followed, thrown.at) : undefined;
  const handler: Handler = {
    id,
    file: code.file,
    language: module.language,
    name: code.name,
    ...eventOf(value),
    at: named,
    bindings: [],
    responses: [...responses, ...(framework ? answersOf(framework, run) : [])],
    complete: seen,
    ...(seen ? {} : { because: "it has more ways than are followed" }),
    ...(complete || code.web ? {} : { followedInPart: true as const }),
    answersOptions:
      framework && framework.answersOptions !== "no"
        ? framework.answersOptions
        : answersOptions(responses, seen),
    ...(thrown.at && !code.web ? { mayThrow: thrown.at } : {}),
    ...(own ? { function: own } : {}),
    readsHeaders: [...headers].map(([name, place]) => ({ name, at: place })),
    ...(loaded.body.at ? { readsBody: true } : {}),
    ...(loaded.body.neededAt ? { needsBody: loaded.body.neededAt } : {}),
    ...(framework ? { framework } : {}),
  };
  return { ...handler, ...signsOf(loaded, complete || code.web === true) };
}

/** What was signed on the paths; by routes that a framework calls itself; by code of paths that were not followed. */
function signsOf({ run, signs }: Loaded, isWhole: boolean): Pick<Handler, "signs"> {
  const signing = [...run.modules.keys()].filter((file) => maySign(run.project.text(file)));
  if (signing.length > 0) runDecorated(run);
  if (!isWhole) for (const file of signing) runUncalled(run, file);
  return signs.length > 0 ? { signs: [...signs] } : {};
}

/** What is known of a framework's answers: the headers that its middleware adds, or what routes write without it. */
function answersOf(framework: Framework, run: Evaluation): readonly ResponsePath[] {
  return framework.cors.kind === "configured" ? sentByFramework(framework) : bodiesOfRoutes(run);
}

/** Answers of which no more is known than what middleware adds to all of them. */
function sentByFramework({ cors, name }: Framework): ResponsePath[] {
  if (cors.kind !== "configured") return [];
  const because = `${name} makes the answers`;
  return cors.sends.map((headers) => ({
    at: cors.at,
    expression: cors.at,
    status: { kind: "unknown", because, at: cors.at },
    headers,
    headersComplete: false,
    because,
    reachedBy: "return",
    through: [],
  }));
}

/** While text is being typed, what is not there yet is not missing. */
function leftOpen(path: ResponsePath): ResponsePath {
  return { ...path, headersComplete: false, because: "a file that does not parse" };
}

/** The name by which the handler calls the event. */
function eventOf(value: AbstractValue): { event?: string } {
  const first = value.t === "function" ? value.fn.params[0]?.target : undefined;
  return first?.k === "name" ? { event: first.name } : {};
}

/** The file of the wrapper around the handler: `withRateLimit(handler)`, a function of elsewhere that was given one. */
function wrappedBy(value: AbstractValue, code: Code): string | undefined {
  if (value.t !== "function" || value.scope.kind === "module") return undefined;
  const { file, vars } = value.scope;
  const given = [...vars.values()].some((one) => one.t === "function" && one.scope.file !== file);
  return file !== code.file && given ? file : undefined;
}

/** The function's name; of a wrapper's function, the name that its file gives to what came out of it. */
function placeOf(value: AbstractValue, run: Evaluation, code: Code): Span {
  const { file, name } = code;
  const fn: FunctionValue | undefined = value.t === "function" ? value : undefined;
  const named = fn?.fn.nameAt;
  if (fn && named && fn.scope.file === file) return { file, start: named[0], end: named[1] };
  const slot = run.modules.get(file)?.exports.props.get(name);
  if (slot?.name.file === file) return slot.name;
  const declared = declaredAt(run.project.facts(file)?.body ?? [], name);
  return declared ? { file, start: declared[0], end: declared[1] } : value.at;
}

/** Where statements of a module's top level give this name. */
function declaredAt(body: readonly Stmt[], name: string): Range | undefined {
  for (const stmt of body) {
    if (stmt.k === "function" && stmt.fn.name === name) return stmt.fn.nameAt;
    if (stmt.k === "let" && stmt.target.k === "name" && stmt.target.name === name)
      return stmt.target.at;
  }
  return undefined;
}

function answersOptions(
  responses: Handler["responses"],
  complete: boolean,
): Handler["answersOptions"] {
  if (responses.some((path) => path.method === "OPTIONS")) return "yes";
  if (
    !complete ||
    responses.some((path) => !path.headersComplete && path.status.kind === "unknown")
  )
    return "unknown";
  return "no";
}

/** Exports of a file that look like handlers, but for the `linked` ones, which function constructs name. */
export function likelyHandlers(
  project: Project,
  file: string,
  linked: readonly string[],
): Handler[] {
  const first = load(project, file);
  const names = first ? exportNames(first.module) : [];
  return names
    .filter((name) => /^(handler|lambda_?handler|lambdaHandler|main)$/i.test(name))
    .filter((name) => !linked.includes(name))
    .flatMap((name, index) => {
      // What one handler did to its module is nothing to the next.
      const loaded = index === 0 ? first : load(project, file);
      const code: Code = { k: "file", file, name, at: { file, start: 0, end: 0 } };
      return (loaded && readExport(loaded, `${file}#${name}`, code)) ?? [];
    });
}
