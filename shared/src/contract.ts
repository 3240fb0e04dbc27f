/** Every call that pages may make, and what the browser does with it: the contract between an application and its pages. */
import { headersNeeded } from "./advice/needs";
import { originsOf } from "./advice/page-origins";
import type { StepId } from "./browser/steps";
import type { Credentials } from "./browser/types";
import { groupBy } from "./base/group";
import { callOf, explainCall, rankOf, type PageCall } from "./gateway";
import type { Span } from "./ir/span";
import type { Api, CorsModel, Route } from "./model/model";
import { constantOf } from "./model/value";

/** Stands for every page that the code does not name. */
export const ANY_OTHER = "any other origin";
/** The page that is asked about in its place: the name is reserved, so nobody has it. */
const stranger = "https://any-other.invalid";

export type ContractVerdict = "allowed" | "blocked" | "depends" | "unknown";

/** One call of one page. */
export interface ContractCall {
  readonly api: string;
  /** As `HttpApi`. */
  readonly construct: string;
  readonly method: string;
  readonly path: string;
  /** Names of the headers that the page sends and that need its permission. */
  readonly headers: readonly string[];
  /** A serialized origin, or `ANY_OTHER`. */
  readonly origin: string;
  readonly credentials: "without" | "with";
  readonly verdict: ContractVerdict;
  /** The step of the browser's procedure that fails, or may fail. */
  readonly step?: StepId;
  /** Why it is unknown, or what it depends on. */
  readonly because?: string;
}

/** A call with the places of its route and of what decides. */
export interface PlacedCall extends ContractCall {
  readonly route: Span;
  readonly at?: Span;
}

/** More pages of one API are not told apart. */
const mostOrigins = 40;

/**
 * The contract of an application, ordered by API, path, method, origin and credentials; the same for the same code.
 * @param asked origins to judge besides those that the code names
 */
export function contractOf(model: CorsModel, asked: readonly string[] = []): readonly PlacedCall[] {
  const names = new Map<string, number>();
  return model.apis
    .flatMap((api) => {
      const before = names.get(api.name) ?? 0;
      names.set(api.name, before + 1);
      // Two stacks may have constructs of one name.
      const name = before === 0 ? api.name : `${api.name} (${before + 1})`;
      const calls = api.notForBrowsers === undefined ? callsOf(model, api, asked) : [];
      return calls.map((call) => ({ ...call, api: name }));
    })
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function callsOf(model: CorsModel, api: Api, asked: readonly string[]): readonly PlacedCall[] {
  const named = new Set([...originsOf(model, api).slice(0, mostOrigins), ...asked]);
  named.delete(ANY_OTHER);
  const routes = api.routes.filter(
    (route) => route.generated !== true && constantOf(route.method)?.toUpperCase() !== "OPTIONS",
  );
  const groups = groupBy(routes, (route) => [constantOf(route.path) ?? "?"]);
  return [...groups].flatMap(([path, own]) =>
    questions(model, api, path, own).flatMap((question) =>
      [...[...named].sort(), ANY_OTHER].flatMap((origin) =>
        (["without", "with"] as const).map((credentials) =>
          judged(model, api, { ...question, path, origin, credentials }),
        ),
      ),
    ),
  );
}

interface Question {
  readonly method: string;
  readonly headers: PageCall["headers"];
  readonly route: Route;
}

/** What pages ask of a path: what they evidently send, else what the route takes with the headers that it needs. */
function questions(
  model: CorsModel,
  api: Api,
  path: string,
  routes: readonly Route[],
): readonly Question[] {
  const requests = model.requests.filter(
    (request) =>
      request.api?.id === api.id &&
      rankOf(path, (request.path ?? "").replaceAll("{}", "1")) !== undefined,
  );
  const needed = headersNeeded(api, routes, { ...model, requests: [] }).map(({ name }) => name);
  return routes.flatMap((route): readonly Question[] => {
    const own = constantOf(route.method)?.toUpperCase() ?? "ANY";
    const calls = requests.flatMap((request) => callOf(request, stranger) ?? []);
    const asked = own === "ANY" ? calls.map(({ method }) => method) : [own];
    const methods = new Set(own === "ANY" && asked.length === 0 ? ["GET", "POST"] : asked);
    return [...methods].map((method) => {
      const call = calls.find((each) => each.method === method);
      const body = ["GET", "HEAD", "DELETE"].includes(method) ? [] : ["content-type"];
      const usual = [...new Set([...needed, ...body])].map(
        (name) => [name, name === "content-type" ? "application/json" : "…"] as const,
      );
      return { method, headers: call?.headers ?? usual, route };
    });
  });
}

function judged(
  model: CorsModel,
  api: Api,
  asked: Question & {
    readonly path: string;
    readonly origin: string;
    readonly credentials: ContractCall["credentials"];
  },
): PlacedCall {
  const { method, headers, route, path, origin, credentials } = asked;
  const mode: Credentials = credentials === "with" ? "include" : "omit";
  const told = explainCall(model, api, {
    origin: origin === ANY_OTHER ? stranger : origin,
    method,
    path: path === "$default" || path === "?" ? "/" : path.replace(/\{[^{}]*\}/g, "1"),
    headers,
    credentials: mode,
  });
  const verdict = told.verdict === "conditional" ? "depends" : told.verdict;
  const reason = verdict === "allowed" || verdict === "blocked" ? undefined : told.because;
  return {
    api: api.name,
    construct: api.construct,
    method,
    path,
    headers: [...new Set(headers.map(([name]) => name.toLowerCase()))].sort(),
    origin,
    credentials,
    verdict,
    ...(told.failsAt && verdict !== "allowed" ? { step: told.failsAt } : {}),
    ...(reason ? { because: reason } : {}),
    route: route.at,
    ...(told.at ? { at: told.at } : {}),
  };
}

/** What tells a call from every other one of an application. */
export function keyOf({ api, path, method, origin, credentials }: ContractCall): string {
  const last = origin === ANY_OTHER ? "1" : `0 ${origin}`;
  return JSON.stringify([api, path, method, last, credentials === "with" ? 1 : 0]);
}

/** What became of a call. `opens`: a page may make it now. `closes`: the page or the call is let in no more. `breaks`: it is meant to be let in, and fails. */
export interface ContractChange {
  readonly kind: "opens" | "closes" | "breaks" | "unclear";
  readonly before?: ContractCall;
  readonly now?: ContractCall;
}

/** The changes from one contract to another, in the order of the calls. */
export function contractChanges(
  before: readonly ContractCall[],
  now: readonly ContractCall[],
): readonly ContractChange[] {
  const [old, present] = [byKey(before), byKey(now)];
  const keys = [...new Set([...old.keys(), ...present.keys()])].sort();
  return keys.flatMap((key) => changeOf(old.get(key), present.get(key)) ?? []);
}

function byKey(calls: readonly ContractCall[]): ReadonlyMap<string, ContractCall> {
  return new Map(calls.map((call) => [keyOf(call), call]));
}

function changeOf(
  before: ContractCall | undefined,
  now: ContractCall | undefined,
): ContractChange | undefined {
  const both = { ...(before ? { before } : {}), ...(now ? { now } : {}) };
  const [was, is] = [before?.verdict ?? "blocked", now?.verdict ?? "blocked"];
  if (was === is) return undefined;
  if (is === "allowed") return { kind: "opens", ...both };
  if (was !== "allowed")
    return is === "blocked" || !before ? undefined : { kind: "unclear", ...both };
  if (is !== "blocked") return { kind: "unclear", ...both };
  return { kind: now && !refusesOrigin(now) ? "breaks" : "closes", ...both };
}

/** The page is not among those that may call: that is a decision and no fault. */
function refusesOrigin({ step }: ContractCall): boolean {
  return step !== undefined && /-allow-origin-(present|match)$/.test(step);
}
