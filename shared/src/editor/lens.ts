/** An API in one line, and what there is to say about it. */
import { originFault } from "../advice/origin";
import { replacedBetween } from "../base/trim";
import type { Finding } from "../finding";
import { explainCall, likelyOrigin, together, type PageCall } from "../gateway";
import type { Api, CorsModel, CorsPolicy, Route } from "../model/model";
import { codeRoutes, isUnlinked } from "../model/query/coverage";
import { sharesOrigin } from "../model/query/exposure";
import { effective, handlersOf, matchesOptions, policiesOf } from "../model/query/platform";
import { ALLOW_ORIGIN, headersNamed } from "../model/query/responses";
import { headersFrom } from "../model/query/responsibility";
import type { Span } from "../ir/span";
import { possibleLists, constantOf } from "../model/value";

/** `3 routes · 2 origins · preflight ok · 1 response path hidden from the page` */
export function lensOf(model: CorsModel, api: Api, findings: readonly Finding[] = []): string {
  const own = findingsOf(model, api, findings);
  const routes = api.routes.filter((route) => route.generated !== true && !isOptions(route)).length;
  const hidden = hiddenResponses(model, api);
  const parts = [
    `${counted(routes, "route")}${api.routesComplete ? "" : " or more"}`,
    followedPart(api),
    ...corsParts(model, api, own),
    hidden > 0 ? `${counted(hidden, "response path")} hidden from the page` : undefined,
    ...countedFindings(own),
  ];
  return parts.filter((part) => part !== undefined).join(" · ");
}

/** Of how many routes the code was read, where not of all. */
function followedPart(api: Api): string | undefined {
  const routes = codeRoutes(api);
  const lost = routes.filter(isUnlinked).length;
  return lost > 0 ? `${routes.length - lost} of ${routes.length} followed` : undefined;
}

/** Who may call, and whether preflights let them. */
function corsParts(
  model: CorsModel,
  api: Api,
  findings: readonly Finding[],
): readonly (string | undefined)[] {
  if (sharesOrigin(api)) return ["same origin as its pages"];
  const asked = preflightOutcome(model, api);
  // One page, asked about with one header, says nothing against what the rules found.
  const isDoubted = asked === "ok" && findings.some(({ severity }) => severity !== "information");
  const outcome = isDoubted ? undefined : asked;
  const author = preflightAuthor(api);
  if (author === undefined || outcome === undefined || outcome === "fails" || outcome === "unknown")
    return [originsText(api), outcome && `preflight ${outcome}`];
  return [`preflight ${author}${outcome === "ok" ? "" : `, ${outcome}`}`];
}

function countedFindings(findings: readonly Finding[]): readonly string[] {
  return (["error", "warning"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [counted(count, severity)] : [];
  });
}

/** Who answers preflights where no policy does: an OPTIONS method, or the code behind ANY. */
function preflightAuthor(api: Api): string | undefined {
  if (policiesOf(api).length > 0 || api.cors.kind === "unknown") return undefined;
  if (api.routes.some(isOptions)) return "by hand";
  return api.routes.some(matchesOptions) ? "by the handler" : undefined;
}

function isOptions(route: Route): boolean {
  return constantOf(route.method)?.toUpperCase() === "OPTIONS";
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function originsText(api: Api): string {
  const policies = policiesOf(api);
  if (policies.length === 0)
    return api.cors.kind === "unknown" ? "policy unknown" : "no CORS policy";
  const lists = policies.flatMap((policy) => effective(policy, "allowOrigins") ?? []);
  const all = new Set(lists.flatMap((list) => list.items.map(({ value }) => value)));
  const [form = "httpApi"] = policies.map((policy) => policy.form);
  const origins = new Set([...all].filter((origin) => originFault(origin, form) === undefined));
  const lost = all.size - origins.size;
  const never = lost > 0 ? ` (${lost} more never ${lost === 1 ? "matches" : "match"})` : "";
  if (origins.has("*")) return "any origin";
  const open = lists.length === 0 || lists.some((list) => !list.complete);
  return open && origins.size === 0
    ? "origins unknown"
    : `${counted(origins.size, "origin")}${open ? " or more" : ""}${never}`;
}

/** What preflights of the routes come to, asked with what each route needs and nothing else. */
function preflightOutcome(model: CorsModel, api: Api): string | undefined {
  const verdicts = api.routes.flatMap((route) => {
    const [method, path] = [constantOf(route.method), constantOf(route.path)];
    if (route.generated || isOptions(route) || method === undefined || path === undefined)
      return [];
    const asked = method === "ANY" ? "POST" : method;
    // A header that any policy may refuse would say more about the header than about the route.
    const call: PageCall = {
      origin: likelyOrigin(api, model.apis),
      method: asked,
      path: pathFor(path),
      headers: [["content-type", "application/json"]],
      credentials: "same-origin",
    };
    const told = explainCall(model, api, call);
    return told.preflight ? [together(told.preflight.rulings).verdict] : [];
  });
  if (verdicts.length === 0) return undefined;
  const blocked = verdicts.filter((verdict) => verdict === "blocked").length;
  if (blocked === verdicts.length) return "fails";
  if (blocked > 0) return `fails on ${counted(blocked, "route")}`;
  if (verdicts.every((verdict) => verdict === "allowed")) return "ok";
  return verdicts.includes("conditional") ? "conditional" : "unknown";
}

/** A path that the pattern takes. */
function pathFor(pattern: string): string {
  return pattern === "$default" ? "/" : replacedBetween(pattern, "{", "}", "1");
}

/** Ways to answer without Access-Control-Allow-Origin, where nobody but the handler sends it. */
function hiddenResponses(model: CorsModel, api: Api): number {
  return handlersOf(api, model)
    .filter(
      (handler) =>
        handler.framework === undefined &&
        handler.bindings.some(
          (front) => front.api === api.id && headersFrom(front, model) === "handler",
        ),
    )
    .flatMap((handler) => handler.responses)
    .filter(
      (path) =>
        path.reachedBy !== "throw" &&
        path.originRefused !== true &&
        path.method !== "OPTIONS" &&
        path.headersComplete &&
        headersNamed(path, ALLOW_ORIGIN).length === 0,
    ).length;
}

/** The findings that stand at the API, its routes and policies, in the code behind it, or at calls of it. */
export function findingsOf(
  model: CorsModel,
  api: Api,
  findings: readonly Finding[],
): readonly Finding[] {
  const places = placesOf(model, api);
  const code = new Set(handlersOf(api, model).map(({ file }) => file));
  return findings.filter(
    ({ at }) => code.has(at.file) || places.some((place) => contains(place, at)),
  );
}

function placesOf(model: CorsModel, api: Api): readonly Span[] {
  const policies = policiesOf(api).flatMap(placesOfPolicy);
  const routes = api.routes.flatMap(({ at, call }) => (call ? [at, call] : [at]));
  const calls = model.requests
    .filter((request) => request.api?.id === api.id)
    .flatMap(({ at, headers, readsHeaders = [] }) => [
      at,
      ...[...headers, ...readsHeaders].map((header) => header.at),
    ]);
  const behaviors = api.behaviors.map(({ at }) => at);
  const responses = api.gatewayResponses.map(({ at }) => at);
  return [api.at, api.call, ...policies, ...routes, ...calls, ...behaviors, ...responses];
}

/** Lists may be written elsewhere, in a constant that several policies use. */
function placesOfPolicy(policy: CorsPolicy): readonly Span[] {
  const { at, block, allowOrigins, allowMethods, allowHeaders } = policy;
  const lists = [allowOrigins, allowMethods, allowHeaders].flatMap((field) =>
    possibleLists(field?.value).flatMap(({ items }) => items.map((item) => item.at)),
  );
  return [at, ...(block ? [block] : []), ...lists];
}

function contains(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}
