/**
 * What the tools do. The MCP server gets it handed in, so that its bundle holds the SDK only and not, for a second time,
 * what the command line is made of. Each action answers in words and as data, and rejects with a `UserError` for what
 * its caller can put right.
 */
import path from "node:path";
import { realPlace } from "../files/disk";
import type { Severity } from "../../../shared/src/finding";
import { UserError, type CliHost } from "../commands/command";
import { contractsOf } from "../commands/contract";
import { answerToCall, type CallQuestion } from "../commands/explain";
import { answersTo } from "../commands/explain-error";
import { listedRules, unknownRule } from "../commands/rule";
import { answerText } from "../console/error-answer";
import { contractJson, contractText } from "../report/contract";
import { rulePageText } from "../report/rule-pages";
import { isWithin, slashed } from "../workspace/paths";
import { check } from "./check-action";
import { probeWith } from "./probe-action";

export interface CheckRequest {
  readonly paths?: readonly string[] | undefined;
  readonly rule?: string | undefined;
  readonly severity: Severity;
}

export interface ProbeRequest {
  readonly url: string;
  /** The host of the URL once more. */
  readonly confirmedHost: string;
  readonly origins?: readonly string[] | undefined;
  readonly methods?: readonly string[] | undefined;
  readonly headers?: readonly string[] | undefined;
  readonly credentials?: boolean | undefined;
}

export interface CallRequest extends Omit<CallQuestion, "app" | "header"> {
  readonly folder?: string | undefined;
  readonly headers?: readonly string[] | undefined;
}

export interface ErrorRequest {
  /** What the browser's console says. */
  readonly text: string;
  readonly folder?: string | undefined;
}

/** The same answer twice: for reading, and for programs. */
export interface Answer {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Asks the user whether requests may go to a host; `undefined` when the user cannot be asked. */
export type Consent = (host: string) => Promise<boolean | undefined>;

/** The folders that the client works in; `undefined` when it does not say. */
export type Roots = () => Promise<readonly string[] | undefined>;

export interface Actions {
  readonly check: (wish: CheckRequest, roots: Roots) => Promise<Answer>;
  readonly explain: (rule: string | undefined) => Promise<Answer>;
  readonly explainCall: (wish: CallRequest, roots: Roots) => Promise<Answer>;
  readonly explainError: (wish: ErrorRequest, roots: Roots) => Promise<Answer>;
  readonly contract: (paths: readonly string[], roots: Roots) => Promise<Answer>;
  readonly probe: (wish: ProbeRequest, consent: Consent, signal: AbortSignal) => Promise<Answer>;
}

export function actionsOf(world: CliHost): Actions {
  return {
    check: async (wish, roots) => check(wish, await allowedFor(wish.paths, roots, world), world),
    explain: (rule) => Promise.resolve().then(() => explain(rule, world)),
    explainCall: (wish, roots) => explainOneCall(wish, roots, world),
    explainError: (wish, roots) => explainErrors(wish, roots, world),
    contract: (paths, roots) => contract(paths, roots, world),
    probe: probeWith,
  };
}

async function explainOneCall(
  { folder, headers = [], ...question }: CallRequest,
  roots: Roots,
  world: CliHost,
): Promise<Answer> {
  const allowed = await allowedFor(folder === undefined ? [] : [folder], roots, world);
  const standing = { cwd: world.cwd, allowed };
  const app = folder ?? allowed[0] ?? world.cwd;
  const { text, told, call, api } = await answerToCall(
    { ...question, app, header: headers },
    standing,
    world,
  );
  const { verdict, failsAt, because, console: line } = told;
  return { text, data: { api: api.name, call, verdict, failsAt, because, console: line } };
}

async function explainErrors(
  { text, folder }: ErrorRequest,
  roots: Roots,
  world: CliHost,
): Promise<Answer> {
  const allowed = await allowedFor(folder === undefined ? [] : [folder], roots, world);
  const folders = folder === undefined ? allowed : [folder];
  const errors = await answersTo(text, folders, { cwd: world.cwd, allowed }, world);
  return { text: errors.map(answerText).join("\n\n"), data: { errors } };
}

/** Characters of an answer. */
const longest = 60_000;

async function contract(paths: readonly string[], roots: Roots, world: CliHost): Promise<Answer> {
  const allowed = await allowedFor(paths, roots, world);
  const wanted = paths.length > 0 ? paths : allowed;
  const { apps, where } = await contractsOf(wanted, { cwd: world.cwd, allowed }, world);
  const [text, data] = [contractText(apps, where), contractJson(apps)];
  if (JSON.stringify(data).length > longest)
    throw new UserError(
      "The contract is too long for an answer: name the paths of one application.",
    );
  return { text, data: { ...data } };
}

/** The folders that may be read. Rejects with a `UserError` where a path lies outside of them. */
async function allowedFor(
  paths: readonly string[] = [],
  roots: Roots,
  world: CliHost,
): Promise<readonly string[]> {
  const allowed = (await roots()) ?? [world.cwd];
  for (const each of paths) await refuseOutside(slashed(path.resolve(world.cwd, each)), allowed);
  if (allowed.length === 0) throw new UserError("Nothing was read: the client works in no folder.");
  return allowed;
}

/**
 * An agent reads what its user works on and nothing else, whatever it was talked into: a path counts as where it really
 * leads. Rejects with a `UserError` otherwise.
 */
async function refuseOutside(target: string, allowed: readonly string[]): Promise<void> {
  const real = slashed((await realPlace(target)) ?? target);
  for (const root of allowed) {
    const there = await realPlace(root);
    if (there !== undefined && isWithin(slashed(there), real)) return;
  }
  throw new UserError(
    `Nothing was read: ${target} lies outside of ${allowed.join(", ") || "every folder that the client works in"}.`,
  );
}

function explain(rule: string | undefined, { engine }: CliHost): Answer {
  const rules = listedRules(engine.rules);
  if (rule === undefined) {
    const text = rules.map(({ id, summary }) => `${id}: ${summary}`).join("\n");
    return { text, data: { rules } };
  }
  const listed = rules.find(({ id }) => id === rule);
  const text = listed && rulePageText(rule);
  if (!listed || text === undefined) throw new UserError(unknownRule(rule, rules));
  return { text, data: { ...listed } };
}
