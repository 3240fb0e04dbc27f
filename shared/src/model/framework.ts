/** Libraries that answer requests for a handler. */
import type { HeaderField } from "./model";
import type { Span } from "./span";

type Sent = readonly HeaderField[];

/** A library that answers requests, and what it will do about CORS. */
export interface Framework {
  readonly name: string;
  readonly at: Span;
  /** `unknown` silences everything that depends on it. */
  readonly cors:
    | { readonly kind: "none" }
    /** `sends`: CORS headers of its answers, one list for each set of options; empty where they cannot be seen. */
    | { readonly kind: "configured"; readonly sends: readonly Sent[]; readonly at: Span }
    | { readonly kind: "misplaced"; readonly because: string; readonly at: Span }
    | { readonly kind: "unknown"; readonly because: string };
  readonly answersOptions: "yes" | "no" | "unknown";
  /** Errors of the library itself carry the headers. */
  readonly coversErrors: "yes" | "no" | "unknown";
}
