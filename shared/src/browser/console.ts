/** What Chromium writes to the console, word for word, and its codes (Chromium 156). */
import { CHROMIUM_PREFLIGHT } from "./sentences";
import { parseUrl } from "./url";
import type { StepId } from "./steps";
import type { ScriptRequest } from "./types";

/** A step that failed, with the bytes that made it fail. */
export interface StepFailure {
  readonly step: StepId;
  /** 0 for the URL that script asked, n after the nth redirect. */
  readonly hop: number;
  /** The URL of this hop. */
  readonly url: string;
  /** The guilty value, method, header name or status; empty where there is none. */
  readonly value: string;
  /** `net::ERR_…` where the network stack, not CORS, says no. */
  readonly netError?: string;
}

const VALID = " Have the server send the header with a valid value.";
const SCHEMES =
  "chrome, chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, " +
  "http, https, isolated-app";
const XHR_CREDENTIALS =
  " The credentials mode of requests initiated by the XMLHttpRequest is controlled by the " +
  "withCredentials attribute.";

/** DevTools' code for the failure (`corsErrorStatus.corsError`), or null when it is not CORS. */
export function corsErrorCode(failure: StepFailure): string | null {
  const [stage, check] = split(failure.step);
  const prefix = stage === "preflight" ? "Preflight" : "";
  switch (check) {
    case "allow-origin-present":
      return `${prefix}MissingAllowOriginHeader`;
    case "allow-origin-not-wildcard":
      return `${prefix}WildcardOriginNotAllowed`;
    case "allow-origin-single":
      return `${prefix}MultipleAllowOriginValues`;
    case "allow-origin-match":
      return `${prefix}${isOriginLike(failure.value) ? "AllowOriginMismatch" : "InvalidAllowOriginValue"}`;
    case "allow-credentials":
      return `${prefix}InvalidAllowCredentials`;
    case "status-ok":
      return "PreflightInvalidStatus";
    case "not-redirected":
      return "PreflightDisallowedRedirect";
    case "allow-methods-valid":
      return "InvalidAllowMethodsPreflightResponse";
    case "allow-headers-valid":
      return "InvalidAllowHeadersPreflightResponse";
    case "method-allowed":
      return "MethodDisallowedByPreflightResponse";
    case "header-allowed":
    case "authorization-listed":
      return "HeaderDisallowedByPreflightResponse";
    case "userinfo":
      return stage === "redirect" ? "RedirectContainsCredentials" : null;
    case "location":
      return failure.netError === undefined ? "CorsDisabledScheme" : null;
    case "local-network":
      return "LocalNetworkAccessPermissionDenied";
    default:
      return null;
  }
}

/** The console line for a failure. Script itself only sees `TypeError: Failed to fetch`. */
export function consoleMessage(failure: StepFailure, request: ScriptRequest): string {
  if (failure.netError !== undefined) return `Failed to load resource: ${failure.netError}`;
  const detail = corsDetail(failure, request.api);
  if (detail === null) return otherMessage(failure, request);
  const api = request.api === "xhr" ? "XMLHttpRequest" : "fetch";
  const from = failure.url === request.url ? "" : ` (redirected from '${request.url}')`;
  return (
    `Access to ${api} at '${failure.url}'${from} from origin '${request.origin}' ` +
    `has been blocked by CORS policy: ${detail}`
  );
}

function corsDetail(failure: StepFailure, api: "fetch" | "xhr"): string | null {
  const [stage, check] = split(failure.step);
  const text = checkText(check, failure, api);
  if (text === null) return null;
  const inCheck = check.startsWith("allow-origin") || check === "allow-credentials";
  return stage === "preflight" && inCheck ? CHROMIUM_PREFLIGHT + text : text;
}

function checkText(check: string, failure: StepFailure, api: "fetch" | "xhr"): string | null {
  const value = escape(failure.value);
  // XHR says where its credentials mode comes from and gives no advice about the value.
  const advice = api === "xhr" ? "" : VALID;
  const mode = api === "xhr" ? XHR_CREDENTIALS : "";
  switch (check) {
    case "allow-origin-present":
      return "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
    case "allow-origin-not-wildcard":
      return (
        "The value of the 'Access-Control-Allow-Origin' header in the response must not be the " +
        `wildcard '*' when the request's credentials mode is 'include'.${mode}`
      );
    case "allow-origin-single":
      return `The 'Access-Control-Allow-Origin' header contains multiple values '${value}', but only one is allowed.${advice}`;
    case "allow-origin-match":
      return isOriginLike(failure.value)
        ? `The 'Access-Control-Allow-Origin' header has a value '${value}' that is not equal to the supplied origin.${advice}`
        : `The 'Access-Control-Allow-Origin' header contains the invalid value '${value}'.${advice}`;
    case "allow-credentials":
      return (
        `The value of the 'Access-Control-Allow-Credentials' header in the response is '${value}' ` +
        `which must be 'true' when the request's credentials mode is 'include'.${mode}`
      );
    default:
      return preflightText(check, failure);
  }
}

function preflightText(check: string, failure: StepFailure): string | null {
  switch (check) {
    case "status-ok":
      return `${CHROMIUM_PREFLIGHT}It does not have HTTP ok status.`;
    case "not-redirected":
      return `${CHROMIUM_PREFLIGHT}Redirect is not allowed for a preflight request.`;
    case "allow-methods-valid":
      return "Cannot parse Access-Control-Allow-Methods response header field in preflight response.";
    case "allow-headers-valid":
      return "Cannot parse Access-Control-Allow-Headers response header field in preflight response.";
    case "method-allowed":
      return `Method ${failure.value} is not allowed by Access-Control-Allow-Methods in preflight response.`;
    case "header-allowed":
    case "authorization-listed":
      return `Request header field ${failure.value} is not allowed by Access-Control-Allow-Headers in preflight response.`;
    case "location":
      return `Cross origin requests are only supported for protocol schemes: ${SCHEMES}.`;
    case "userinfo":
      return failure.step === "redirect-userinfo"
        ? "Redirect location '' contains a username and password, which is disallowed for cross-origin requests."
        : null;
    case "local-network":
      return `Permission was denied for this request to access the \`${failure.value}\` address space.`;
    default:
      return null;
  }
}

function otherMessage(failure: StepFailure, request: ScriptRequest): string {
  switch (failure.step) {
    case "gate-same-origin-mode":
      return (
        `Fetch API cannot load ${failure.url}. Request mode is "same-origin" but the URL's origin ` +
        `is not same as the request origin ${request.origin}.`
      );
    case "gate-no-cors-method":
      return `TypeError: Failed to execute 'fetch' on 'Window': '${failure.value}' is unsupported in no-cors mode.`;
    case "gate-method":
      return `TypeError: Failed to execute 'fetch' on 'Window': '${failure.value}' HTTP method is unsupported.`;
    case "gate-url":
      return `TypeError: Failed to execute 'fetch' on 'Window': Failed to parse URL from ${failure.url}`;
    case "gate-userinfo":
      return (
        "TypeError: Failed to execute 'fetch' on 'Window': Request cannot be constructed from a URL " +
        `that includes credentials: ${failure.url}`
      );
    case "gate-scheme":
      return `Fetch API cannot load ${failure.url}. URL scheme "${failure.value}" is not supported.`;
    case "gate-mixed-content":
      return (
        `Mixed Content: The page at '${request.origin}' was loaded over HTTPS, but requested an ` +
        `insecure resource '${failure.url}'. This request has been blocked; the content must be ` +
        "served over HTTPS."
      );
    default:
      return "Failed to load resource: net::ERR_FAILED";
  }
}

function split(step: StepId): [stage: string, check: string] {
  const dash = step.indexOf("-");
  return [step.slice(0, dash), step.slice(dash + 1)];
}

/** Chromium tells a wrong origin from a value that is none by parsing its UTF-8 as a URL. */
function isOriginLike(value: string): boolean {
  const text = decodeUtf8(value);
  return value === "null" || (text !== null && parseUrl(text) !== null);
}

function decodeUtf8(bytes: string): string | null {
  const hex = (byte: string) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`;
  try {
    return decodeURIComponent(bytes.replace(/[%\x80-\xff]/g, hex));
  } catch {
    return null;
  }
}

/** Bytes outside printable ASCII appear as `\u00A0`. */
function escape(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
}
