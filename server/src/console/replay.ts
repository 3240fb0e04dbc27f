/** The calls that may have led to an error of the console, told as the model tells them, until one fails at the same step. */
import type { ConsoleError, StepId } from "../../../shared/src/browser";
import {
  callOf,
  explainCall,
  likelyOrigin,
  rankOf,
  type Explanation,
  type PageCall,
  type Ruling,
} from "../../../shared/src/gateway";
import type { BrowserRequest } from "../../../shared/src/model/model";
import { constantOf } from "../../../shared/src/model/value";
import { originsOf } from "../../../shared/src/advice/page-origins";
import type { Served } from "./served";

/** A call, and what the code says of it. */
export interface Replay {
  readonly served: Served;
  readonly call: PageCall;
  readonly told: Explanation;
  /** The call of a page that it was taken from. */
  readonly request?: BrowserRequest;
  /** The step of the error that fails for this call too, and the answer at which it does. */
  readonly match?: { readonly step: StepId; readonly ruling: Ruling };
}

/** More calls than any route has methods, modes and pages. */
const mostCalls = 120;
const mostOrigins = 6;

/** The likeliest call of those that this API may have got. */
export function replay(served: Served, error: ConsoleError): Replay | undefined {
  const replays = callsOf(served, error)
    .slice(0, mostCalls)
    .map((possible) => replayOf(served, error, possible));
  const matching = replays.filter(({ match }) => match !== undefined);
  return (
    matching.find(({ match }) => match && hasStatus(match.ruling, error)) ??
    matching[0] ??
    replays.find(({ told: { verdict } }) => verdict === "unknown" || verdict === "conditional") ??
    replays.find(({ told: { verdict } }) => verdict === "allowed") ??
    replays[0]
  );
}

function hasStatus({ answer }: Ruling, { status }: ConsoleError): boolean {
  return answer.kind === "response" && answer.status === status;
}

interface Possible {
  readonly call: PageCall;
  readonly request?: BrowserRequest;
}

function replayOf(served: Served, error: ConsoleError, possible: Possible): Replay {
  const { call, request } = possible;
  const told = explainCall(served.app.model, served.api, call);
  const match = matchOf(told, error);
  return { served, call, told, ...(request ? { request } : {}), ...(match ? { match } : {}) };
}

/** Any way to be blocked fits an error that does not say how. Of several answers the one with the error's status. */
function matchOf(
  { verdict, preflight, response }: Explanation,
  error: ConsoleError,
): Replay["match"] | undefined {
  const rulings = [...(preflight?.rulings ?? []), ...(response?.rulings ?? [])];
  const fitting = rulings.flatMap((ruling) => {
    const { fails = [], failsAt } = ruling;
    const step =
      error.steps.length > 0
        ? fails.find((each) => error.steps.includes(each))
        : verdict === "blocked"
          ? failsAt
          : undefined;
    return step ? [{ step, ruling }] : [];
  });
  return fitting.find(({ ruling }) => hasStatus(ruling, error)) ?? fitting[0];
}

/** The calls of pages of the workspace first, then those that the routes allow for. */
function callsOf(served: Served, error: ConsoleError): readonly Possible[] {
  const { app, api, path } = served;
  const known = [...new Set([...originsOf(app.model, api), likelyOrigin(api, app.model.apis)])];
  const origins = error.origin === undefined ? known.slice(0, mostOrigins) : [error.origin];
  const url = error.first ?? error.url;
  const fits = ({ path: asked }: BrowserRequest): boolean =>
    asked !== undefined && rankOf(asked.replaceAll("{}", "{part}"), path) !== undefined;
  const requests = app.model.requests.filter(
    (request) => (request.api === undefined || request.api.id === api.id) && fits(request),
  );
  return origins.flatMap((origin) => {
    const written = requests.flatMap((request): readonly Possible[] => {
      const call = callOf(request, origin);
      const other = error.method !== undefined && call?.method !== error.method;
      return call && !other && sends(call, error.header) ? [{ call, request }] : [];
    });
    const guessed = guesses(served, error).map((call) => ({ call: { ...call, origin } }));
    return [...written, ...guessed].flatMap(({ call, ...from }): readonly Possible[] => {
      const own = { ...call, path, ...(url === undefined ? {} : { url }) };
      // The answer to the request itself is looked at whatever the code has for its preflight.
      const permitted = { call: { ...own, permitted: true as const }, ...from };
      return speaksOfResponse(error)
        ? [{ call: own, ...from }, permitted]
        : [{ call: own, ...from }];
    });
  });
}

function speaksOfResponse({ steps }: ConsoleError): boolean {
  return steps.some((step) => step.startsWith("response-"));
}

function sends({ headers }: PageCall, name: string | undefined): boolean {
  return name === undefined || headers.some(([own]) => own.toLowerCase() === name.toLowerCase());
}

function guesses(served: Served, error: ConsoleError): readonly Omit<PageCall, "origin">[] {
  return methodsOf(served, error).flatMap((method) =>
    (["omit", "include"] as const).map((credentials) => {
      const headers = headersOf(served, error, method);
      return { method, path: served.path, headers, credentials };
    }),
  );
}

function methodsOf({ routes }: Served, { method }: ConsoleError): readonly string[] {
  if (method !== undefined) return [method];
  const own = routes.flatMap((route) => constantOf(route.method) ?? []);
  const asked = own.flatMap((each) => (each === "ANY" ? ["GET", "POST"] : [each]));
  const real = [...new Set(asked)].filter((each) => each !== "OPTIONS");
  return real.length > 0 ? real : ["GET"];
}

/** What a page of such a route sends: JSON where there is a body, and what the authorizer asks for. */
function headersOf(
  { routes }: Served,
  { steps, header }: ConsoleError,
  method: string,
): PageCall["headers"] {
  const needed = routes.flatMap(({ authorization }) =>
    authorization.kind === "some" ? authorization.headers.slice(0, 1) : [],
  );
  const asksFirst = steps.length > 0 && steps.every((step) => step.startsWith("preflight-"));
  const names = new Set([
    ...(header === undefined ? needed : [header.toLowerCase()]),
    ...(!["GET", "HEAD"].includes(method) || asksFirst ? ["content-type"] : []),
  ]);
  return [...names].map(
    (name) => [name, name === "content-type" ? "application/json" : "…"] as const,
  );
}
