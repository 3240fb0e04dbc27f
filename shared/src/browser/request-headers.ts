/** Request headers: which ones script may set, and which of them need a preflight. */
import { trimmed } from "../base/trim";
import { byteLowercase, compareBytes, isToken, trimTabOrSpace, type HeaderList } from "./bytes";
import type { Profile } from "./profile";

const FORBIDDEN = new Set(
  (
    "accept-charset accept-encoding access-control-request-headers access-control-request-method " +
    "connection content-length cookie cookie2 date dnt expect host keep-alive origin referer " +
    "set-cookie te trailer transfer-encoding upgrade via"
  ).split(" "),
);
const METHOD_OVERRIDES = new Set(["x-http-method", "x-http-method-override", "x-method-override"]);
const FORBIDDEN_METHODS = new Set(["connect", "trace", "track"]);

/** CORS-unsafe request-header byte, used for `accept` and `content-type`. */
const UNSAFE_BYTE = /[\0-\x08\x0a-\x1f"():<>?@[\\\]{}\x7f]/;
const LANGUAGE = /^[0-9A-Za-z *,\-.;=]*$/;
const SAFE_TYPES = new Set([
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "text/plain",
]);
/** Chromium's additions to the safelist, by value. */
const CLIENT_HINTS: Readonly<Record<string, RegExp>> = {
  dpr: /^\d+(\.\d+)?$/,
  "device-memory": /^\d+(\.\d+)?$/,
  downlink: /^\d+(\.\d+)?$/,
  width: /^\d+$/,
  "viewport-width": /^\d+$/,
  rtt: /^\d+$/,
  "save-data": /^on$/i,
  ect: /^(slow-2g|2g|3g|4g)$/,
  intervention: /^/,
};

/** Forbidden request-header: script's attempt to set it is dropped without a word. */
export function isForbiddenRequestHeader(name: string, value: string): boolean {
  const lower = byteLowercase(name);
  if (FORBIDDEN.has(lower) || lower.startsWith("proxy-") || lower.startsWith("sec-")) return true;
  if (!METHOD_OVERRIDES.has(lower)) return false;
  return getDecodeAndSplit(value).some((method) => FORBIDDEN_METHODS.has(byteLowercase(method)));
}

/** CORS-safelisted request-header, without the limit on the sum of all values. */
export function isSafelistedRequestHeader(name: string, value: string, profile: Profile): boolean {
  if (value.length > 128) return false;
  const lower = byteLowercase(name);
  switch (lower) {
    case "accept":
      return !UNSAFE_BYTE.test(value) && !(profile.acceptMustBeAscii && /[\x80-\xff]/.test(value));
    case "accept-language":
    case "content-language":
      return LANGUAGE.test(value);
    case "content-type":
      return !UNSAFE_BYTE.test(value) && SAFE_TYPES.has(mimeEssence(value) ?? "");
    case "range":
      return isSimpleRange(value, profile);
    default:
      return profile.clientHintsAreSafe && (CLIENT_HINTS[lower]?.test(value) ?? false);
  }
}

/**
 * CORS-unsafe request-header names, lower-cased and sorted: what Access-Control-Request-Headers
 * will hold.
 */
export function unsafeRequestHeaderNames(headers: HeaderList, profile: Profile): string[] {
  const judged = profile.combinesRequestHeaders ? combine(headers) : headers;
  const unsafe: string[] = [];
  const safelisted: string[] = [];
  let total = 0;
  for (const [name, value] of judged) {
    if (isSafelistedRequestHeader(name, value, profile)) {
      safelisted.push(byteLowercase(name));
      total += value.length;
    } else {
      unsafe.push(byteLowercase(name));
    }
  }
  if (profile.limitsSafelistedTotal && total > 1024) unsafe.push(...safelisted);
  const names = profile.repeatsUnsafeNames ? unsafe : [...new Set(unsafe)];
  return names.sort(compareBytes);
}

/**
 * The headers that the browser will really send for those that script set: normalized values,
 * forbidden names dropped, and the Content-Type that the body implies.
 */
export function requestHeaders(
  headers: HeaderList,
  body: string | null,
  profile: Profile,
): HeaderList {
  const kept = headers
    .map(([name, value]) => [name, trimHttpWhitespace(value)] as const)
    .filter(([name, value]) => isToken(name) && !isForbiddenRequestHeader(name, value))
    .filter(([name]) => !(profile.dropsUserAgent && byteLowercase(name) === "user-agent"));
  const type = implicitContentType(body);
  const hasType = kept.some(([name]) => byteLowercase(name) === "content-type");
  return type === null || hasType ? kept : [...kept, ["Content-Type", type]];
}

/** Removes the headers of the given lower-case names. */
export function withoutHeaders(headers: HeaderList, names: readonly string[]): HeaderList {
  return headers.filter(([name]) => !names.includes(byteLowercase(name)));
}

/** Content-Type that `fetch` and XHR add for a body when script sets none. */
function implicitContentType(body: string | null): string | null {
  if (body === "string") return "text/plain;charset=UTF-8";
  if (body === "urlencoded") return "application/x-www-form-urlencoded;charset=UTF-8";
  if (body === "formdata") return "multipart/form-data; boundary=x";
  const blobType = body?.startsWith("blob:") === true ? byteLowercase(body.slice(5)) : "";
  return blobType === "" ? null : blobType;
}

function combine(headers: HeaderList): HeaderList {
  const byName = new Map<string, string>();
  for (const [name, value] of headers) {
    const lower = byteLowercase(name);
    const before = byName.get(lower);
    byName.set(lower, before === undefined ? value : `${before}, ${value}`);
  }
  return [...byName];
}

function trimHttpWhitespace(value: string): string {
  return trimmed(value, "\t\n\r ");
}

/** `type/subtype` of a MIME type in lower case, or null when it does not parse. */
function mimeEssence(value: string): string | null {
  const slash = value.indexOf("/");
  const type = value.slice(0, Math.max(slash, 0)).replace(/^[\t\n\r ]+/, "");
  const [subtype = ""] = value.slice(slash + 1).split(";");
  const trimmed = trimHttpWhitespace(`;${subtype}`).slice(1);
  return isToken(type) && isToken(trimmed) ? byteLowercase(`${type}/${trimmed}`) : null;
}

/** "Parse a single range header value" without whitespace, and its start is not null. */
function isSimpleRange(value: string, profile: Profile): boolean {
  const strict = /^bytes=(\d+)-(\d*)$/;
  const lenient = /^bytes=\s*\+?(\d+)\s*-\s*\+?(\d*)$/i;
  const match = (profile.rangeLenient ? lenient : strict).exec(value);
  if (match === null) return false;
  const start = BigInt(match[1] ?? "0");
  const end = match[2] === undefined || match[2] === "" ? null : BigInt(match[2]);
  const limit = profile.rangeLimit;
  if (limit !== null && (start >= limit || (end !== null && end >= limit))) return false;
  return end === null || start <= end;
}

/** "Get, decode, and split": comma elements where a quoted string may hold commas. */
function getDecodeAndSplit(value: string): string[] {
  const elements = value.match(/(?:"(?:\\[^]|[^"\\])*"?|[^",])+/g) ?? [];
  return elements.map(trimTabOrSpace);
}
