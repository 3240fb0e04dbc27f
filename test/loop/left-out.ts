/** Rules that the loop does not prove, each with the reason. A new rule has to be put here or get a case. */

/** The rule offers no fix: nothing to apply. */
const noFix = "It has no fix: what is right, only people know.";

export const leftOut: Readonly<Record<string, string>> = {
  "cors-headers-ignored": "Nothing is blocked: API Gateway replaces the handler's headers.",
  "cors-headers-in-body": noFix,
  "csrf-protection-absent":
    "Nothing is blocked, and the fix is half: the handler has to demand the token.",
  "function-url-options-method": "Lambda refuses the deployment; no browser ever meets it.",
  "integration-response-ignored": "Nothing is blocked: the mapping does nothing.",
  "integration-response-without-cors": noFix,
  "mapping-value-unquoted": "API Gateway refuses the deployment; no browser ever meets it.",
  "max-age-beyond-browsers": "Nothing is blocked: browsers use their own maximum.",
  "max-age-out-of-range": "Nothing is blocked: browsers use their own maximum.",
  "middleware-misplaced": noFix,
  "origin-check-bypassable": noFix,
  "preflight-answer-not-ok": noFix,
  "reflected-origin-unchecked": noFix,
  "unhandled-error-without-allow-origin": noFix,
};

/** Whether the reason is that there is no fix. */
export const hasNoFix = (rule: string): boolean => leftOut[rule] === noFix;
