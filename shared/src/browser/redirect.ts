/** The standard's "HTTP-redirect fetch". */
import { isMixedContent } from "./address-space";
import { getHeader } from "./headers";
import { fail, type FetchState } from "./state";
import { isRedirect } from "./preflight";
import { withoutHeaders } from "./request-headers";
import { hasOrigin, includesCredentials, parseUrl, sameOrigin, serializeUrl } from "./url";
import type { Url } from "./url";
import type { WireResponse } from "./types";

const BODY_HEADERS = ["content-encoding", "content-language", "content-location", "content-type"];
const CLIENT_HINTS = "device-memory dpr downlink ect rtt viewport-width width".split(" ");
/** Chromium's network stack refuses these itself; other schemes reach the CORS layer. */
const UNSAFE_SCHEMES = ["about", "blob", "data", "file", "filesystem", "javascript"];

/**
 * What a response does to the fetch: `done` (it is the last one), `opaque` (redirect mode manual),
 * `failed`, or `next` after the state has moved to the new URL.
 */
export function redirect(
  state: FetchState,
  response: WireResponse,
): "done" | "opaque" | "failed" | "next" {
  const { request, profile } = state;
  const location = getHeader(response.headers, "Location");
  if (!isRedirect(response.status) || location === null) return "done";
  if (location === "" && profile.emptyLocationIsNoRedirect) return "done";
  if (request.redirect === "error")
    return stop(state, "redirect-mode", location, "net::ERR_FAILED");
  const url = parseUrl(location, state.url);
  if (request.redirect === "manual" && (url !== null || !profile.manualRedirectNeedsLocation)) {
    return "opaque";
  }
  if (url === null) return stop(state, "redirect-location", location, "net::ERR_INVALID_REDIRECT");
  if (url.scheme !== "http" && url.scheme !== "https") return badScheme(state, url, location);
  if (state.hop === 20) return stop(state, "redirect-count", "", "net::ERR_TOO_MANY_REDIRECTS");
  const foreign = state.tainting !== "basic" || !hasOrigin(url, request.origin);
  const refused = request.mode === "cors" || profile.noCorsRefusesUserinfo;
  if (includesCredentials(url) && foreign && refused) {
    return stop(state, "redirect-userinfo", location);
  }
  if (state.hasStream && response.status !== 303) {
    return stop(state, "redirect-stream-body", "", "net::ERR_FAILED");
  }
  rewrite(state, response.status, url);
  if (!isMixedContent(request.origin, url, profile)) return "next";
  fail(state, "gate-mixed-content");
  return "failed";
}

function badScheme(state: FetchState, url: Url, location: string): "failed" {
  if (UNSAFE_SCHEMES.includes(url.scheme)) {
    return stop(state, "redirect-location", location, "net::ERR_UNSAFE_REDIRECT");
  }
  // The console names the address that was refused, not the one that redirected.
  state.failures.push({
    step: "redirect-location",
    hop: state.hop,
    url: url.host === null ? location : serializeUrl(url),
    value: location,
  });
  return "failed";
}

function stop(
  state: FetchState,
  step:
    | "redirect-mode"
    | "redirect-location"
    | "redirect-count"
    | "redirect-userinfo"
    | "redirect-stream-body",
  value: string,
  netError?: string,
): "failed" {
  fail(state, step, value, netError);
  return "failed";
}

/** Moves the fetch to the new URL with the method, body and headers that survive. */
function rewrite(state: FetchState, status: number, url: Url): void {
  const { method, profile } = state;
  const postToGet = (status === 301 || status === 302) && method === "POST";
  const seeOther = status === 303 && method !== "GET" && method !== "HEAD";
  const deleteToGet =
    profile.redirectTurnsDeleteIntoGet && method === "DELETE" && [302, 307, 308].includes(status);
  if (postToGet || seeOther || deleteToGet) {
    state.method = "GET";
    state.hasStream = false;
    state.forced = false;
    state.headers = withoutHeaders(state.headers, BODY_HEADERS);
  }
  if (!sameOrigin(state.url, url)) {
    state.headers = withoutHeaders(state.headers, ["authorization"]);
  }
  if (profile.redirectDropsClientHints && !hasOrigin(url, state.request.origin))
    state.headers = withoutHeaders(state.headers, CLIENT_HINTS);
  state.hop += 1;
  state.url = url;
  state.urlList.push(url);
}
