/**
 * The steps of the browser's CORS procedure, in the order in which the Fetch standard performs them.
 *
 * A rule names the step that its finding makes fail (`failsAt`), the probe reports the steps that
 * did fail: the two meet through these ids. Each sentence says what holds when the step passes.
 */
export const STEPS = {
  // Before CORS: nothing is sent when one of these fails.
  "gate-url": "The URL parses.",
  "gate-scheme": "The URL is an http or https URL.",
  "gate-userinfo": "The URL carries no user name or password.",
  "gate-method": "The method is a token and not CONNECT, TRACE or TRACK.",
  "gate-port": "The port is not on the standard's list of bad ports.",
  "gate-same-origin-mode": "A request in mode same-origin stays on the page's origin.",
  "gate-no-cors-method": "A request in mode no-cors uses GET, HEAD or POST.",
  "gate-mixed-content": "A page served over https does not ask an http address.",
  "gate-local-network": "The page may reach the address space (loopback, local) of the target.",

  // The CORS-preflight fetch.
  "preflight-network": "The OPTIONS request gets a readable HTTP response.",
  "preflight-not-redirected": "The OPTIONS response is not a redirect.",
  "preflight-allow-origin-present": "The OPTIONS response has Access-Control-Allow-Origin.",
  "preflight-allow-origin-not-wildcard":
    "The OPTIONS response names the origin, not *, when the request includes credentials.",
  "preflight-allow-origin-single":
    "The OPTIONS response has one value in Access-Control-Allow-Origin.",
  "preflight-allow-origin-match":
    "Access-Control-Allow-Origin of the OPTIONS response equals the page's origin byte for byte.",
  "preflight-allow-credentials":
    "Access-Control-Allow-Credentials of the OPTIONS response is exactly true when the request includes credentials.",
  "preflight-status-ok": "The OPTIONS response has a status from 200 to 299.",
  "preflight-allow-methods-valid":
    "Access-Control-Allow-Methods of the OPTIONS response is a list of tokens.",
  "preflight-allow-headers-valid":
    "Access-Control-Allow-Headers of the OPTIONS response is a list of tokens.",
  "preflight-method-allowed": "The OPTIONS response allows the request's method.",
  "preflight-authorization-listed":
    "The OPTIONS response allows Authorization by name; * does not cover it in the standard.",
  "preflight-header-allowed": "The OPTIONS response allows every unsafe request header.",

  // The response itself: every status, every redirect.
  "response-network": "The request gets a readable HTTP response.",
  "response-allow-origin-present": "The response has Access-Control-Allow-Origin.",
  "response-allow-origin-not-wildcard":
    "The response names the origin, not *, when the request includes credentials.",
  "response-allow-origin-single": "The response has one value in Access-Control-Allow-Origin.",
  "response-allow-origin-match":
    "Access-Control-Allow-Origin of the response equals the page's origin byte for byte.",
  "response-allow-credentials":
    "Access-Control-Allow-Credentials of the response is exactly true when the request includes credentials.",

  // HTTP-redirect fetch.
  "redirect-mode": "The request does not refuse redirects.",
  "redirect-location": "The Location of the redirect is an http or https URL.",
  "redirect-count": "There are at most 20 redirects.",
  "redirect-userinfo": "The Location carries no user name or password.",
  "redirect-stream-body": "A streamed body is not asked to be sent a second time.",

  // What script sees of a response that passed.
  "response-header-exposed": "The response header is one that script may read.",
} as const;

/** The id of one step of the browser's procedure. */
export type StepId = keyof typeof STEPS;

/** All step ids in the order of the procedure. */
export const STEP_IDS = Object.keys(STEPS) as StepId[];

/** Where in the exchange a step belongs; `gate` means that nothing was sent. */
export type Stage = "gate" | "preflight" | "response";

/** The stage of a step. Redirects and exposed headers belong to the response. */
export function stageOf(step: StepId): Stage {
  if (step.startsWith("gate-")) return "gate";
  return step.startsWith("preflight-") ? "preflight" : "response";
}
