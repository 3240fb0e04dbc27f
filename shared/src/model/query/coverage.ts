/** How much of an application was followed, and what was not seen of it. */
import type { Api, CorsModel, Gap, Handler, Route } from "../model";
import { groupBy } from "../../base/group";
import { keyOfSpan } from "../../ir/span";
import { constantOf } from "../value";

/** What was followed, as `check --format json` says it. */
export interface Coverage {
  /** Routes that lead to a Lambda function, or to something that cannot be seen; an API of several stages counts once. */
  readonly routes: number;
  /** Those of them whose handler was read. */
  readonly linked: number;
  readonly handlers: number;
  readonly responses: number;
  /** Responses of which all headers are known. */
  readonly known: number;
  /** Why the others were not followed, the most frequent reason first. */
  readonly unlinked: readonly { readonly reason: string; readonly count: number }[];
}

/** What was followed in all of these applications together. */
export function coverageOf(models: readonly CorsModel[]): Coverage {
  const routes = models.flatMap((model) => model.apis.flatMap(codeRoutes).filter(isFirst()));
  const handlers = models.flatMap((model) => model.handlers).filter(isHandler);
  const responses = handlers.flatMap((handler) => handler.responses);
  const unlinked = groupBy(routes.filter(isUnlinked), ({ unlinked }) => [unlinked ?? unseen]);
  return {
    routes: routes.length,
    linked: routes.filter((route) => !isUnlinked(route)).length,
    handlers: handlers.length,
    responses: responses.length,
    known: responses.filter((response) => response.headersComplete).length,
    unlinked: [...unlinked]
      .map(([reason, { length }]) => ({ reason, count: length }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
  };
}

const unseen = "the function cannot be seen";

/** Whether the route is answered by code that was not found. */
export function isUnlinked(route: Route): boolean {
  return route.handlers.length === 0;
}

/** The routes of an API that lead to a function, or to what cannot be seen. */
export function codeRoutes(api: Api): readonly Route[] {
  return api.routes.filter(
    ({ generated, integration: { kind } }) =>
      generated !== true && (kind === "lambda" || kind === "lambdaCustom" || kind === "unknown"),
  );
}

/** Accepts a route the first time that it is met: stages make the same construct several times. */
function isFirst(): (route: Route) => boolean {
  const met = new Set<string>();
  return (route) => {
    const { at, method, path } = route;
    const key = `${keyOfSpan(at)} ${String(constantOf(method))} ${String(constantOf(path))}`;
    return met.size < met.add(key).size;
  };
}

function isHandler(handler: Handler): boolean {
  return handler.notHttp === undefined;
}

/** One gap for each cause why routes are not followed, at the first route of each. */
export function routeGaps(apis: readonly Api[]): readonly Gap[] {
  const routes = apis.flatMap(codeRoutes).filter(isFirst()).filter(isUnlinked);
  return [...groupBy(routes, ({ unlinked }) => [unlinked ?? unseen])].map(
    ([reason, [first, ...others]]) => ({
      because: `${nameOf(first)}${othersIn(others.length)} not followed: ${reason}`,
      at: first.at,
    }),
  );
}

function othersIn(count: number): string {
  return count === 0 ? " is" : ` and ${count} other route${count > 1 ? "s" : ""} are`;
}

function nameOf({ method, path }: Route): string {
  const [verb, place] = [constantOf(method), constantOf(path)];
  return verb === undefined || place === undefined ? "a route" : `${verb} ${place}`;
}
