/** What one route answered, before anything is concluded from it. */
import type { HopResponses } from "../../../shared/src/browser";
import type { ControlKind } from "./control-origins";
import type { PlannedRoute } from "./plan";
import type { WireExchange } from "./wire";

/** A preflight and what it asked for. */
export interface PreflightEvidence {
  readonly origin: string;
  readonly method: string;
  readonly headers: readonly string[];
  readonly exchange: WireExchange;
}

/** The answer to a request itself, sent as from a page. */
export interface ResponseEvidence {
  readonly origin: string;
  readonly method: string;
  readonly exchange: WireExchange;
  /** After redirects on the same origin. */
  readonly hops: readonly HopResponses[];
  /** A redirect that leaves the origin, or one too many, and was not followed. */
  readonly notFollowed: string | null;
}

/** An answer to an origin that is none of the pages'. */
export interface ControlEvidence {
  readonly kind: ControlKind;
  readonly origin: string | null;
  readonly exchange: WireExchange;
}

export interface RouteEvidence {
  readonly route: PlannedRoute;
  /** The page's origins; learned from the wire when none was known. */
  readonly origins: readonly string[];
  readonly preflights: readonly PreflightEvidence[];
  readonly responses: readonly ResponseEvidence[];
  readonly controls: readonly ControlEvidence[];
  /** Three answers on one fresh query: the page, a stranger, the page again. */
  readonly cache: readonly ControlEvidence[];
  /** The answer for a parameter that cannot exist. */
  readonly errorPath: ControlEvidence | null;
  readonly skipped: readonly string[];
}
