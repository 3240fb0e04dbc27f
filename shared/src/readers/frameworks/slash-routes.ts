/**
 * The paths of an application's own routes, for frameworks that redirect to the path with, or without, a slash at its end.
 * Executed with Flask 3.1 (308, only to a path that ends with a slash) and Starlette 1.7 (307, both ways).
 */
import type { Evaluation } from "../../interpreter/core/state";
import type { AbstractValue, ExternValue } from "../../interpreter/core/values";
import type { FrameworkPath, Framework } from "../../model/framework";
import {
  argument,
  callProps,
  classOf,
  externOf,
  isString,
  methodCall,
  toValue,
} from "../library-value";

/** How a framework calls its parts, and when it redirects. */
export interface SlashRoutes {
  readonly redirects: NonNullable<Framework["slashes"]>["redirects"];
  readonly status: number;
  /** Classes whose methods decorate routes, besides the application. */
  readonly router: RegExp;
  /** The router's own prefix. */
  readonly prefix: string;
  /** The application's method that takes a router in, and the option with which it gives a prefix. */
  readonly include: {
    readonly method: string;
    readonly prefix: string;
    readonly replaces: boolean;
  };
  /** The option, or member, that turns redirects off. */
  readonly off: string;
}

const decorators = /^(get|post|put|delete|patch|head|options|route|api_route)$/;

/** `undefined` where some route may not be seen, or nothing is redirected for certain. */
export function slashesOf(
  run: Evaluation,
  app: ExternValue,
  routes: SlashRoutes,
): Framework["slashes"] {
  const isOff = (value: ExternValue): boolean =>
    callProps(value, Infinity).slots.has(camel(routes.off));
  const touched = run.events.some(
    (event) =>
      (event.k === "set" && event.name === routes.off) ||
      (event.k === "decorate" && isOff(event.by)),
  );
  if (touched || isOff(app)) return undefined;
  const prefixes = prefixesOf(run, app, routes);
  if (!prefixes) return undefined;
  const paths: FrameworkPath[] = [];
  for (const event of run.events) {
    if (event.k !== "decorate") continue;
    const method = methodCall(event.by);
    if (!method || !decorators.test(method.name)) continue;
    const prefix = prefixes.get(method.on);
    if (prefix === undefined) continue;
    const path = textOf(argument(event.by, 0, "path") ?? argument(event.by, 0, "rule"));
    if (path === undefined || event.conditional) return undefined;
    paths.push({ text: `${prefix}${path}`, at: event.by.at });
  }
  // Other calls add routes too: all of them are seen, or nothing is said.
  const adds = run.events.some(
    (event) =>
      event.k === "call" &&
      /^(add_url_rule|add_api_route|add_route|mount|host)$/.test(
        methodCall(event.value)?.name ?? "",
      ),
  );
  return paths.length === 0 || adds
    ? undefined
    : { redirects: routes.redirects, status: routes.status, paths };
}

/** The application and the routers that it takes in, with what stands before their routes. */
function prefixesOf(
  run: Evaluation,
  app: ExternValue,
  { router, prefix, include }: SlashRoutes,
): ReadonlyMap<ExternValue, string> | undefined {
  const found = new Map([[app, ""]]);
  for (const event of run.events) {
    if (event.k !== "call") continue;
    const method = methodCall(event.value);
    if (method?.name !== include.method) continue;
    const given = event.value.made.by === "call" ? event.value.made.args.positional[0] : undefined;
    const part = externOf(given);
    const above = found.get(method.on);
    if (!part || above === undefined || !router.test(classOf(part) ?? "")) return undefined;
    const own = optionOf(part, prefix);
    const here = optionOf(event.value, include.prefix);
    if (own === undefined || here === undefined) return undefined;
    const joined = include.replaces && here !== "" ? here : `${here}${own}`;
    found.set(part, `${above}${joined}`);
  }
  return found;
}

/** The text of an option; empty where it is not given, `undefined` where it cannot be seen. */
function optionOf(value: ExternValue, name: string): string | undefined {
  const props = callProps(value, Infinity);
  const slot = props.slots.get(camel(name));
  if (!slot) return props.open === undefined ? "" : undefined;
  return textOf(slot.value);
}

function textOf(value: AbstractValue | undefined): string | undefined {
  const text = value && toValue(value, isString);
  return text?.kind === "known" ? text.value : undefined;
}

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
