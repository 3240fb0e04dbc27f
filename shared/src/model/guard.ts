/** How a handler decided that a request's value may be echoed. */
import type { Strings } from "./model";
import type { Span } from "../ir/span";
import type { LooseTest } from "../ir/text-test";

export type Guard =
  | { readonly kind: "none" }
  /** Compared exactly, with these values as far as known. */
  | { readonly kind: "exact"; readonly allowed: Strings; readonly at: Span }
  /** A test that lets strangers through. `beside`: what an exact comparison lets through that is an alternative to it. */
  | (LooseTest & { readonly beside?: Strings })
  /** A test that cannot be judged (a call into unseen code, a sound-looking pattern). */
  | { readonly kind: "unknown"; readonly at: Span };
