import { apiTraits } from "../../../shared/src/model/kinds";
import type { Api, Route } from "../../../shared/src/model/model";
import { hiddenText, policyRows, sequence, verdictText } from "../../../shared/src/explain";
import {
  callOf,
  explainCall,
  hiddenHeaders,
  likelyOrigin,
  rankOf,
  type Explanation,
  type PageCall,
} from "../../../shared/src/gateway";
import { policiesFor, policiesOf } from "../../../shared/src/model/query/platform";
import { constantOf } from "../../../shared/src/model/value";
import { Option } from "commander";
import { isToken } from "../../../shared/src/browser";
import { Analysis, type AppResult } from "../workspace/analysis";
import { type Exit, type Register, UserError, type CliHost } from "./command";
import { printableLines } from "../../../shared/src/base/printable";
import { explainConsole, type ErrorFlags } from "./explain-error";
import { runAnalysis } from "./run";
import { type Standing, targetsOf } from "./targets";

interface ExplainFlags extends ErrorFlags {
  readonly api?: string;
  readonly origin?: string;
  readonly credentials?: boolean;
  readonly header: readonly string[];
}

/** `cors-lens explain <METHOD> <path>`, and `cors-lens explain "<what the console says>"` */
export const registerExplain: Register = (program, world, exit) => {
  program
    .command("explain")
    .description(
      "say what a browser and AWS will do with a page's call, or what an error of the browser's console comes from",
    )
    .argument(
      "[words...]",
      "a call (PUT /orders/42), or what the console says, in quotes; without, it is read from standard input",
    )
    .option("--app <folder>", "the folder of the CDK application", ".")
    .option("--api <name>", "the API, when several serve the path")
    .option("--origin <origin>", "the page's origin (default: the first that the policy names)")
    .option("--credentials", "the page sends cookies: credentials: include")
    .option("--header <name: value>", "a header that the page sets; may be repeated", collect, [])
    .addOption(
      new Option("--format <format>", "how to print what the console's error comes from")
        .choices(["text", "json"])
        .default("text"),
    )
    .addHelpText("after", examples)
    .action(async (words: readonly string[], flags: ExplainFlags) => {
      const [method = "", path = "", ...others] = words;
      if (others.length === 0 && isToken(method) && path.startsWith("/")) {
        exit(await explain(method, path, flags, world));
        return;
      }
      const isPiped = words.length === 0 || (words.length === 1 && method === "-");
      const text = isPiped ? Buffer.from(await world.input()).toString("utf8") : words.join(" ");
      exit(await explainConsole(text, flags, world));
    });
};

const examples = `
Examples:
  cors-lens explain PUT /orders/42
  cors-lens explain "Access to fetch at 'https://…' from origin 'https://…' has been blocked by CORS policy: …"
  pbpaste | cors-lens explain`;

function collect(header: string, before: readonly string[]): readonly string[] {
  return [...before, header];
}

async function explain(
  method: string,
  path: string,
  flags: ExplainFlags,
  world: CliHost,
): Promise<Exit> {
  const { text, told } = await answerToCall({ ...flags, method, path }, world, world);
  world.write(`${printableLines(text)}\n`);
  return told.verdict === "blocked" ? 1 : 0;
}

/** A call that somebody wants to make. */
export interface CallQuestion {
  /** The application's folder. */
  readonly app: string;
  readonly method: string;
  readonly path: string;
  readonly api?: string | undefined;
  readonly origin?: string | undefined;
  readonly credentials?: boolean | undefined;
  /** `name: value`; empty: those that a page of the workspace sends. */
  readonly header: readonly string[];
}

export interface CallAnswer {
  /** The exchange and the verdict in words. */
  readonly text: string;
  readonly told: Explanation;
  readonly call: PageCall;
  readonly api: Api;
}

/** What the browser and AWS do with a call. Rejects with a `UserError` where no API, or more than one, may be meant. */
export async function answerToCall(
  question: CallQuestion,
  standing: Standing,
  world: CliHost,
): Promise<CallAnswer> {
  const { method, path } = question;
  const targets = await targetsOf([question.app], standing);
  const analysis = new Analysis(world.engine);
  await runAnalysis(analysis, targets, world);
  const { api, result } = chosenApi(
    analysis.results.filter((each) => targets.concerns(each.app)),
    method,
    path,
    question.api,
  );
  const found = foundRequest(result, api, method, path);
  const given = question.header.map(headerOf);
  const call: PageCall = {
    origin: question.origin ?? likelyOrigin(api, result.model.apis),
    method,
    path,
    headers: given.length > 0 ? given : (found?.call.headers ?? []),
    credentials:
      (question.credentials ?? found?.call.credentials === "include") ? "include" : "same-origin",
  };
  const told = explainCall(result.model, api, call);
  const hidden = hiddenText(hiddenHeaders(result.model, api, call, found?.reads ?? []));
  const lines = [
    `${api.name} (${api.construct})`,
    ...policyLines(api, path),
    "",
    ...(given.length === 0 && found ? ["The call as a page of this workspace makes it:", ""] : []),
    ...sequence(told),
    "",
    verdictText(told, call),
    ...(hidden === "" ? [] : [hidden]),
  ];
  return { text: lines.join("\n"), told, call, api };
}

interface Found {
  readonly call: PageCall;
  /** Headers of the response that the page reads. */
  readonly reads: readonly string[];
}

/** The call of a page of the workspace with this method and path, if there is one. */
function foundRequest(
  { model }: AppResult,
  api: Api,
  method: string,
  path: string,
): Found | undefined {
  const requests = model.requests.filter((request) => request.api?.id === api.id);
  for (const request of requests) {
    const call = callOf(request, likelyOrigin(api, model.apis));
    if (call?.method !== method || rankOf(pattern(request.path ?? ""), path) === undefined)
      continue;
    return { call, reads: (request.readsHeaders ?? []).map(({ name }) => name) };
  }
  return undefined;
}

function pattern(path: string): string {
  return path.replaceAll("{}", "{part}");
}

function chosenApi(
  results: readonly AppResult[],
  method: string,
  path: string,
  name: string | undefined,
): { api: Api; result: AppResult } {
  const all = results.flatMap((result) => result.model.apis.map((api) => ({ api, result })));
  const named = name === undefined ? all : all.filter(({ api }) => api.name === name);
  const serving = likeliest(
    named.map((each) => each.api),
    method,
    path,
  );
  const [only, ...others] = named.filter(({ api }) => serving.includes(api));
  const list = (some: typeof all): string => some.map(({ api }) => api.name).join(", ");
  if (all.length === 0) throw new UserError("no API was found here");
  if (named.length === 0)
    throw new UserError(`there is no API ${name ?? ""}; there is ${list(all)}`);
  if (!only)
    throw new UserError(
      unknownPath(
        path,
        named.map((each) => each.api),
      ),
    );
  if (others.length > 0)
    throw new UserError(
      `several APIs may be meant: ${list([only, ...others])}; choose one with --api`,
    );
  return only;
}

/** The APIs that serve the call, else those that serve its path, else those whose routes were not all seen. */
function likeliest(apis: readonly Api[], method: string, path: string): readonly Api[] {
  const own = (route: Route): boolean =>
    ["ANY", method.toUpperCase()].includes(constantOf(route.method) ?? "");
  const [exact, near, unseen] = [
    apis.filter(({ routes }) => routes.some((route) => fits(route, path) && own(route))),
    apis.filter(({ routes }) => routes.some((route) => fits(route, path))),
    apis.filter((api) => !api.routesComplete || api.routes.some(isUnknown)),
  ];
  return exact.length > 0 ? exact : near.length > 0 ? near : unseen;
}

function fits({ path: own }: Route, path: string): boolean {
  const wanted = constantOf(own);
  return wanted !== undefined && rankOf(wanted, path) !== undefined;
}

function isUnknown({ path }: Route): boolean {
  return constantOf(path) === undefined;
}

function unknownPath(path: string, apis: readonly Api[]): string {
  const lists = apis.map(({ name, routes }) => {
    const own = routes
      .filter((route) => !route.generated)
      .map((route) => `  ${constantOf(route.method) ?? "?"} ${constantOf(route.path) ?? "?"}`);
    return [`${name}:`, ...new Set(own.length > 0 ? own : ["  no routes"])].join("\n");
  });
  return `no route takes ${path}. The routes are\n${lists.join("\n")}`;
}

function policyLines(api: Api, path: string): readonly string[] {
  const route = api.routes.find((each) => rankOf(constantOf(each.path) ?? "", path) !== undefined);
  const policies =
    route && apiTraits[api.kind].policyScope === "resource"
      ? policiesFor(api, route)
      : policiesOf(api);
  if (policies.length === 0) return ["  no CORS policy"];
  const texts = policies.map((policy) =>
    policyRows(policy)
      .map(([label, value]) => `  ${label.padEnd(14)} ${value}`)
      .join("\n"),
  );
  // One option of a REST API is a policy for each of its resources.
  return [...new Set(texts)];
}

function headerOf(text: string): readonly [string, string] {
  const colon = text.indexOf(":");
  if (colon < 1) throw new UserError(`--header wants "name: value", not "${text}"`);
  return [text.slice(0, colon), text.slice(colon + 1).trim()];
}
