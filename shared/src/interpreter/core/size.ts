/**
 * How large values may be. Steps bound the work of a program, not what each step makes: forty lines of `v = v + v` are a
 * text of a terabyte. So size is part of the budget: what is made is paid for in steps, and what is larger than any code
 * means for a policy or an answer is not known.
 */
import type { Span } from "../../ir/span";
import { OutOfBudget } from "./signals";
import type { Evaluation } from "./state";
import { known, type AbstractValue, unknown } from "./values";

/** Characters of a text that is put together; what is written out in the code may be longer. */
export const longestText = 20_000;

/** Elements of a list, properties of an object. */
export const mostParts = 2000;

/** Why a value is not known that grew too large. */
export const tooLong = "a text of more than 20,000 characters";
export const tooMany = "a list of more than 2,000 elements";

/** Elements that are kept of a list that grew too long: the first are there for certain, and no more is made of it. */
const keptOfTooMany = 20;

/** Characters, and elements, that cost as much as a step. */
const charactersOfStep = 200;
const partsOfStep = 50;

/** Pays for a copy of so many elements or properties. Throws `OutOfBudget` when there is no more to pay with. */
export function payForParts(run: Evaluation, count: number): void {
  pay(run, count / partsOfStep);
}

/**
 * A text that a program put together.
 * @param length of the text, for work that is not done when it would be too long
 */
export function madeText(
  run: Evaluation,
  length: number,
  make: () => string,
  at: Span,
): AbstractValue {
  if (!(length <= longestText)) return unknown(tooLong, at);
  pay(run, length / charactersOfStep);
  const text = make();
  return text.length <= longestText ? known(text, at) : unknown(tooLong, at);
}

/** The elements that are kept of a list, and why there may be more. */
export function boundedItems<T>(
  items: readonly T[],
  open: string | undefined,
): { items: readonly T[]; open: string | undefined } {
  const most = open === tooMany ? keptOfTooMany : mostParts;
  return items.length <= most
    ? { items, open }
    : { items: items.slice(0, keptOfTooMany), open: open ?? tooMany };
}

function pay(run: Evaluation, steps: number): void {
  run.steps += Math.floor(steps);
  if (run.steps > run.maxSteps) throw new OutOfBudget("the evaluation exceeded its budget");
}
