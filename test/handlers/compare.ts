/** Whether what a handler really answered is among the ways that the analyser claims. */
import type { Handler, HeaderField, ResponsePath, Value } from "../../shared/src/model/model";
import type { Answered, Outcome } from "./outcome";
import { isCors } from "./outcome";

export interface Asked {
  readonly method: string;
  readonly origin: string | undefined;
}

export type Verdict = "agree" | "unknown" | "contradict";

const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes("contradict")
    ? "contradict"
    : verdicts.includes("unknown")
      ? "unknown"
      : "agree";

const best = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes("agree") ? "agree" : verdicts.includes("unknown") ? "unknown" : "contradict";

/** An outcome against all claimed paths. */
export function judge(handler: Handler | undefined, asked: Asked, outcome: Outcome): Verdict {
  if (outcome.k === "nothing") return "agree";
  if (!handler) return "unknown";
  const open: Verdict[] = handler.complete ? [] : ["unknown"];
  if (outcome.k === "threw") return best([...open, handler.mayThrow ? "agree" : "contradict"]);
  return best([...open, ...handler.responses.map((path) => fits(path, asked, outcome))]);
}

/** The paths that an outcome agrees with. */
export function agreeing(handler: Handler, asked: Asked, outcome: Outcome): ResponsePath[] {
  return outcome.k === "answered"
    ? handler.responses.filter((path) => fits(path, asked, outcome) !== "contradict")
    : [];
}

function fits(path: ResponsePath, asked: Asked, outcome: Answered): Verdict {
  if (path.method !== undefined && path.method !== asked.method) return "contradict";
  return worst([fitsStatus(path, outcome), fitsHeaders(path, asked, outcome)]);
}

function fitsStatus(path: ResponsePath, { status }: Answered): Verdict {
  if (path.statusMissing) return status === undefined ? "agree" : "contradict";
  if (status === undefined) return path.status.kind === "unknown" ? "unknown" : "contradict";
  return fitsValue(path.status, String(status), undefined);
}

function fitsHeaders(path: ResponsePath, asked: Asked, { headers }: Answered): Verdict {
  const claimed = path.headers.filter((field) => isCors(field.name));
  const named = (name: string): HeaderField[] =>
    claimed.filter((field) => field.name.toLowerCase() === name);
  const names = [...claimed.map((field) => field.name.toLowerCase()), ...headers.keys()];
  const verdicts = [...new Set(names)].map((name) =>
    fitsField(named(name), headers.get(name) ?? [], path, asked),
  );
  return worst(verdicts);
}

/** The values of one header against the fields that claim it. */
function fitsField(
  fields: readonly HeaderField[],
  values: readonly string[],
  { headersComplete }: ResponsePath,
  asked: Asked,
): Verdict {
  if (values.length === 0)
    return worst(fields.map((field) => (field.maybe ? "agree" : absence(field.value, asked))));
  if (fields.length === 0) return headersComplete ? "contradict" : "unknown";
  return worst(
    values.map((value) => best(fields.map((field) => fitsValue(field.value, value, asked)))),
  );
}

/** Whether the header may have been without a value, and so was not sent. */
function absence(value: Value<string | number | boolean>, asked: Asked): Verdict {
  switch (value.kind) {
    case "known":
      return "contradict";
    case "oneOf":
      return best(value.of.map((branch) => absence(branch, asked)));
    case "fromRequest":
      return value.header === "origin" && asked.origin !== undefined ? "contradict" : "agree";
    case "unknown":
      return "unknown";
  }
}

function fitsValue(
  claim: Value<string | number | boolean>,
  value: string,
  asked: Asked | undefined,
): Verdict {
  switch (claim.kind) {
    case "known":
      return spellings(claim.value).includes(value) ? "agree" : "contradict";
    case "oneOf":
      return best(claim.of.map((branch) => fitsValue(branch, value, asked)));
    case "fromRequest":
      if (claim.header !== "origin") return claim.header === "*" ? "unknown" : "agree";
      return value === asked?.origin && allows(claim.guard, value) ? "agree" : "contradict";
    case "unknown":
      return "unknown";
  }
}

/** A boolean as both languages write it. */
function spellings(value: string | number | boolean): readonly string[] {
  const text = String(value);
  return typeof value === "boolean" ? [text, text.charAt(0).toUpperCase() + text.slice(1)] : [text];
}

/** A guard that claims an exact list lets nothing else through. */
function allows(
  guard: Extract<Value<string>, { kind: "fromRequest" }>["guard"],
  origin: string,
): boolean {
  if (guard.kind !== "exact") return true;
  const { allowed } = guard;
  if (allowed.kind !== "known") return true;
  return allowed.value.some((item) => fitsValue(item, origin, undefined) !== "contradict");
}
