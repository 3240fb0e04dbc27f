/** What a handler's responses say, and what it answers to OPTIONS. */
import type { Handler, HeaderField, ResponsePath } from "../model";
import { branches, knownBranches } from "../value";

/** The response's fields of this name, compared without regard to case. */
export function headersNamed(response: ResponsePath, name: string): readonly HeaderField[] {
  return response.headers.filter((header) => header.name.toLowerCase() === name);
}

/** The names of CORS response headers, as the Fetch standard writes them. */
export const CORS_RESPONSE_HEADERS = [
  "Access-Control-Allow-Origin",
  "Access-Control-Allow-Credentials",
  "Access-Control-Allow-Methods",
  "Access-Control-Allow-Headers",
  "Access-Control-Expose-Headers",
  "Access-Control-Max-Age",
] as const;

export const ALLOW_ORIGIN = "access-control-allow-origin";

export const ALLOW_CREDENTIALS = "access-control-allow-credentials";

/** Whether some answer of the handler, or its framework, carries Access-Control-Allow-Origin. */
export function sendsAllowOrigin(handler: Handler): boolean {
  if (handler.framework?.cors.kind === "configured") return true;
  return handler.responses.some((response) => headersNamed(response, ALLOW_ORIGIN).length > 0);
}

/** The statuses that a response may have, as far as they were seen. */
export function statusesOf(response: ResponsePath): readonly number[] {
  return knownBranches(response.status).map((status) => status.value);
}

/** Whether the response tells of a failure: 4xx or 5xx for certain, or made after an exception was caught. */
export function isFailure(response: ResponsePath): boolean {
  const statuses = statusesOf(response);
  if (statuses.length === 0) return response.afterCatch === true;
  return statuses.every((status) => status >= 400);
}

/** Whether a library answers in the handler's place. middy passes OPTIONS on, unless its httpCors is told to answer it. */
function isOpaque({ framework }: Handler): boolean {
  return framework !== undefined && !(framework.wraps && framework.answersOptions === "no");
}

/** The answers that an OPTIONS request may get from the handler. */
function answersToOptions({ responses, framework }: Handler): readonly ResponsePath[] {
  const sender = framework?.cors.kind === "configured" ? framework.cors.at : undefined;
  // What middleware adds to every answer is no answer.
  const handler = { responses: responses.filter(({ at }) => at !== sender) };
  const own = handler.responses.filter(({ method }) => method?.toUpperCase() === "OPTIONS");
  return own.length > 0 ? own : handler.responses.filter(({ method }) => method === undefined);
}

/** Whether every answer to OPTIONS is known to have another status than 2xx, or is an exception. */
export function refusesOptions(handler: Handler): boolean {
  if (!handler.complete || isOpaque(handler)) return false;
  const paths = answersToOptions(handler);
  const refused = paths.every((path) => {
    if (path.reachedBy === "throw") return true;
    const known = branches(path.status).every((branch) => branch.kind === "known");
    return known && statusesOf(path).every((status) => status < 200 || status > 299);
  });
  return paths.length > 0 && refused;
}

/** Whether an OPTIONS request may get 2xx with Access-Control-Allow-Origin from the handler, or from its framework. */
export function mayAnswerPreflights(handler: Handler): boolean {
  if (!handler.complete || handler.framework !== undefined) return true;
  return answersToOptions(handler).some((path) => {
    if (path.reachedBy === "throw") return false;
    const statuses = statusesOf(path);
    const good = statuses.length === 0 || statuses.some((status) => status >= 200 && status <= 299);
    return good && (!path.headersComplete || headersNamed(path, ALLOW_ORIGIN).length > 0);
  });
}
