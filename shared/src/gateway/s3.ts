/**
 * What S3 answers to a request of a page, given the bucket's CORS rules (Amazon S3 User Guide, "Using cross-origin
 * resource sharing" and "Elements of a CORS configuration"): the first rule is taken whose AllowedOrigin fits the Origin,
 * whose AllowedMethod is the method, and, for a preflight, whose AllowedHeader fit all headers that are asked for. Where
 * none is, a preflight gets 403, and an answer has no CORS headers. Origins and headers may hold one `*`.
 *
 * Not established, and so never called a refusal here: what is done with several `*`, and with another case.
 */
import { effective } from "../model/query/platform";
import { knownBranches, type PossibleList } from "../model/value";
import type { Bucket, CorsPolicy } from "../model/model";

/** What is asked of a bucket. */
export interface BucketRequest {
  /** Absent where the page's origin is not known: then any may be meant. */
  readonly origin?: string;
  readonly method: string;
  /** Names of the headers that a preflight asks for, lower case; none for a request without preflight. */
  readonly headers: readonly string[];
}

/** What no rule allows, for the rule that comes nearest. */
export type BucketLack =
  | { readonly what: "rules" }
  | { readonly what: "origin"; readonly rule: CorsPolicy; readonly origin: string }
  /** `names` are headers that it lacks besides. */
  | { readonly what: "method"; readonly rule: CorsPolicy; readonly names: readonly string[] }
  | { readonly what: "headers"; readonly rule: CorsPolicy; readonly names: readonly string[] };

export type BucketRuling =
  /** `rule` is absent where several may be the first. */
  | { readonly kind: "allows"; readonly rule?: CorsPolicy }
  | { readonly kind: "refuses"; readonly lack: BucketLack }
  | { readonly kind: "unknown" };

/** What the bucket's rules say to a request. */
export function ruleBucket({ rules, open }: Bucket, request: BucketRequest): BucketRuling {
  const judged = rules.map((rule) => judge(rule, request));
  const allowing = judged.find(({ fits }) => fits === "yes");
  const first = judged.find(({ fits }) => fits !== "no");
  if (allowing)
    return first === allowing && open === undefined
      ? { kind: "allows", rule: allowing.rule }
      : { kind: "allows" };
  if (first !== undefined || open !== undefined) return { kind: "unknown" };
  return { kind: "refuses", lack: nearest(judged, request) };
}

type Fit = "yes" | "no" | "unknown";

interface Judged {
  readonly rule: CorsPolicy;
  readonly fits: Fit;
  readonly origin: Fit;
  readonly method: Fit;
  /** The headers that the rule refuses for certain. */
  readonly refused: readonly string[];
}

function judge(rule: CorsPolicy, { origin, method, headers }: BucketRequest): Judged {
  const origins = effective(rule, "allowOrigins");
  const ofOrigin =
    origin === undefined ? "yes" : fitOf(origins, (pattern) => fitsPattern(pattern, origin));
  const ofMethod = fitOf(effective(rule, "allowMethods"), (allowed) =>
    allowed === method ? "yes" : sameBut(allowed, method),
  );
  const lists = effective(rule, "allowHeaders");
  const ofHeaders = headers.map((name) => ({
    name,
    fit: fitOf(lists, (pattern) => fitsPattern(pattern.toLowerCase(), name)),
  }));
  const all = [ofOrigin, ofMethod, ...ofHeaders.map(({ fit }) => fit)];
  const fits = all.includes("no") ? "no" : all.includes("unknown") ? "unknown" : "yes";
  return {
    rule,
    fits: fits === "yes" && rule.conditional ? "unknown" : fits,
    origin: ofOrigin,
    method: ofMethod,
    refused: ofHeaders.filter(({ fit }) => fit === "no").map(({ name }) => name),
  };
}

/** Whether an element of the list fits: for certain where every list that it may be has one. */
function fitOf(lists: readonly PossibleList[] | undefined, fits: (item: string) => Fit): Fit {
  if (lists === undefined || lists.length === 0) return "unknown";
  const all = lists.map(({ items, complete, definite }): Fit => {
    const each = items.map(({ value }) => fits(value));
    if (each.includes("yes") && definite) return "yes";
    return complete && each.every((fit) => fit === "no") && definite ? "no" : "unknown";
  });
  const [first = "unknown"] = all;
  return all.every((fit) => fit === first) ? first : "unknown";
}

/** One `*` stands for any text, the empty one too. */
function fitsPattern(pattern: string, text: string): Fit {
  const parts = pattern.split("*");
  const [before = "", after] = parts;
  if (parts.length > 2) return "unknown";
  if (after === undefined) return pattern === text ? "yes" : sameBut(pattern, text);
  const isLong = text.length >= before.length + after.length;
  if (isLong && text.startsWith(before) && text.endsWith(after)) return "yes";
  const [low, lowText] = [pattern.toLowerCase(), text.toLowerCase()];
  return low === pattern && lowText === text ? "no" : "unknown";
}

/** Texts that differ in case only: what S3 makes of them is not documented. */
function sameBut(a: string, b: string): Fit {
  return a.toLowerCase() === b.toLowerCase() ? "unknown" : "no";
}

function nearest(judged: readonly Judged[], { origin }: BucketRequest): BucketLack {
  const rank = (one: Judged): number =>
    (one.origin === "no" ? 0 : 2) + (one.method === "no" ? 0 : 1) - one.refused.length / 1000;
  const [best] = [...judged].sort((a, b) => rank(b) - rank(a));
  if (best === undefined) return { what: "rules" };
  const { rule } = best;
  if (best.origin === "no" && origin !== undefined) return { what: "origin", rule, origin };
  if (best.method === "no") return { what: "method", rule, names: best.refused };
  return { what: "headers", rule, names: best.refused };
}

/** Of headers that a page reads, lower case, those that the rule does not expose for certain. */
export function hiddenByRule(rule: CorsPolicy, names: readonly string[]): readonly string[] {
  if (rule.exposeHeaders === undefined) return rule.complete ? names : [];
  const { value } = rule.exposeHeaders;
  if (value.kind !== "known") return [];
  const exposed = value.value.map((item) => knownBranches(item).map((one) => one.value));
  if (exposed.some((one) => one.length !== 1)) return [];
  const lower = new Set(exposed.flat().map((name) => name.toLowerCase()));
  return names.filter((name) => !lower.has(name));
}
