/**
 * The head of an HTTP/1.x response as Chromium reads it, from bytes. Node's parsers refuse or alter
 * heads that browsers accept (obs-fold, `Name : value`, a bare LF, a line without a colon), and a
 * verdict about other bytes than the browser's would be worth nothing.
 */
import { byteCaseInsensitiveEquals, isToken, trimTabOrSpace, type Header } from "./bytes";
import { getAllHeaders } from "./headers";
import type { WireResponse } from "./types";

/** A whole head. `tolerated` names what other parsers stumble over, for a remark in the report. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly tolerated: readonly Tolerated[];
}

export type Tolerated = "obs-fold" | "space-before-colon" | "bare-line-break" | "ignored-line";

export type HeadResult =
  | { readonly kind: "incomplete" }
  | { readonly kind: "invalid"; readonly netError: string }
  | { readonly kind: "head"; readonly head: ResponseHead; readonly end: number };

/**
 * Reads the first final head; heads of status 1xx before it are skipped. `complete` says that no
 * more bytes will come, so that an unfinished head is an error.
 */
export function readResponseHead(bytes: string, complete: boolean): HeadResult {
  let start = 0;
  for (;;) {
    const end = headEnd(bytes, start);
    const text = bytes.slice(start, end ?? bytes.length);
    if (!couldBeStatusLine(text))
      return { kind: "invalid", netError: "net::ERR_INVALID_HTTP_RESPONSE" };
    if (end === null) {
      if (!complete) return { kind: "incomplete" };
      const empty = bytes.length === 0;
      const netError = empty ? "net::ERR_EMPTY_RESPONSE" : "net::ERR_RESPONSE_HEADERS_TRUNCATED";
      return { kind: "invalid", netError };
    }
    if (text.includes("\0")) return { kind: "invalid", netError: "net::ERR_INVALID_HTTP_RESPONSE" };
    const head = parseHead(text);
    if (head.status === 101) return { kind: "invalid", netError: "net::ERR_INVALID_HTTP_RESPONSE" };
    const conflict = conflictingField(head.headers);
    if (conflict !== null) return { kind: "invalid", netError: conflict };
    if (head.status >= 200 || head.status < 100) return { kind: "head", head, end };
    start = end;
  }
}

/**
 * The response that a raw head amounts to. `ignoresSpaceBeforeColon` is the one difference between
 * engines here: Firefox and WebKit drop a field written `Name : value`.
 */
export function responseOfRawHead(
  rawHead: string,
  options: { readonly ignoresSpaceBeforeColon: boolean },
): WireResponse {
  const text = options.ignoresSpaceBeforeColon
    ? rawHead.replace(/^[^\s:]+[ \t]+:[^\n]*\n/gm, "")
    : rawHead;
  const result = readResponseHead(text, true);
  if (result.kind !== "head") return { status: 0, headers: [], malformedHead: true };
  return { status: result.head.status, headers: result.head.headers };
}

/** Index after the blank line that ends the head, or null. */
function headEnd(bytes: string, start: number): number | null {
  const end = /\n\r?\n/g;
  end.lastIndex = start;
  const match = end.exec(bytes);
  return match === null ? null : match.index + match[0].length;
}

/** Chromium looks for `HTTP` within the first bytes; anything else would be HTTP/0.9. */
function couldBeStatusLine(text: string): boolean {
  const start = /http/i.exec(text.slice(0, 8));
  return text.length < 8 ? "HTTP/".startsWith(text.slice(0, 5).toUpperCase()) : start !== null;
}

function parseHead(text: string): ResponseHead {
  const [statusLine = "", ...lines] = text.split(/\r\n|\n|\r/);
  const status = /^[^]{0,4}http\/?[\d.]*[ \t]+(\d+)/i.exec(statusLine);
  const tolerated = new Set<Tolerated>();
  if (/[^\r]\n|\r[^\n]/.test(text)) tolerated.add("bare-line-break");
  const headers = unfold(lines, tolerated).flatMap((line) => parseField(line, tolerated));
  // A status line without a number counts as 200.
  return { status: status === null ? 200 : Number(status[1]), headers, tolerated: [...tolerated] };
}

/** Joins continuation lines to the field before them with one blank. */
function unfold(lines: readonly string[], tolerated: Set<Tolerated>): string[] {
  const fields: string[] = [];
  for (const line of lines) {
    if (line === "") continue;
    const before = fields.at(-1);
    if (!/^[ \t]/.test(line)) fields.push(line);
    else if (before?.includes(":") === true && !before.startsWith(":")) {
      tolerated.add("obs-fold");
      fields[fields.length - 1] = `${before} ${trimTabOrSpace(line)}`;
    } else tolerated.add("ignored-line");
  }
  return fields;
}

function parseField(line: string, tolerated: Set<Tolerated>): Header[] {
  const colon = line.indexOf(":");
  const written = line.slice(0, Math.max(colon, 0));
  const name = trimTabOrSpace(written);
  if (!isToken(name)) {
    tolerated.add("ignored-line");
    return [];
  }
  if (name !== written) tolerated.add("space-before-colon");
  return [[name, trimTabOrSpace(line.slice(colon + 1))]];
}

/** Fields that may stand twice only with equal values, and Chromium's error for each. */
const SINGLE_FIELDS: readonly Header[] = [
  ["Content-Length", "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH"],
  ["Content-Disposition", "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION"],
  ["Location", "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION"],
];

function conflictingField(headers: readonly Header[]): string | null {
  const chunked = getAllHeaders(headers, "Transfer-Encoding").some((value) =>
    byteCaseInsensitiveEquals(value, "chunked"),
  );
  for (const [name, netError] of SINGLE_FIELDS) {
    if (chunked && name === "Content-Length") continue;
    if (new Set(getAllHeaders(headers, name)).size > 1) return netError;
  }
  return null;
}
