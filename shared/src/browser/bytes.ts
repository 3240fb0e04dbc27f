/**
 * Byte strings. A byte string is a JavaScript string whose code units are bytes (Latin-1), as the
 * Fetch standard's "isomorphic decode" gives it; nothing here ever decodes UTF-8.
 */

/** One header as it stands on the wire: name and value. */
export type Header = readonly [name: string, value: string];

/** Headers in order, duplicates kept. */
export type HeaderList = readonly Header[];

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Byte-lowercase: only A to Z change. */
export function byteLowercase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Byte-case-insensitive equality. */
export function byteCaseInsensitiveEquals(a: string, b: string): boolean {
  return byteLowercase(a) === byteLowercase(b);
}

/** Whether the text is an RFC 9110 `token` (a method or a header name). */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Removes SP and HTAB at both ends, as an HTTP parser does with field values; nothing else. */
export function trimTabOrSpace(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isTabOrSpace(value[start])) start++;
  while (end > start && isTabOrSpace(value[end - 1])) end--;
  return value.slice(start, end);
}

/** Order of byte strings by code unit, for `Array.prototype.sort`. */
export function compareBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isTabOrSpace(unit: string | undefined): boolean {
  return unit === " " || unit === "\t";
}
