/**
 * Functions that make CORS headers for handlers which could not be followed to the end: behind routers, streams and
 * frameworks. Their headers are judged for what they say; that some answer lacks them is claimed only of a function
 * most of whose answers have them.
 */
import { awsDomain } from "../domain";
import { runFile } from "../../interpreter/modules/modules";
import { newEvaluation } from "../../interpreter/core/state";
import type { Evaluation } from "../../interpreter/core/state";
import { unknown } from "../../interpreter/core/values";
import type { FunctionValue, ObjectValue, AbstractValue } from "../../interpreter/core/values";
import type { Param } from "../../ir/facts";
import type { Handler, ResponsePath } from "../../model/model";
import type { Project } from "../../ir/project";
import type { Span } from "../../ir/span";
import { readResponses } from "./responses";
import { explorePaths } from "./paths";
import type { HandlerPath } from "./paths";

/** Steps for a file with all that it imports, and for each of its functions. */
const maxSteps = 400_000;
const moduleSteps = 40_000;
const allowOrigin = "access-control-allow-origin";

export function mentionsAllowOrigin(project: Project, file: string): boolean {
  return project.text(file)?.toLowerCase().includes(allowOrigin) === true;
}

/** Files whose `Access-Control-Allow-Origin` some handler is known to send: it is judged there. */
export function filesOfAllowOrigin(handlers: readonly Handler[]): ReadonlySet<string> {
  const headers = handlers.flatMap((handler) => handler.responses.flatMap((path) => path.headers));
  return new Set(
    headers.filter((header) => header.name.toLowerCase() === allowOrigin).map(({ at }) => at.file),
  );
}

/** The functions of a file that make such headers, as handlers of their own, and those that answer with them. */
export function readHeaderFactories(project: Project, file: string): Handler[] {
  if (project.facts(file)?.broken) return [];
  const run = newEvaluation(project, awsDomain(), maxSteps, { moduleSteps });
  const module = runFile(run, file);
  const functions = [...(module?.scope.vars ?? [])].flatMap(([name, value]) =>
    value.t === "function" && value.scope.file === file
      ? [{ name, fn: value, words: JSON.stringify(value.fn.body).toLowerCase() }]
      : [],
  );
  const factories = functions.filter(({ words }) => words.includes(allowOrigin));
  const found = factories.flatMap(({ name, fn }) => readFactory(run, name, fn) ?? []);
  const calls = found.map(({ name }) => `"${name.toLowerCase()}"`);
  const users = functions.filter(({ words }) => calls.some((word) => words.includes(word)));
  run.steps = 0;
  return [...found, ...users.flatMap(({ name, fn }) => readUser(run, name, fn) ?? [])];
}

function readFactory(run: Evaluation, name: string, fn: FunctionValue): Handler | undefined {
  run.steps = 0;
  const { paths: paths, complete } = pathsOf(run, fn);
  if (!complete) return undefined;
  const responses = readResponses(paths.map(asResponses)).filter(sendsOrigin).map(withoutStatus);
  return responses.length === 0
    ? undefined
    : asHandler(name, fn, responses, "it only makes headers");
}

/** A function that answers with such headers, but for some failures: routers that are not seen call it. */
function readUser(run: Evaluation, name: string, fn: FunctionValue): Handler | undefined {
  const { paths: paths } = pathsOf(run, fn);
  const responses = readResponses(paths);
  if (responses.some((path) => path.statusMissing)) return undefined;
  const sent = responses.filter(sendsOrigin);
  const lacking = responses.filter(
    (path) =>
      path.headers.every((header) => header.name.toLowerCase() !== allowOrigin) &&
      path.headersComplete &&
      path.status.kind === "known" &&
      path.status.value >= 400,
  );
  return lacking.length > 0 && sent.length > lacking.length
    ? asHandler(name, fn, [...sent, ...lacking], "what calls it cannot be seen")
    : undefined;
}

function pathsOf(run: Evaluation, fn: FunctionValue): ReturnType<typeof explorePaths> {
  const given = fn.fn.params.map((param) => argumentFor(param, fn));
  return explorePaths(run, fn.scope, fn, fn.at, () => given);
}

function asHandler(
  name: string,
  fn: FunctionValue,
  responses: readonly ResponsePath[],
  because: string,
): Handler {
  return {
    id: `${fn.scope.file}#${name}()`,
    file: fn.scope.file,
    language: fn.scope.language,
    name,
    at: fn.at,
    bindings: [],
    responses,
    complete: false,
    because,
    answersOptions: "unknown",
    readsHeaders: [],
  };
}

/** What a parameter's name says that it is: the event, its headers, or the origin. */
function argumentFor({ target, at }: Param, fn: FunctionValue): AbstractValue {
  const place: Span = { file: fn.scope.file, start: at[0], end: at[1] };
  const name = target.k === "name" ? target.name.toLowerCase() : "";
  if (/^_*(event|evt|e|req|request|apievent|lambda_?event)$/.test(name))
    return { t: "request", path: [], at: place };
  if (/^(req(uest)?_?)?headers$/.test(name)) return { t: "request", path: ["headers"], at: place };
  if (/^(req(uest)?_?)?origin(_?header)?$/.test(name))
    return { t: "request", path: ["headers", "origin"], at: place };
  return unknown("given by unseen code", place);
}

/** A function that returns the headers themselves, as if it returned a response with them. */
function asResponses(handlerPath: HandlerPath): HandlerPath {
  return {
    ...handlerPath,
    answers: handlerPath.answers.map((answer) => ({ ...answer, value: asResponse(answer.value) })),
  };
}

function asResponse(value: AbstractValue): AbstractValue {
  if (
    value.t !== "object" ||
    ![...value.props.keys()].some((key) => key.toLowerCase() === allowOrigin)
  )
    return value;
  const { at } = value;
  const response: ObjectValue = {
    t: "object",
    props: new Map([["headers", { value, name: at, entry: at }]]),
    at,
  };
  return response;
}

function sendsOrigin(path: ResponsePath): boolean {
  return path.headers.some((header) => header.name.toLowerCase() === allowOrigin);
}

function withoutStatus({ statusMissing: _, ...path }: ResponsePath): ResponsePath {
  return path;
}
