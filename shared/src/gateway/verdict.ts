/** The browser's verdict on answers that are known only in part. */
import { consoleMessage, type StepFailure } from "../browser/console";
import { judge } from "../browser/judge";
import type { StepId } from "../browser/steps";
import { isRedirect } from "../browser/preflight";
import { originOf } from "../browser/url";
import type { ScriptRequest, WireResponse } from "../browser/types";
import type { Span } from "../ir/span";
import type { Answer, PossibleAnswer } from "./types";

export type Verdict = "allowed" | "blocked" | "conditional" | "unknown";

/** What the browser makes of one answer. */
export interface Ruling {
  readonly answer: PossibleAnswer;
  readonly verdict: "allowed" | "blocked" | "unknown";
  /** The step that fails, and Chromium's sentence about it. */
  readonly failsAt?: StepId;
  /** Every step that fails for certain, in the order of the procedure; engines look at them in different orders. */
  readonly fails?: readonly StepId[];
  readonly console?: string;
  /** Why it is not known. */
  readonly because?: string;
}

/** What the browser makes of an answer to its preflight. */
export function rulePreflight(request: ScriptRequest, answer: PossibleAnswer): Ruling {
  return rule(request, answer, (wire) => ({ preflightResponse: wire, actualResponse: null }));
}

/** What the browser makes of an answer to the request itself, its preflight being passed. */
export function ruleResponse(request: ScriptRequest, answer: PossibleAnswer): Ruling {
  const ruling = rule(request, answer, (wire) => ({
    preflightResponse: null,
    actualResponse: wire,
  }));
  if (ruling.verdict !== "allowed" || answer.kind !== "response" || !isRedirect(answer.status))
    return ruling;
  return { answer, verdict: "unknown", because: followed(answer, request) };
}

/** A page gets what is answered at the other place; from the second other origin on it is asked as `null` (Fetch). */
function followed({ location }: Answer, { url }: ScriptRequest): string {
  const place = location === undefined ? "" : ` to ${location}`;
  const target = location === undefined ? null : originOf(location);
  const asNull = target !== null && target !== originOf(url) ? ", as origin null" : "";
  return `The browser follows this redirect${place} within the page's call${asNull}: what is answered there decides.`;
}

type Put = (wire: WireResponse) => {
  preflightResponse: WireResponse | null;
  actualResponse: WireResponse | null;
};

function rule(request: ScriptRequest, answer: PossibleAnswer, put: Put): Ruling {
  if (answer.kind === "unknown") return { answer, verdict: "unknown", because: answer.because };
  const { status, headers } = answer;
  const { failures } = judge({ request, ...put({ status, headers }) });
  const certain = failures.filter((failure) => doubtAbout(failure.step, answer) === undefined);
  if (certain.length > 0) return refused(request, answer, certain);
  const [first] = failures;
  if (first === undefined) return { answer, verdict: "allowed" };
  return { answer, verdict: "unknown", because: doubtAbout(first.step, answer) ?? "" };
}

function refused(request: ScriptRequest, answer: Answer, failures: readonly StepFailure[]): Ruling {
  const [failure] = failures;
  if (!failure) return { answer, verdict: "allowed" };
  return {
    answer,
    verdict: "blocked",
    failsAt: failure.step,
    fails: [...new Set(failures.map(({ step }) => step))],
    console: consoleMessage(failure, request),
  };
}

function doubtAbout(step: StepId, { doubts }: Answer): string | undefined {
  const part = partOf(step);
  return part === undefined ? undefined : doubts.get(part);
}

/** The part of a response that a step looks at. */
function partOf(step: StepId): string | undefined {
  if (/-allow-origin-/.test(step)) return "access-control-allow-origin";
  if (step.endsWith("-allow-credentials")) return "access-control-allow-credentials";
  if (/-(method-allowed|allow-methods-valid)$/.test(step)) return "access-control-allow-methods";
  if (/-(header-allowed|authorization-listed|allow-headers-valid)$/.test(step))
    return "access-control-allow-headers";
  return step === "preflight-status-ok" ? ":status" : undefined;
}

/** One verdict about several answers, of which one will come. */
export function together(rulings: readonly Ruling[]): {
  verdict: Verdict;
  decisive: Ruling | undefined;
} {
  const blocked = rulings.find(({ verdict }) => verdict === "blocked");
  const allowed = rulings.find(({ verdict }) => verdict === "allowed");
  const open = rulings.find(({ verdict }) => verdict === "unknown");
  if (blocked) return { verdict: allowed || open ? "conditional" : "blocked", decisive: blocked };
  if (open) return { verdict: "unknown", decisive: open };
  return { verdict: "allowed", decisive: allowed };
}

/** The line that decides. */
export function placeOf({ answer }: Ruling): Span | undefined {
  return answer.at;
}
