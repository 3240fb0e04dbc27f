/** Findings about the bytes of Access-Control-Allow-Origin and -Credentials in one answer. */
import { getHeader, originOf } from "../../../shared/src/browser";
import { finding, type Case } from "./case";
import type { ProbeFinding } from "./finding";
import type { WireExchange } from "./wire";

/** What is wrong with the values, for an answer that has Access-Control-Allow-Origin. */
export function allowOriginFindings(
  { plan }: Case,
  exchange: WireExchange,
  origin: string,
): ProbeFinding[] {
  const headers = exchange.response?.headers ?? [];
  const value = getHeader(headers, "Access-Control-Allow-Origin");
  if (value === null) return [];
  const credentials = getHeader(headers, "Access-Control-Allow-Credentials");
  return [
    ...valueFindings(value, exchange, origin, plan),
    ...credentialsFindings(value, credentials, exchange, origin, plan.credentials),
  ];
}

function valueFindings(
  value: string,
  exchange: WireExchange,
  origin: string,
  { originsAssumed: assumed, origins }: Case["plan"],
): ProbeFinding[] {
  if (value === "*" || value === origin) return [];
  if (origins.includes(value) && isFromCache(exchange)) {
    const message =
      `A cache answers ${origin} with what it kept for ${value}: browsers block the page.\n` +
      "Put Origin into the cache key, or send Vary: Origin with every answer, also without an Origin.";
    return [finding("cdn-caches-one-origin", "error", exchange, message, origin)];
  }
  if (/[ ,]/.test(value)) {
    const message =
      `Access-Control-Allow-Origin has several values, '${value}': browsers accept exactly one.\n` +
      "Choose the one that equals the request's Origin; if two layers add the header, remove one.";
    return [finding("allow-origin-multiple-values", "error", exchange, message, origin)];
  }
  const near = nearMiss(value, origin);
  if (near !== null || (value !== "null" && originOf(value) !== value && !isAppOrigin(value))) {
    const message =
      `Access-Control-Allow-Origin '${value}' never equals an origin: ${near ?? "it is none"}.\n` +
      `Browsers compare bytes with '${origin}'; write scheme://host[:port] and nothing else.`;
    return [finding("origin-never-matches", "error", exchange, message, origin)];
  }
  if (assumed) return [];
  const message =
    `Browsers block pages at ${origin}: the answer allows '${value}' only.\n` +
    "Add this origin to the allow-list if pages of it are meant to call.";
  return [finding("request-refused-by-policy", "warning", exchange, message, origin)];
}

/** A shared cache says that it did not ask the server. */
function isFromCache({ response }: WireExchange): boolean {
  const headers = response?.headers ?? [];
  const said = ["X-Cache", "CF-Cache-Status", "X-Cache-Status"].map((name) =>
    getHeader(headers, name),
  );
  return said.some((value) => /\bhit\b/i.test(value ?? ""));
}

/** What separates a value from the origin that it evidently means. */
function nearMiss(value: string, origin: string): string | null {
  const same = originOf(value) === origin;
  if (value === `${origin}/`) return "an origin has no trailing slash";
  if (same && value.toLowerCase() === origin) return "an origin is written in lower case";
  if (same && value.startsWith(origin)) return "an origin has no path";
  if (same) return "an origin does not write out the default port";
  if (value.replace(/^["'<]|["'>]$/g, "") === origin) return "an origin has no quotes";
  if (`https://${value}` === origin || `http://${value}` === origin)
    return "an origin has a scheme";
  return value.includes("*") ? "* is a wildcard only when it stands alone" : null;
}

/** Origins of app shells, as `capacitor://localhost`. */
function isAppOrigin(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9.-]+(:\d+)?$/.test(value);
}

function credentialsFindings(
  origins: string,
  value: string | null,
  exchange: WireExchange,
  origin: string,
  needed: boolean,
): ProbeFinding[] {
  const found: ProbeFinding[] = [];
  if (origins === "*" && (needed || value === "true")) {
    const message =
      "Browsers refuse Access-Control-Allow-Origin * for every request with credentials.\n" +
      "Answer with the page's own origin from an allow-list, or drop Allow-Credentials.";
    found.push(finding("wildcard-origin-with-credentials", "error", exchange, message, origin));
  }
  const meansTrue = value !== null && /^\W*(true|1|yes|on)\b/i.test(value) && value !== "true";
  if (meansTrue || (needed && value !== null && value !== "true")) {
    const message =
      `Access-Control-Allow-Credentials is '${value}'; browsers accept only the bytes 'true'.\n` +
      "Write true in lower case, once.";
    found.push(finding("credentials-value-invalid", "error", exchange, message, origin));
  } else if (needed && value === null && origins !== "*") {
    const message =
      `Browsers block requests with credentials from ${origin}: Allow-Credentials is absent.\n` +
      "Send Access-Control-Allow-Credentials: true, or call without credentials.";
    found.push(finding("request-refused-by-policy", "error", exchange, message, origin));
  }
  return found;
}
