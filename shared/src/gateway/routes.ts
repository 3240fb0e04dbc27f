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
 * The most specific path that has the method, or ANY: static segments before variables, a full match before one with a
 * greedy variable, before `$default`; on one path a method before ANY.
 *
 * For HTTP APIs AWS says so (http-api-develop-routes). For REST APIs users measured it in two regions (floci-io/floci
 * #3399, ministackorg/ministack #1423): a resource that lacks the method leaves the request to `{id}` or `{proxy+}`,
 * also where all that it has is OPTIONS.
 */
export function matchRoute(api: Api, request: ApiRequest): Match {
  const found = candidates(api, request.path).filter(({ route }) => takes(route, request.method));
  return chosen(
    api,
    found.map(({ route, rank }) => ({ route, rank: [...rank, isAny(route) ? 1 : 0] })),
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
