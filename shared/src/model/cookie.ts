/** Cookies that answers set. */
import type { Span } from "../ir/span";

/** A cookie that an answer sets, as far as its text is known. */
export interface SetCookie {
  /** The expression that gives it. */
  readonly at: Span;
  readonly name?: string;
  /** Its attributes, names in lower case. */
  readonly attributes: readonly CookieAttribute[];
  /** False when other attributes may stand where the text cannot be seen. */
  readonly complete: boolean;
  /** The expression is the cookie's text, which ends with the expression's last literal. */
  readonly text?: true;
}

export interface CookieAttribute {
  readonly name: string;
  /** Empty for an attribute without value; `undefined` where it is not known. */
  readonly value: string | undefined;
}
