/** Distributions that serve the application's pages. */
import type { Span } from "../ir/span";
import type { Strings } from "./model";

export interface Site {
  /** The construct or resource: the word to name it by. */
  readonly at: Span;
  /** Its own names, without a scheme; absent where it has none but CloudFront's. */
  readonly names?: Strings;
}
