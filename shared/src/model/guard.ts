/** How a handler decided that a request's value may be echoed. */
import type { Strings } from "./model";
import type { Span } from "../ir/span";

/** The part of a test that is looked at: what the method is called on, the right operand, or the argument of this number. */
export type TestSubject = "receiver" | "right" | number;

/** A test that looks at a part of a text, or for a pattern in it. */
export interface LooseTest {
  readonly kind: "bypassable";
  readonly how: "prefix" | "suffix" | "substring" | "unanchored-pattern" | "unescaped-dot";
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

export type Guard =
  | { readonly kind: "none" }
  /** Compared exactly, with these values as far as known. */
  | { readonly kind: "exact"; readonly allowed: Strings; readonly at: Span }
  /** A test that lets strangers through. `beside`: what an exact comparison lets through that is an alternative to it. */
  | (LooseTest & { readonly beside?: Strings })
  /** A test that cannot be judged (a call into unseen code, a sound-looking pattern). */
  | { readonly kind: "unknown"; readonly at: Span };
