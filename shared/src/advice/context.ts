import type { Severity } from "../finding";

/** A severity for all of them, or `inconsistent`: information where the handler sends the header on other ways. */
export type BehindHttpApi = Severity | "inconsistent" | "off";

/** What settings tell the rules; everything else is in the model. */
export interface RuleContext {
  /** Origins of the user's pages (`corsLens.origins`), for fixes that need one. */
  readonly origins: readonly string[];
  /** What to say of missing headers in a handler behind an HTTP API that adds them itself (`corsLens.handlers.behindHttpApiCors`). */
  readonly behindHttpApiCors: BehindHttpApi;
}

export const defaultContext: RuleContext = { origins: [], behindHttpApiCors: "inconsistent" };
