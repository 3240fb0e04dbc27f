/** What leaves an evaluation other than by returning. */
import type { Span } from "../../ir/span";
import type { Writes } from "./heap";
import type { AbstractValue } from "./values";

/** The evaluation has done as much as it may. */
export class OutOfBudget extends Error {}

/** The evaluation came to an end of what it has: its steps, or the stack, in code or data that nests very deeply. */
export function isExhausted(error: unknown): boolean {
  return error instanceof OutOfBudget || error instanceof RangeError;
}

/** Code that was only tried has to do with the answer. */
export class RelevantEffect extends Error {}

/** A way that goes on for ever as far as one sees; the ways that leave the loop are followed on their own. */
export class PathAbandoned extends Error {}

/** An exception of the evaluated program. */
export class Thrown {
  /** What its branch had written before it was taken back: the exception's own properties among it. */
  writes?: Writes;
  /** It is a rejection that functions from this depth on hand on with their promise: their own `try`s do not see it. */
  past?: number;

  constructor(
    readonly value: AbstractValue,
    readonly at: Span,
    /** Thrown by code that is not seen, as far as one must suppose. */
    readonly implicit: boolean,
  ) {}
}
