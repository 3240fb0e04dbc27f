/** Which route a request takes. */
import type { Api, Route } from "../model/model";
import { constantOf } from "../model/value";
import { unknown, type ApiRequest, type Unknown } from "./types";

export type Match =
  { readonly kind: "route"; readonly route: Route } | { readonly kind: "none" } | Unknown;

interface Candidate {
  readonly route: Route;
  /** Smaller is more specific; compared element by element. */
  readonly rank: readonly number[];
}

/**
 * HTTP API: a full match before one with a greedy variable before `$default`, and a method before ANY (AWS,
 * http-api-develop-routes). Static segments before variables.
 */
export function matchHttp(api: Api, request: ApiRequest): Match {
  const found = candidates(api, request.path).filter(({ route }) => takes(route, request.method));
  return chosen(
    api,
    found.map(({ route, rank }) => ({ route, rank: [...rank, isAny(route) ? 1 : 0] })),
  );
}

/** REST API: first the resource, by its path; then the method on it, or ANY. */
export function matchRest(api: Api, request: ApiRequest): Match {
  const found = [...candidates(api, request.path)].sort(byRank);
  const [first] = found;
  const resource = found.filter(({ rank }) => first && sameRank(rank, first.rank));
  const own = resource.filter(({ route }) => takes(route, request.method));
  const other = found.some((each) => !resource.includes(each) && takes(each.route, request.method));
  if (own.length === 0 && other) {
    return unknown(
      "AWS does not say whether a less specific resource answers for a method that the nearer one lacks.",
    );
  }
  return chosen(
    api,
    own.map(({ route, rank }) => ({ route, rank: [...rank, isAny(route) ? 1 : 0] })),
  );
}

function chosen(api: Api, found: readonly Candidate[]): Match {
  const [best, second] = [...found].sort(byRank);
  if (!best) {
    return isWhole(api)
      ? { kind: "none" }
      : unknown("The API may have routes that cannot be seen in the code.");
  }
  const exact = best.rank.every((part) => part === 0);
  if (!exact && !isWhole(api))
    return unknown("The API may have nearer routes that cannot be seen in the code.");
  if (best.route.conditional)
    return unknown("The route exists only under a condition.", best.route.at);
  if (second && sameRank(second.rank, best.rank)) {
    return unknown("Several routes take this request.", second.route.at);
  }
  return { kind: "route", route: best.route };
}

/** Every route was seen, with its path and method. */
function isWhole(api: Api): boolean {
  return (
    api.routesComplete &&
    api.routes.every(
      (route) => constantOf(route.path) !== undefined && constantOf(route.method) !== undefined,
    )
  );
}

function candidates(api: Api, path: string): Candidate[] {
  return api.routes.flatMap((route) => {
    const pattern = constantOf(route.path);
    const rank = pattern === undefined ? undefined : rankOf(pattern, path);
    return rank ? [{ route, rank }] : [];
  });
}

/** How well a path fits a pattern: 0 for each static segment, 1 for a variable, 2 for a greedy one, 3 for `$default`. */
export function rankOf(pattern: string, path: string): readonly number[] | undefined {
  if (pattern === "$default") return [3];
  const wanted = segments(pattern);
  const given = segments(path);
  const rank: number[] = [];
  for (const [index, segment] of wanted.entries()) {
    if (/^\{[^}]*\+\}$/.test(segment)) return given.length > index ? [2, ...rank] : undefined;
    const value = given[index];
    if (value === undefined || value === "") return undefined;
    const variable = /^\{[^}]*\}$/.test(segment);
    // A part of a path that is put together at run time fits every variable, and nothing else.
    if (!variable && value !== segment) return undefined;
    rank.push(variable ? 1 : 0);
  }
  return given.length === wanted.length ? [0, ...rank] : undefined;
}

function segments(path: string): readonly string[] {
  const [plain = ""] = path.split(/[?#]/);
  return plain.split("/").filter((segment) => segment !== "");
}

function takes(route: Route, method: string): boolean {
  const own = constantOf(route.method);
  return own === "ANY" || own?.toUpperCase() === method.toUpperCase();
}

function isAny(route: Route): boolean {
  return constantOf(route.method) === "ANY";
}

function byRank(a: Candidate, b: Candidate): number {
  for (let i = 0; i < Math.max(a.rank.length, b.rank.length); i++) {
    const difference = (a.rank[i] ?? 0) - (b.rank[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function sameRank(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
