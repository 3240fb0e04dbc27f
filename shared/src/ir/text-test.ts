/** Tests of a text that let others through than are meant. */
import type { Span } from "./span";

/** The part of a test that is looked at: what the method is called on, an operand, or the argument of this number. */
export type TestSubject = "receiver" | "left" | "right" | number;

/** A test that looks at a part of a text, or for a pattern in it. */
export interface LooseTest {
  readonly kind: "bypassable";
  readonly how:
    | "prefix"
    | "suffix"
    | "substring"
    /** A text is looked through for the value, as if it were a list. */
    | "membership-in-text"
    | "unanchored-pattern"
    | "unescaped-dot"
    /** A pattern that takes any host. */
    | "open-host";
  readonly subject: TestSubject;
  /** What it compares with, where that is plain text. */
  readonly texts?: readonly ComparedText[];
  /** Asked of the elements of a list, one after another. */
  readonly each?: true;
  readonly at: Span;
}

export interface ComparedText {
  readonly text: string;
  /** Read out of a pattern, which itself equals no origin. */
  readonly pattern?: true;
  readonly at: Span;
}
