/** Findings of a probe, and the ids that they carry. */

/** Ids that the rules over the source do not have. */
export const PROBE_ONLY_IDS = [
  "preflight-redirected",
  "preflight-not-ok",
  "http-origin-accepted",
  "subdomain-origin-accepted",
  "preflight-and-response-disagree",
  "endpoint-unreachable",
  "tls-untrusted",
  "local-network-permission",
  "mixed-content",
] as const;

/** Ids of source rules for the same state of affairs. */
export const SOURCE_IDS = [
  "preflight-needs-authorization",
  "vary-origin-missing",
  "origin-never-matches",
  "credentials-value-invalid",
  "allow-origin-multiple-values",
  "error-response-without-allow-origin",
  "success-response-without-allow-origin",
  "allow-methods-missing",
  "allow-headers-missing",
  "wildcard-origin-with-credentials",
  "reflected-origin-unchecked",
  "origin-check-bypassable",
  "null-origin-allowed",
  "max-age-beyond-browsers",
  "cdn-caches-one-origin",
  "cors-not-configured",
  "request-refused-by-policy",
  "response-header-not-exposed",
] as const;

export type FindingId = (typeof PROBE_ONLY_IDS)[number] | (typeof SOURCE_IDS)[number];
export type Severity = "error" | "warning" | "information";

export interface ProbeFinding {
  readonly rule: FindingId;
  readonly severity: Severity;
  /** First line: what the browser does. Second line: why, and what to change. */
  readonly message: string;
  readonly url: string;
  readonly origin?: string;
  /** Methods or headers that a list lacks. */
  readonly missing?: readonly string[];
  /** Which layer probably wrote the guilty answer. */
  readonly layer?: string;
  /** Set by whoever knows the source. */
  readonly file?: string;
  readonly line?: number;
}
