/** Outcomes of comparing what our model claims with what a template says. */
import type { Strings, Value } from "../../shared/src/model/model";
import { branches } from "../../shared/src/model/value";
import type { Text } from "./template";

/**
 * `equal`: known, and as in the template. `oneOf`: a conditional of which the template shows one branch. `unknown`:
 * nothing claimed. `contradictory`: claimed, and the template says otherwise.
 */
export type Outcome = "equal" | "oneOf" | "unknown" | "contradictory";

export interface Entry {
  readonly stack: string;
  readonly field: string;
  readonly outcome: Outcome;
  /** A field of a CORS policy, of which most must be known. */
  readonly ofPolicy: boolean;
  readonly detail: string;
}

export interface Judgement {
  readonly field: string;
  readonly outcome: Outcome;
  readonly detail: string;
  readonly ofPolicy: boolean;
}

export function judgement(
  field: string,
  outcome: Outcome,
  ours: unknown,
  theirs: unknown,
  ofPolicy = false,
): Judgement {
  return { field, outcome, ofPolicy, detail: `ours ${shown(ours)}, template ${shown(theirs)}` };
}

const shown = (value: unknown): string => {
  const plain =
    JSON.stringify(value, (key, part: unknown) => (key === "at" ? undefined : part)) ?? "nothing";
  return plain.length > 300 ? `${plain.slice(0, 300)}…` : plain;
};

/** Several outcomes for one field, one for each branch that it may take: the best of them holds. */
export function either(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.length === 1) return outcomes[0] ?? "unknown";
  if (outcomes.some((outcome) => outcome === "equal" || outcome === "oneOf")) return "oneOf";
  return outcomes.includes("unknown") || outcomes.length === 0 ? "unknown" : "contradictory";
}

/** A text, number or boolean; the template's `undefined` is decided at deployment only. */
export function compareValue<T extends string | number | boolean>(
  ours: Value<T>,
  theirs: T | undefined,
): Outcome {
  return either(
    branches(ours).map((branch) => {
      if (branch.kind !== "known") return "unknown";
      return branch.value === theirs ? "equal" : "contradictory";
    }),
  );
}

export function compareList(
  ours: Strings,
  theirs: readonly Text[],
  ordered: boolean,
  spelling: (text: string) => readonly string[] = (text) => [text],
): Outcome {
  return either(
    branches(ours).map((branch) =>
      branch.kind === "known" ? compareItems(branch.value, theirs, ordered, spelling) : "unknown",
    ),
  );
}

function compareItems(
  ours: readonly Value<string>[],
  theirs: readonly Text[],
  ordered: boolean,
  spelling: (text: string) => readonly string[],
): Outcome {
  const items = ours.flatMap<Value<string> | string>((item) =>
    item.kind === "known" ? spelling(item.value) : [item],
  );
  const texts = items.filter((item) => typeof item === "string");
  if (texts.length === items.length) {
    if (ordered) return same(texts, theirs) ? "equal" : "contradictory";
    return same([...texts].sort(), [...theirs].sort()) ? "equal" : "contradictory";
  }
  if (texts.some((item) => !theirs.includes(item))) return "contradictory";
  const undecided = items.length - texts.length;
  const atDeployment = theirs.filter((item) => item === undefined).length;
  return undecided === atDeployment && items.length === theirs.length ? "equal" : "unknown";
}

const same = (a: readonly Text[], b: readonly Text[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);
