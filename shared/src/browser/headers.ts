/** Header lists of responses: the standard's "get", "extract header list values" and exposure. */
import {
  byteCaseInsensitiveEquals,
  byteLowercase,
  compareBytes,
  isToken,
  trimTabOrSpace,
  type HeaderList,
} from "./bytes";
import type { Credentials } from "./types";

/**
 * Header list "get": the values of all fields of this name joined with `", "`, or null when there is
 * none. Two Access-Control-Allow-Origin lines are therefore one string that equals no origin.
 */
export function getHeader(headers: HeaderList, name: string): string | null {
  const values = getAllHeaders(headers, name);
  return values.length === 0 ? null : values.join(", ");
}

/** The values of all fields of this name, in order, without surrounding SP and HTAB. */
export function getAllHeaders(headers: HeaderList, name: string): string[] {
  return headers
    .filter(([field]) => byteCaseInsensitiveEquals(field, name))
    .map(([, value]) => trimTabOrSpace(value));
}

/** "failure" of the standard: one element is no token, and so the whole header counts as invalid. */
export const FAILURE = "failure";

/**
 * Extract header list values for the headers that are `#token`: null when absent, FAILURE when any
 * element is no token. Empty elements are ignored, an empty value is an empty list.
 */
export function extractHeaderListValues(
  headers: HeaderList,
  name: string,
): string[] | null | typeof FAILURE {
  const fields = getAllHeaders(headers, name);
  if (fields.length === 0) return null;
  const values = fields
    .flatMap((field) => field.split(","))
    .map(trimTabOrSpace)
    .filter((value) => value !== "");
  return values.every(isToken) ? values : FAILURE;
}

/** CORS-safelisted response-header names: readable without Access-Control-Expose-Headers. */
export const SAFELISTED_RESPONSE_HEADERS: readonly string[] = [
  "cache-control",
  "content-language",
  "content-length",
  "content-type",
  "expires",
  "last-modified",
  "pragma",
];

/** Forbidden response-header names: script never sees them. */
const FORBIDDEN_RESPONSE_HEADERS: readonly string[] = ["set-cookie", "set-cookie2"];

/** How a response reached the page; decides what script sees of it. */
export type ResponseType = "basic" | "cors" | "opaque" | "opaqueredirect";

/** Lower-cased names of the headers that script may read, sorted, each once. */
export function exposedHeaders(
  headers: HeaderList,
  type: ResponseType,
  credentials: Credentials,
): string[] {
  if (type === "opaque" || type === "opaqueredirect") return [];
  const names = new Set(headers.map(([name]) => byteLowercase(name)));
  const readable = type === "basic" ? () => true : corsExposure(headers, credentials);
  return [...names]
    .filter((name) => !FORBIDDEN_RESPONSE_HEADERS.includes(name) && readable(name))
    .sort(compareBytes);
}

function corsExposure(headers: HeaderList, credentials: Credentials): (name: string) => boolean {
  const listed = extractHeaderListValues(headers, "Access-Control-Expose-Headers");
  const names = listed === null || listed === FAILURE ? [] : listed.map(byteLowercase);
  const all = credentials !== "include" && names.includes("*");
  return (name) => all || SAFELISTED_RESPONSE_HEADERS.includes(name) || names.includes(name);
}
