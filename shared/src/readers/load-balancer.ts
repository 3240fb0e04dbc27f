/** What code and templates say of load balancers, as one model. */
import type { Api, Route, Value } from "../model/model";

/** What a listener's rule asks of a request; an empty list asks nothing. */
export interface Conditions {
  readonly paths: readonly Value<string>[];
  readonly methods: readonly Value<string>[];
}

/** A pattern of a listener's rule as a route's path: `/api/*` takes all below, and `*` elsewhere is not told apart. */
export function pathOf(pattern: Value<string>): Value<string> {
  if (pattern.kind !== "known") return pattern;
  const { value, at } = pattern;
  if (value === "*" || value === "/*") return { kind: "known", value: "/{proxy+}", at };
  const below = /^(\/[^*?]*)\/\*$/.exec(value)?.[1];
  if (below !== undefined) return { kind: "known", value: `${below}/{proxy+}`, at };
  return /[*?]/.test(value) || !value.startsWith("/")
    ? { kind: "unknown", because: "a pattern decides it", at }
    : pattern;
}

/** A group of targets: a route for each path and method that its conditions name. */
export function loadBalancerApi(
  base: Omit<Api, "cors" | "routes" | "routesComplete">,
  route: Omit<Route, "method" | "path">,
  conditions: Conditions | undefined,
  multiValueHeaders: Value<boolean> | undefined,
): Api {
  const { at } = route;
  const unseen: Value<string> = { kind: "unknown", because: "a listener's rule decides it", at };
  const any: Value<string> = { kind: "known", value: "ANY", at };
  // `$default` stands for every method as well.
  const wide = conditions?.methods.length === 0 ? "$default" : "/{proxy+}";
  const all: Value<string> = { kind: "known", value: wide, at };
  const paths = conditions ? (conditions.paths.length > 0 ? conditions.paths : [all]) : [unseen];
  const methods = conditions
    ? conditions.methods.length > 0
      ? conditions.methods
      : [any]
    : [unseen];
  return {
    ...base,
    cors: { kind: "none" },
    routes: paths.flatMap((path) => methods.map((method): Route => ({ ...route, method, path }))),
    // Other rules of the listener may take requests before this one.
    routesComplete: false,
    ...(multiValueHeaders ? { multiValueHeaders } : {}),
  };
}
