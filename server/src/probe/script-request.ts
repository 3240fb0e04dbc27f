/** A page's request and the wire's answers, in the words of the browser's procedure. */
import type { Header, ScriptRequest, WireResponse } from "../../../shared/src/browser";
import { headersFor, type PlannedRoute } from "./plan";
import type { WireExchange } from "./wire";

/** Who asks, and how. */
export interface Caller {
  readonly origin: string;
  readonly method: string;
  readonly credentials: "omit" | "include";
}

/** The request of a page's script to a route. */
export function scriptRequest(caller: Caller, route: PlannedRoute): ScriptRequest {
  return {
    ...caller,
    url: route.url,
    // A value that no safelisted header may have: these names were chosen because they preflight.
    headers: headersFor(route, caller.method).map((name): Header => [name, "\x01"]),
    mode: "cors",
    redirect: "follow",
    api: "fetch",
    body: null,
  };
}

/** A network failure is one to the browser too. */
export function wire({ response, failure }: WireExchange): WireResponse {
  if (response !== null) return { status: response.status, headers: response.headers };
  const malformed = failure?.kind === "invalid-head" || failure?.kind === "head-too-large";
  return {
    status: 0,
    headers: [],
    ...(malformed ? { malformedHead: true } : { connectionReset: true }),
  };
}
