/**
 * Functions that make CORS headers for handlers which could not be followed to the end: behind routers, streams and
 * frameworks. Their headers are judged for what they say; that some answer lacks them is claimed only of a function
 * most of whose answers have them.
 */
import { languageLibrary } from "../../interpreter/builtins/library";
import { runFile } from "../../interpreter/modules/modules";
import { newRun } from "../../interpreter/core/state";
import type { Run } from "../../interpreter/core/state";
import { unknown } from "../../interpreter/core/values";
import type { FunctionVal, ObjectVal, Val } from "../../interpreter/core/values";
import type { Param } from "../../ir/facts";
import type { Handler, ResponsePath } from "../../model/model";
import type { Project } from "../../ir/project";
import type { Span } from "../../ir/span";
import { readResponses } from "./responses";
import { followWays } from "./paths";
import type { Way } from "./paths";

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
export function readHeaderMakers(project: Project, file: string): Handler[] {
  if (project.facts(file)?.broken) return [];
  const run = newRun(project, languageLibrary(), maxSteps, { moduleSteps });
  const module = runFile(run, file);
  const functions = [...(module?.scope.vars ?? [])].flatMap(([name, value]) =>
    value.t === "function" && value.scope.file === file
      ? [{ name, fn: value, words: JSON.stringify(value.fn.body).toLowerCase() }]
      : [],
  );
  const makers = functions.filter(({ words }) => words.includes(allowOrigin));
  const found = makers.flatMap(({ name, fn }) => readMaker(run, name, fn) ?? []);
  const calls = found.map(({ name }) => `"${name.toLowerCase()}"`);
  const users = functions.filter(({ words }) => calls.some((word) => words.includes(word)));
  run.steps = 0;
  return [...found, ...users.flatMap(({ name, fn }) => readUser(run, name, fn) ?? [])];
}

function readMaker(run: Run, name: string, fn: FunctionVal): Handler | undefined {
  run.steps = 0;
  const { ways, complete } = waysOf(run, fn);
  if (!complete) return undefined;
  const responses = readResponses(ways.map(asResponses)).filter(sendsOrigin).map(withoutStatus);
  return responses.length === 0
    ? undefined
    : asHandler(name, fn, responses, "it only makes headers");
}

/** A function that answers with such headers, but for some failures: routers that are not seen call it. */
function readUser(run: Run, name: string, fn: FunctionVal): Handler | undefined {
  const { ways } = waysOf(run, fn);
  const responses = readResponses(ways);
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

function waysOf(run: Run, fn: FunctionVal): ReturnType<typeof followWays> {
  const given = fn.fn.params.map((param) => argumentFor(param, fn));
  return followWays(run, fn.scope, fn, fn.at, given);
}

function asHandler(
  name: string,
  fn: FunctionVal,
  responses: readonly ResponsePath[],
  because: string,
): Handler {
  return {
    id: `${fn.scope.file}#${name}()`,
    file: fn.scope.file,
    language: fn.scope.language,
    name,
    at: fn.at,
    fronts: [],
    responses,
    complete: false,
    because,
    answersOptions: "unknown",
    readsHeaders: [],
  };
}

/** What a parameter's name says that it is: the event, its headers, or the origin. */
function argumentFor({ target, at }: Param, fn: FunctionVal): Val {
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
function asResponses(way: Way): Way {
  return {
    ...way,
    answers: way.answers.map((answer) => ({ ...answer, value: asResponse(answer.value) })),
  };
}

function asResponse(value: Val): Val {
  if (
    value.t !== "object" ||
    ![...value.props.keys()].some((key) => key.toLowerCase() === allowOrigin)
  )
    return value;
  const { at } = value;
  const response: ObjectVal = {
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
