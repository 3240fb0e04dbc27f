import type { Span } from "../ir/span";
import type { Value } from "./model";

/** A header of a gateway, integration or method response of a REST API, with its mapping expression. */
export interface MappedHeader {
  readonly name: string;
  /** As `'*'` with its inner quotes. */
  readonly value: Value<string>;
  /** The key. */
  readonly at: Span;
  /** The expression after the key, which may name a constant that other code uses too. */
  readonly written?: Span;
}
