/** What hover and `cors-lens explain` say: a policy in effect, a call and its exchange. */
import { maxAge } from "./browser/cache";
import { PROFILES } from "./browser/profile";
import { explainCall, type ExchangeStep, type Explanation, type PageCall } from "./gateway";
import type { Api, BrowserRequest, CorsModel, CorsPolicy, Strings, Value } from "./model/model";
import { ALLOW_ORIGIN, effective, policiesOf, policyUses } from "./model/query";
import { alternatives, branches, settled } from "./model/values";

/** A row of a policy's table: what, and its value as text. */
export type Row = readonly [label: string, value: string];

/** The effective policy in rows; what is unknown says why. */
export function policyRows(policy: CorsPolicy): readonly Row[] {
  const rows: Row[] = [
    ["origins", listText(policy, "allowOrigins")],
    ["credentials", flagText(policy)],
    ["methods", listText(policy, "allowMethods")],
    ["headers", listText(policy, "allowHeaders")],
  ];
  if (policy.exposeHeaders) rows.push(["exposed", stringsText(policy.exposeHeaders.value)]);
  rows.push(["cache", cacheText(policy)]);
  const ignored = policy.ignored.map(({ name }) => name).join(", ");
  if (ignored !== "") rows.push(["ignored by CDK", ignored]);
  if (!policy.complete) rows.push(["not seen", policy.because ?? "some options are set elsewhere"]);
  if (policy.conditional) rows.push(["in effect", "under a condition only"]);
  return rows;
}

function listText(
  policy: CorsPolicy,
  option: "allowOrigins" | "allowMethods" | "allowHeaders",
): string {
  const field = policy[option];
  if (field) return stringsText(field.value);
  const [list] = effective(policy, option) ?? [];
  if (list === undefined) return `unknown: ${policy.because ?? "set elsewhere"}`;
  return list.items.length === 0
    ? "none"
    : `${list.items.map(({ value }) => value).join(", ")} (default)`;
}

function stringsText(value: Strings): string {
  return branches(value)
    .map((branch) => {
      if (branch.kind !== "known") return unknownText(branch);
      return branch.value.length === 0 ? "none" : branch.value.map(itemText).join(", ");
    })
    .join(" or ");
}

function itemText(item: Value<string>): string {
  return branches(item)
    .map((branch) => (branch.kind === "known" ? branch.value : unknownText(branch)))
    .join(" or ");
}

function unknownText<T>(value: Value<T>): string {
  return value.kind === "unknown" ? `? (${value.because})` : "?";
}

function flagText(policy: CorsPolicy): string {
  if (!policy.allowCredentials) return policy.complete ? "no" : "unknown";
  const flags = branches(policy.allowCredentials.value);
  return flags
    .map((flag) => (flag.kind === "known" ? (flag.value ? "yes" : "no") : unknownText(flag)))
    .join(" or ");
}

/** How long each browser keeps the answer to a preflight. Sources: `browser/profile`. */
function cacheText(policy: CorsPolicy): string {
  const header = maxAgeHeader(policy);
  if (header === undefined) return "unknown";
  const names = { browsers: "Chromium", firefox: "Firefox", webkit: "Safari" } as const;
  return (["browsers", "firefox", "webkit"] as const)
    .map((name) => `${names[name]} ${duration(maxAge(header, PROFILES[name].cache))}`)
    .join(", ");
}

/** The value of Access-Control-Max-Age; `null`: none is sent, `undefined`: not known. */
function maxAgeHeader(policy: CorsPolicy): string | null | undefined {
  if (settled(policy.disableCache?.value) === true) return "-1";
  if (!policy.maxAge) return policy.complete ? null : undefined;
  const seconds = settled(policy.maxAge.value);
  // CDK's REST API takes 0 for "not given".
  if (seconds === 0 && policy.form.startsWith("rest")) return null;
  return seconds === undefined ? undefined : String(seconds);
}

function duration(seconds: number): string {
  if (seconds === 0) return "not at all";
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

/** Hover on a policy, in Markdown. */
export function hoverPolicy(model: CorsModel, policy: CorsPolicy): string {
  const apis = policyUses(model).flatMap((use) =>
    use.policy === policy && use.api ? [use.api] : [],
  );
  const title = apis.length > 0 ? apis.map(({ name }) => name).join(", ") : "policy";
  const rows = policyRows(policy).map(([label, value]) => `| ${label} | ${cell(value)} |`);
  return [`**CORS of ${escaped(title)}**`, "", "| | |", "| --- | --- |", ...rows].join("\n");
}

function cell(text: string): string {
  return escaped(text).replace(/\n/g, " ");
}

/** Text as Markdown shows it literally. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, "\\$&");
}

/** The call that a request of the workspace makes, from this origin; `undefined` when too little is known of it. */
export function callOf(request: BrowserRequest, origin: string): PageCall | undefined {
  const method = settled(request.method);
  const credentials = settled(request.credentials);
  if (request.path === undefined || method === undefined || credentials === undefined)
    return undefined;
  if (settled(request.mode) !== "cors") return undefined;
  const headers = request.headers.map(
    ({ name, value }) => [name, String(settled(value) ?? "…")] as const,
  );
  const path = request.path.replaceAll("{}", "1");
  return {
    origin,
    method,
    path,
    headers,
    credentials,
    api:
      request.via === "XMLHttpRequest" || request.via === "axios" || request.via === "HttpClient"
        ? "xhr"
        : "fetch",
  };
}

/** An origin that the API lets in, to explain a call with: the first that a policy or an OPTIONS method names. */
export function likelyOrigin(api: Api): string {
  const origins = policiesOf(api).flatMap((policy) =>
    alternatives(policy.allowOrigins?.value).flatMap((list) => list.items.map(valueOf)),
  );
  return (
    [...origins, ...mappedOrigins(api)].find((value) => /^https?:\/\/[^*/]+$/.test(value)) ??
    "https://app.example.com"
  );
}

const valueOf = ({ value }: { readonly value: string }): string => value;

/** Mapping expressions stand in quotes: `'https://app.example.com'`. */
function mappedOrigins(api: Api): readonly string[] {
  const mapped = api.routes.flatMap(({ integration }) => integration.responses ?? []);
  return mapped
    .flatMap(({ headers }) => headers)
    .filter(({ name }) => name.toLowerCase() === ALLOW_ORIGIN)
    .map(({ value }) => (settled(value) ?? "").replace(/^'(.*)'$/, "$1"));
}

/** Hover on a call of a page, in Markdown: preflight, answer, verdict. */
export function hoverRequest(model: CorsModel, request: BrowserRequest): string | undefined {
  const api = model.apis.find(({ id }) => id === request.api?.id);
  if (!api) return undefined;
  const head = `**Calls ${escaped(api.name)}** (${escaped(request.api?.because ?? "")})`;
  const call = callOf(request, likelyOrigin(api));
  if (!call) return `${head}\n\nToo little is known of this call to follow it.`;
  const told = explainCall(model, api, call);
  return [head, "", verdictText(told, call), "", "```text", ...sequence(told), "```"].join("\n");
}

/** The verdict in a sentence or two, with Chromium's own line when blocked. */
export function verdictText(told: Explanation, call: PageCall): string {
  const { verdict, because } = told;
  const from = `from ${call.origin}`;
  const line = told.console === undefined ? "" : `\n\n    ${told.console}`;
  switch (verdict) {
    case "allowed":
      return `The browser hands the response to a page ${from}.`;
    case "blocked":
      return `The browser blocks this ${from}. ${because}${line}`;
    case "conditional":
      return `Whether the browser blocks this ${from} depends on the answer. It does with this one: ${because}${line}`;
    case "unknown":
      return `Whether the browser blocks this ${from} cannot be known from the code. ${because}`;
  }
}

const names = {
  page: "page",
  browser: "browser",
  cdn: "CloudFront",
  gateway: "gateway",
  handler: "handler",
} as const;

/** The exchange as lines of text: `browser -> gateway  OPTIONS /orders`, with the headers that matter below. */
export function sequence(told: Explanation): readonly string[] {
  return told.steps.flatMap(stepLines);
}

function stepLines({ from, to, says, headers, outcome }: ExchangeStep): readonly string[] {
  const arrow = outcome === "stops" ? "--X" : outcome === "doubtful" ? "--?" : "-->";
  const head = `${names[from].padEnd(10)} ${arrow} ${names[to].padEnd(10)} ${says}`;
  return [head.trimEnd(), ...headers.map(([name, value]) => `${" ".repeat(26)}${name}: ${value}`)];
}
