/** What the checks of a route are given, and how they name what they find. */
import type { FindingId, ProbeFinding, Severity } from "./finding";
import { layerOf } from "./layer";
import type { ProbePlan } from "./plan";
import type { RouteEvidence } from "./route-evidence";
import type { JudgedCell } from "./verdicts";
import type { WireExchange } from "./wire";

/** What every check gets. */
export interface Case {
  readonly plan: ProbePlan;
  readonly evidence: RouteEvidence;
  readonly cells: readonly JudgedCell[];
  /** Some answer of the whole run carries a CORS header. */
  readonly speaksCors: boolean;
}

/** A finding about an exchange, with the layer that probably wrote its answer. */
export function finding(
  rule: FindingId,
  severity: Severity,
  exchange: WireExchange,
  message: string,
  origin?: string,
): ProbeFinding {
  const layer = exchange.response === null ? null : layerOf(exchange.response.headers);
  return {
    rule,
    severity,
    message,
    url: exchange.request.url,
    ...(origin === undefined ? {} : { origin }),
    ...(layer === null ? {} : { layer }),
  };
}
