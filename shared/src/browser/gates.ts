/** What stops a request before anything is sent and before CORS is asked. */
import { hasBadPort, isMixedContent } from "./address-space";
import { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from "./preflight";
import { hasOrigin, includesCredentials, type Url } from "./url";
import type { StepFailure } from "./console";
import type { Profile } from "./profile";
import type { StepId } from "./steps";
import type { ScriptRequest } from "./types";

/** The first gate that the request does not pass, or null. `url` is the parsed `request.url`. */
export function gateFailure(
  request: ScriptRequest,
  url: Url | null,
  profile: Profile,
): StepFailure | null {
  const stop = (step: StepId, value = "", netError?: string): StepFailure => {
    const failure = { step, hop: 0, url: request.url, value };
    return netError === undefined ? failure : { ...failure, netError };
  };
  if (url === null) return stop("gate-url");
  if (includesCredentials(url)) return stop("gate-userinfo");
  if (isForbiddenMethod(request.method)) return stop("gate-method", request.method);
  const method = normalizeMethod(request.method);
  if (request.mode === "no-cors" && !isSafelistedMethod(method)) {
    return stop("gate-no-cors-method", method);
  }
  if (request.body === "stream" && !profile.sendsStreams) return stop("gate-method", "stream");
  if (url.scheme !== "http" && url.scheme !== "https") return stop("gate-scheme", url.scheme);
  if (hasBadPort(url)) return stop("gate-port", "", "net::ERR_UNSAFE_PORT");
  if (isMixedContent(request.origin, url, profile)) return stop("gate-mixed-content");
  if (request.mode === "same-origin" && !hasOrigin(url, request.origin)) {
    return stop("gate-same-origin-mode");
  }
  return null;
}
