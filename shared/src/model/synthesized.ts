import type { Span } from "../ir/span";

/** A resource of a template that CDK wrote: the file is made anew each time, so that nothing is changed in it. */
export interface Synthesized {
  /** Logical id and body in the template. */
  readonly at: Span;
  /** The path of the construct that made it, as `Shop/Api`. */
  readonly construct: string;
  /** File and line of the code that made it, where traces were asked for, as `ShopStack.java:31`. */
  readonly line?: string;
}
