/**
 * SAM's own truth: what is read of a template must be what is read of the plain CloudFormation that the translator makes of
 * it. Both are brought to the same words (what OPTIONS answers, who may call, what stands behind a route) and compared.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Api, CorsPolicy, Route, Strings, Value } from "../../shared/src/model/model";
import { methodsOfPath } from "../../shared/src/gateway/rest-api";
import { branches } from "../../shared/src/model/value";
import { readTemplates } from "../../shared/src/readers/template/read";
import { projectOnDisk } from "./project";

/** What was compared: texts by what they are about. */
type Words = ReadonlyMap<string, string>;

export interface Comparison {
  readonly name: string;
  readonly contradictions: readonly string[];
  readonly equal: number;
  /** What was compared and could not be known on one side. */
  readonly unknown: readonly string[];
}

const UNKNOWN = "?";

/** Compares every template of a folder with `input` and `output` in it. */
export function compareAll(folder: string): readonly Comparison[] {
  const names = readdirSync(path.join(folder, "input")).sort();
  return names.flatMap((name) => {
    const output = path.join(folder, "output", name.replace(/\.yaml$/, ".json"));
    const text = readFileSync(output, "utf8");
    // The translator refuses it: there is nothing to compare with.
    if (/"errorMessage"/.test(text)) return [];
    return [compare(name, path.join(folder, "input", name), output)];
  });
}

function compare(name: string, input: string, output: string): Comparison {
  const [ours, truth] = [wordsOf(input), wordsOf(output)];
  const contradictions: string[] = [];
  const unknown: string[] = [];
  let equal = 0;
  for (const key of new Set([...ours.keys(), ...truth.keys()])) {
    const [a, b] = [ours.get(key), truth.get(key)];
    if (a === b && a?.includes(UNKNOWN) !== true) equal++;
    else if (a === b || a?.includes(UNKNOWN) === true || b?.includes(UNKNOWN) === true)
      unknown.push(`${key}: read ${a ?? "nothing"}, made ${b ?? "nothing"}`);
    else if (isOpen(ours, key) || isOpen(truth, key))
      unknown.push(`${key}: read ${a ?? "nothing"}, made ${b ?? "nothing"}`);
    else contradictions.push(`${key}: read ${a ?? "nothing"}, made ${b ?? "nothing"}`);
  }
  return { name, contradictions, equal, unknown };
}

/** Routes that are missing where not all were seen are unknown. */
function isOpen(words: Words, key: string): boolean {
  const [api = ""] = key.split(" ");
  return !words.has(key) && words.get(`${api} complete`) === "false";
}

function wordsOf(file: string): Words {
  const words = new Map<string, string>();
  const { apis } = readTemplates(projectOnDisk(file));
  for (const api of apis)
    for (const [key, value] of apiWords(api)) words.set(`${nameOf(api)} ${key}`, value);
  return words;
}

/** SAM calls the URL that it makes of a function's `FunctionUrlConfig` after the function. */
function nameOf({ kind, name, construct }: Api): string {
  return `${kind}:${construct === "AWS::Serverless::Function" ? `${name}Url` : name}`;
}

function apiWords(api: Api): readonly (readonly [string, string])[] {
  const routes = api.routes.flatMap((route) => routeWords(api, route));
  const responses = api.gatewayResponses.map(
    ({ type, headers }) =>
      [
        `gateway response ${text(type)}`,
        headers
          .map(({ name, value }) => `${name}=${text(value)}`)
          .sort()
          .join(" "),
      ] as const,
  );
  return [
    ["policy", api.kind === "rest" ? "" : policiesText(api)],
    ...routes,
    ...responses,
    ["complete", api.routesComplete ? "" : UNKNOWN],
  ];
}

function policiesText({ cors }: Api): string {
  if (cors.kind === "unknown") return UNKNOWN;
  if (cors.kind === "none") return "none";
  return cors.of.map(policyText).sort().join(" or ");
}

function policyText(policy: CorsPolicy): string {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } =
    policy;
  const lists = [allowOrigins, allowMethods, allowHeaders, exposeHeaders].map((field) =>
    field ? listText(field.value) : "",
  );
  return [...lists, text(allowCredentials?.value).replace("false", ""), text(maxAge?.value)].join(
    " | ",
  );
}

function listText(list: Strings): string {
  return branches(list)
    .map((branch) => (branch.kind === "known" ? branch.value.map(text).join(",") : UNKNOWN))
    .join(" or ");
}

function text(value: Value<string> | Value<number> | Value<boolean> | undefined): string {
  if (!value) return "";
  const all: readonly { readonly kind: string; readonly value?: unknown }[] =
    branches<unknown>(value);
  return all
    .map((branch) => (branch.kind === "known" ? String(branch.value) : UNKNOWN))
    .join(" or ");
}

/** A route by its key: who may call it, what stands behind it, and what a mock answers. */
function routeWords(api: Api, route: Route): readonly (readonly [string, string])[] {
  const key = `${text(route.method)} ${text(route.path)}`;
  const { authorization, integration } = route;
  const who =
    authorization.kind === "some"
      ? `${authorization.type} ${[...authorization.headers].sort().join(",")}`
      : authorization.kind === "none"
        ? "none"
        : UNKNOWN;
  return [
    [
      `${key} may call`,
      `${who}${route.apiKeyRequired ? ` key ${text(route.apiKeyRequired)}` : ""}`,
    ],
    [`${key} behind`, integration.kind === "unknown" ? UNKNOWN : integration.kind],
    ...(integration.kind === "mock" ? [[`${key} answers`, answerText(api, route)] as const] : []),
  ];
}

/** Headers that OPTIONS answers with, in the gateway's mapping expressions. */
function answerText(api: Api, route: Route): string {
  const { preflight, integration } = route;
  if (!preflight) {
    const headers = (integration.responses ?? [])
      .filter(({ of }) => of === "integration")
      .flatMap((one) => one.headers);
    return headers
      .map(
        ({ name, value }) =>
          `${name}=${name.endsWith("max-age") ? text(value).replaceAll("'", "") : text(value)}`,
      )
      .sort()
      .join(" ");
  }
  // What cannot be read as a text in quotes is compared as it is written.
  const written = new Map(
    (integration.responses ?? []).flatMap((one) =>
      one.headers.map(({ name, value }) => [name, text(value)]),
    ),
  );
  const quoted = (list: Strings): string => {
    const value = listText(list);
    return value.includes(UNKNOWN) ? UNKNOWN : `'${value}'`;
  };
  const lines: [string, string][] = [];
  const add = (header: string, value: string | undefined): void => {
    const name = `access-control-allow-${header}`;
    const known = written.get(name);
    if (value !== undefined)
      lines.push([name, value === UNKNOWN && known !== undefined ? known : value]);
  };
  add("origin", preflight.allowOrigins && quoted(preflight.allowOrigins.value));
  add("headers", preflight.allowHeaders && quoted(preflight.allowHeaders.value));
  add(
    "methods",
    preflight.allowMethods ? quoted(preflight.allowMethods.value) : methodsText(api, route),
  );
  if (text(preflight.allowCredentials?.value) === "true") add("credentials", "'true'");
  const age = preflight.maxAge && text(preflight.maxAge.value);
  if (age !== undefined)
    lines.push(["access-control-max-age", age.includes(UNKNOWN) ? UNKNOWN : age]);
  return lines
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(" ");
}

function methodsText(api: Api, { path: place }: Route): string {
  const methods = methodsOfPath(api, place);
  const all = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
  return `'${(methods.includes("ANY") ? all : methods).join(",")}'`;
}
