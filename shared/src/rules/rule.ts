import type { StepId } from "../browser/steps";
import type { Problem, Severity } from "../finding";
import type { CorsModel } from "../model/model";
import type { RuleContext } from "../advice/context";

/** A state of affairs that makes a browser refuse, or accept what it should not. */
export interface Rule {
  /** A noun for the state of affairs; final, as settings, suppressions, pages and the probe use it. */
  readonly id: string;
  /** One sentence for tables. */
  readonly summary: string;
  readonly severity: Severity;
  /** The console line that a developer pastes into a search box, as Chromium words it. */
  readonly browserSays?: string;
  /** The browser's step that fails. */
  readonly failsAt?: StepId;
  /** For security rules: what the browser accepts. */
  readonly allows?: string;
  /** What it underlines has no effect at all. */
  readonly dead?: true;
  /** Yields every problem of the model, in any order. Must be silent where a needed value is unknown. */
  readonly check: (model: CorsModel, context: RuleContext) => Iterable<Problem>;
}
