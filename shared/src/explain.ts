/** What hover and `cors-lens explain` say: a policy in effect, a call and its exchange. `hover` makes Markdown of it. */
import { traitsOf } from "./model/kinds";
import { maxAge } from "./browser/cache";
import { PROFILES } from "./browser/profile";
import type { ExchangeStep, Explanation, PageCall } from "./gateway";
import type { CorsPolicy, Strings, Value } from "./model/model";
import { effective } from "./model/query/platform";
import { branches, constantOf } from "./model/value";

/** A row of a policy's table: what, and its value as text. */
export type Row = readonly [label: string, value: string];

/** How what stands in the code is told from what is said about it. */
type Quote = (literal: string) => string;

const plain: Quote = (literal) => literal;

/** The effective policy in rows; what is unknown says why. */
export function policyRows(policy: CorsPolicy, quote: Quote = plain): readonly Row[] {
  const rows: Row[] = [
    ["origins", listText(policy, "allowOrigins", quote)],
    ["credentials", flagText(policy)],
    ["methods", listText(policy, "allowMethods", quote)],
    ["headers", listText(policy, "allowHeaders", quote)],
  ];
  if (policy.exposeHeaders) rows.push(["exposed", stringsText(policy.exposeHeaders.value, quote)]);
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
  quote: Quote,
): string {
  const field = policy[option];
  if (field) return stringsText(field.value, quote);
  const [list] = effective(policy, option) ?? [];
  if (list === undefined) return `unknown: ${policy.because ?? "set elsewhere"}`;
  return list.items.length === 0
    ? "none"
    : `${list.items.map(({ value }) => quote(value)).join(", ")} (default)`;
}

function stringsText(value: Strings, quote: Quote): string {
  return branches(value)
    .map((branch) => {
      if (branch.kind !== "known") return unknownText(branch);
      return branch.value.length === 0
        ? "none"
        : branch.value.map((item) => itemText(item, quote)).join(", ");
    })
    .join(" or ");
}

function itemText(item: Value<string>, quote: Quote): string {
  return branches(item)
    .map((branch) => (branch.kind === "known" ? quote(branch.value) : unknownText(branch)))
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
  if (constantOf(policy.disableCache?.value) === true) return "-1";
  if (!policy.maxAge) return policy.complete ? null : undefined;
  const seconds = constantOf(policy.maxAge.value);
  // CDK's REST API takes 0 for "not given".
  if (seconds === 0 && traitsOf(policy).service === "rest") return null;
  return seconds === undefined ? undefined : String(seconds);
}

function duration(seconds: number): string {
  if (seconds === 0) return "not at all";
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

/** The verdict in a sentence or two, with Chromium's own line when blocked. */
export function verdictText(told: Explanation, call: PageCall): string {
  const line = told.console === undefined ? "" : `\n\n    ${told.console}`;
  const because = told.verdict === "allowed" ? "" : ` ${told.because}`;
  return `${verdictSentence(told, call.origin)}${because}${line}`;
}

/** What the browser does, in a sentence; `told.because` says why. */
export function verdictSentence({ verdict }: Explanation, origin: string): string {
  switch (verdict) {
    case "allowed":
      return `The browser hands the response to a page from ${origin}.`;
    case "blocked":
      return `The browser blocks this from ${origin}.`;
    case "conditional":
      return `Whether the browser blocks this from ${origin} depends on the answer.`;
    case "unknown":
      return `Whether the browser blocks this from ${origin} cannot be known from the code.`;
  }
}

/** Headers of the response that the page reads in vain; empty when there is none. */
export function hiddenText(names: readonly string[], quote: Quote = plain): string {
  if (names.length === 0) return "";
  return `The page reads ${names.map(quote).join(", ")} and gets null: the answer does not expose ${names.length === 1 ? "it" : "them"}.`;
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
  return [head.trimEnd(), ...headers.map(([name, value]) => `    ${name}: ${value}`)];
}
