/** What a handler may answer, from its response paths. */
import type { Header } from "../browser/bytes";
import type { CorsModel, Guard, Handler, HeaderField, ResponsePath, Route } from "../model/model";
import { possibleLists, branches } from "../model/value";
import { statusesOf } from "../model/query/responses";
import { doubtful, requestHeader, unknown } from "./types";
import type { Answer, ApiRequest, PossibleAnswer } from "./types";

/** Every answer that the route's handlers may give to this request; `failed` is what comes when they throw. */
export function handlerAnswers(
  model: CorsModel,
  route: Route,
  request: ApiRequest,
  failed: Answer,
): readonly PossibleAnswer[] {
  const handlers = model.handlers.filter(({ id }) => route.handlers.includes(id));
  if (handlers.length === 0 || handlers.length < route.handlers.length) {
    return [
      unknown(
        `What stands behind the route cannot be seen${route.unlinked === undefined ? "" : `: ${route.unlinked}`}.`,
        route.at,
      ),
    ];
  }
  return handlers.flatMap((handler) => answersOf(handler, request, failed));
}

function answersOf(
  handler: Handler,
  request: ApiRequest,
  failed: Answer,
): readonly PossibleAnswer[] {
  if (handler.framework) {
    return [
      unknown(
        `${handler.framework.name} answers for the handler; what it sends is not worked out here.`,
        handler.framework.at,
      ),
    ];
  }
  const answers = pathsFor(handler, request).flatMap((path) => pathAnswers(path, request, failed));
  const rest = handler.complete
    ? []
    : [
        unknown(
          `The handler may answer in ways that were not seen: ${handler.because ?? "it is not complete"}.`,
          handler.at,
        ),
      ];
  return [...answers, ...rest];
}

/** Paths that are taken for this method, or for any; those where the handler refused the origin only when it has none. */
function pathsFor(handler: Handler, request: ApiRequest): readonly ResponsePath[] {
  const own = handler.responses.filter(
    ({ method }) => method?.toUpperCase() === request.method.toUpperCase(),
  );
  if (own.length > 0) return own;
  return handler.responses.filter(({ method }) => method === undefined);
}

function pathAnswers(
  path: ResponsePath,
  request: ApiRequest,
  failed: Answer,
): readonly PossibleAnswer[] {
  if (path.reachedBy === "throw") return [failed];
  const origin = requestHeader(request, "origin");
  const doubts = new Map<string, string>();
  const headers: Header[] = [];
  if (!path.headersComplete)
    for (const [name, why] of doubtful(
      `Unseen code may add headers: ${path.because ?? "they are made elsewhere"}.`,
    ))
      doubts.set(name, why);
  for (const field of path.headers) addField(field, origin, headers, doubts);
  if (path.originRefused) {
    // Taken only for origins that the handler does not know; whether it knows this one is in its other paths.
    doubts.set(
      "access-control-allow-origin",
      "The handler answers so only when it refused the origin, or there was none.",
    );
  }
  const statuses = path.statusMissing ? [200] : statusesOf(path);
  if (statuses.length === 0) doubts.set(":status", "The handler's status is computed at run time.");
  const because = path.afterCatch
    ? "The handler answers so after it caught an error."
    : "The handler answers so.";
  const answer = {
    kind: "response" as const,
    by: "handler" as const,
    headers,
    doubts,
    because,
    at: path.at,
    ...(path.location ? { location: path.location.text } : {}),
  };
  return (statuses.length === 0 ? [200] : statuses).map((status) => ({ ...answer, status }));
}

function addField(
  field: HeaderField,
  origin: string | undefined,
  headers: Header[],
  doubts: Map<string, string>,
): void {
  const name = field.name.toLowerCase();
  const values = branches(field.value);
  const [only] = values;
  if (field.maybe) doubts.set(name, "The handler sends this header on some ways only.");
  if (values.length > 1) doubts.set(name, "The handler chooses the value at run time.");
  if (only === undefined) return;
  if (only.kind === "known") headers.push([field.name, String(only.value)]);
  else if (only.kind === "fromRequest" && only.header === "origin") {
    const allowed = origin === undefined ? undefined : letsThrough(only.guard, origin);
    if (allowed && origin !== undefined) headers.push([field.name, origin]);
    else if (allowed === undefined)
      doubts.set(name, "Whether the handler lets this origin through is not known.");
  } else doubts.set(name, "The handler computes the value at run time.");
}

/** Whether a handler echoes this origin; `undefined` = not known. */
function letsThrough(guard: Guard, origin: string): boolean | undefined {
  if (guard.kind === "none") return true;
  if (guard.kind !== "exact") return undefined;
  const lists = possibleLists(guard.allowed);
  const [list] = lists;
  if (!list || lists.length > 1) return undefined;
  if (list.items.some(({ value }) => value === origin)) return true;
  return list.complete ? false : undefined;
}
