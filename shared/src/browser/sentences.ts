/**
 * What browsers write to their consoles about a request that CORS stopped, and the steps of the procedure that each
 * sentence stands for. Chromium's were measured (Chromium 156); Firefox's are those of its `security.properties`, WebKit's
 * those of `CrossOriginAccessControl.cpp` and `CrossOriginPreflightResultCache.cpp`.
 */
import type { StepId } from "./steps";

export type Engine = "chromium" | "firefox" | "webkit";

/** Parts in braces are what the browser puts in; they have no blanks, but for `value`. */
export interface Sentence {
  readonly engine: Engine;
  readonly text: string;
  /** The steps that may have failed; none where the sentence tells the URL only. */
  readonly steps: readonly StepId[];
}

type Check =
  | "allow-origin-present"
  | "allow-origin-not-wildcard"
  | "allow-origin-single"
  | "allow-origin-match"
  | "allow-credentials";

/** The browser makes the same check twice, and the sentence does not tell which of them failed. */
function either(...checks: readonly Check[]): readonly StepId[] {
  return checks.flatMap((check) => [`preflight-${check}`, `response-${check}`] as const);
}

const NETWORK = ["preflight-network", "response-network"] as const;

/** What stands before Chromium's details. Of `{api}` it knows `fetch`, `XMLHttpRequest`, `font`, `script` and others. */
export const CHROMIUM_PREFIXES: readonly string[] = [
  "Access to {api} at '{url}' (redirected from '{first}') from origin '{origin}' has been blocked by CORS policy: ",
  "Access to {api} at '{url}' from origin '{origin}' has been blocked by CORS policy: ",
];

/** What Chromium says between prefix and detail where the preflight failed the check; without it, the response did. */
export const CHROMIUM_PREFLIGHT =
  "Response to preflight request doesn't pass access control check: ";

/** Details of Chromium. Where a check is made twice, `CHROMIUM_PREFLIGHT` tells of which of them it speaks. */
const chromium: readonly (readonly [text: string, steps: readonly StepId[]])[] = [
  [
    "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
    either("allow-origin-present"),
  ],
  [
    "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin.",
    either("allow-origin-match"),
  ],
  [
    "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'.",
    either("allow-origin-match"),
  ],
  [
    "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed.",
    either("allow-origin-single"),
  ],
  [
    "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
    either("allow-origin-not-wildcard"),
  ],
  [
    "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'.",
    either("allow-credentials"),
  ],
  ["It does not have HTTP ok status.", ["preflight-status-ok"]],
  ["Redirect is not allowed for a preflight request.", ["preflight-not-redirected"]],
  [
    "Cannot parse Access-Control-Allow-Methods response header field in preflight response.",
    ["preflight-allow-methods-valid"],
  ],
  [
    "Cannot parse Access-Control-Allow-Headers response header field in preflight response.",
    ["preflight-allow-headers-valid"],
  ],
  [
    "Method {method} is not allowed by Access-Control-Allow-Methods in preflight response.",
    ["preflight-method-allowed"],
  ],
  [
    "Request header field {header} is not allowed by Access-Control-Allow-Headers in preflight response.",
    ["preflight-header-allowed", "preflight-authorization-listed"],
  ],
  [
    "Redirect location '{value}' contains a username and password, which is disallowed for cross-origin requests.",
    ["redirect-userinfo"],
  ],
  ["Cross origin requests are only supported for protocol schemes:", ["redirect-location"]],
  [
    "Permission was denied for this request to access the '{value}' address space.",
    ["gate-local-network"],
  ],
  [
    "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure resource '{url}'.",
    ["gate-mixed-content"],
  ],
  ["Fetch API cannot load {url}. URL scheme", ["gate-scheme"]],
  ["{method} {url} net::ERR_FAILED", []],
  ["{method} {url} net::{net}", NETWORK],
  ["Failed to load resource: net::ERR_FAILED", []],
  ["Failed to load resource: net::{net}", NETWORK],
];

/** Firefox names the resource first and the reason in parentheses, in which the stage is not said. */
export const FIREFOX_PREFIXES: readonly string[] = [
  "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at '{url}'. (Reason: ",
  "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. (Reason: ",
];

const firefox: readonly (readonly [text: string, steps: readonly StepId[]])[] = [
  ["CORS disabled)", []],
  ["CORS request did not succeed)", NETWORK],
  ["CORS header 'Origin' cannot be added)", []],
  [
    "CORS request external redirect not allowed)",
    ["preflight-not-redirected", "redirect-mode", "redirect-userinfo"],
  ],
  ["CORS request not http)", ["gate-scheme"]],
  ["CORS header 'Access-Control-Allow-Origin' missing)", either("allow-origin-present")],
  [
    "Multiple CORS header 'Access-Control-Allow-Origin' not allowed)",
    either("allow-origin-single"),
  ],
  [
    "CORS header 'Access-Control-Allow-Origin' does not match '{value}')",
    either("allow-origin-match", "allow-origin-single"),
  ],
  [
    "Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*')",
    either("allow-origin-not-wildcard"),
  ],
  [
    "Did not find method in CORS header 'Access-Control-Allow-Methods')",
    ["preflight-method-allowed"],
  ],
  [
    "expected 'true' in CORS header 'Access-Control-Allow-Credentials')",
    either("allow-credentials"),
  ],
  [
    "CORS preflight response did not succeed)",
    ["preflight-status-ok", "preflight-not-redirected", "preflight-network"],
  ],
  [
    "invalid token '{value}' in CORS header 'Access-Control-Allow-Methods')",
    ["preflight-allow-methods-valid"],
  ],
  [
    "invalid token '{value}' in CORS header 'Access-Control-Allow-Headers')",
    ["preflight-allow-headers-valid"],
  ],
  [
    "header '{header}' is not allowed according to header 'Access-Control-Allow-Headers' from CORS preflight response)",
    ["preflight-header-allowed", "preflight-authorization-listed"],
  ],
  [
    "missing token '{header}' in CORS header 'Access-Control-Allow-Headers' from CORS preflight channel)",
    ["preflight-header-allowed", "preflight-authorization-listed"],
  ],
  ["XHR{method} {url} CORS Missing Allow Origin", either("allow-origin-present")],
];

/** WebKit has one sentence for a missing origin and a wrong one, at both stages; the URL comes in a line of its own. */
const webkit: readonly (readonly [text: string, steps: readonly StepId[]])[] = [
  [
    "Origin {origin} is not allowed by Access-Control-Allow-Origin.",
    either("allow-origin-present", "allow-origin-match"),
  ],
  [
    "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.",
    either("allow-origin-not-wildcard"),
  ],
  [
    "Access-Control-Allow-Origin cannot contain more than one origin.",
    either("allow-origin-single"),
  ],
  [
    'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".',
    either("allow-credentials"),
  ],
  ["Preflight response is not successful.", ["preflight-status-ok", "preflight-not-redirected"]],
  ["Method {method} is not allowed by Access-Control-Allow-Methods.", ["preflight-method-allowed"]],
  [
    "Request header field {header} is not allowed by Access-Control-Allow-Headers.",
    ["preflight-header-allowed", "preflight-authorization-listed"],
  ],
  ["Header Access-Control-Allow-Methods has an invalid value:", ["preflight-allow-methods-valid"]],
  ["Header Access-Control-Allow-Headers has an invalid value:", ["preflight-allow-headers-valid"]],
  ["redirection URL {value} has credentials", ["redirect-userinfo"]],
  [
    "not allowed to follow a cross-origin CORS redirection with non CORS scheme",
    ["redirect-location"],
  ],
  ["Fetch API cannot load {url} due to access control checks.", []],
  ["XMLHttpRequest cannot load {url} due to access control checks.", []],
];

const tables = { chromium, firefox, webkit } as const;

/** Every sentence of every engine. */
export const SENTENCES: readonly Sentence[] = (["chromium", "firefox", "webkit"] as const).flatMap(
  (engine) => tables[engine].map(([text, steps]) => ({ engine, text, steps })),
);

/** What a page's script sees, whatever the reason was: it tells the engine and nothing else. */
export const SCRIPT_ERRORS: readonly (readonly [text: string, engine: Engine])[] = [
  ["Failed to fetch", "chromium"],
  ["NetworkError when attempting to fetch resource", "firefox"],
  ["Load failed", "webkit"],
];
