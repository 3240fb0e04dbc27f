import type { Span } from "./span";

/** Something that could not be understood, for `cors-lens model`, hover and bug reports. */
export interface Gap {
  readonly because: string;
  readonly at: Span;
  /** By a mistake of this program. */
  readonly fault?: true;
}
