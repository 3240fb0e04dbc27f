import type { Edit } from "./model/edit";
import type { Span } from "./ir/span";

export type Severity = "error" | "warning" | "information";

/** `safe` fixes may run unasked on save; `review` ones change who may call, or need a value only people know. */
export type Safety = "safe" | "review";

/** A change that fixes a problem. All its edits apply together or none does. */
export interface Fix {
  readonly title: string;
  readonly safety: Safety;
  readonly edits: readonly Edit[];
}

/** Another place that a reader has to see to understand the problem. */
export interface Related {
  readonly at: Span;
  readonly message: string;
  /** What the page does there does not happen: editors underline it too. */
  readonly blocked?: string;
}

/** What a rule found, before severity and suppression. */
export interface Problem {
  readonly at: Span;
  /** First line, at most about 80 characters: what the browser does. Second line: why, and what to change. */
  readonly message: string;
  /** Differs from the rule's where the state of affairs is weaker. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  /** Where the fault itself is written, when `at` stands for it and may stand for others too. */
  readonly fault?: Span;
  readonly fixes?: readonly Fix[];
}

export interface Finding extends Required<Omit<Problem, "fault">> {
  readonly rule: string;
  /** What is underlined has no effect at all; editors fade it. */
  readonly dead?: true;
  /** Seen on the wire by a probe; the code alone does not show it. */
  readonly live?: true;
}
