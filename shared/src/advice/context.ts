import type { Severity } from "../finding";

/** What settings tell the rules; everything else is in the model. */
export interface RuleContext {
  /** Origins of the user's pages (`corsLens.origins`), for fixes that need one. */
  readonly origins: readonly string[];
  /** Severity of missing headers in a handler behind an HTTP API that adds them itself (`corsLens.handlers.behindHttpApiCors`). */
  readonly behindHttpApiCors: Severity | "off";
}

export const defaultContext: RuleContext = { origins: [], behindHttpApiCors: "information" };
