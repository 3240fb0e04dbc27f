/**
 * A HAR file as DevTools exports it, taken apart into exchanges: each request of a page to another
 * origin, with the preflight and the redirects that belong to it.
 */
import {
  byteLowercase,
  getHeader,
  isRedirect,
  isToken,
  originOf,
  parseUrl,
  serializeUrl,
  type Header,
  type HopResponses,
  type ScriptRequest,
  type WireResponse,
} from "../../../shared/src/browser";
import { array, object, ShapeError, text, toHeaders } from "./exchange-shape";
import type { NamedExchange } from "./exchange-shape";

interface Entry {
  readonly index: number;
  readonly url: string;
  readonly method: string;
  readonly headers: readonly Header[];
  readonly xhr: boolean;
  readonly hasBody: boolean;
  /** Null when the browser shows none, as for a request that it blocked. */
  readonly response: WireResponse | null;
  readonly preflight: boolean;
}

export interface HarContents {
  readonly exchanges: readonly NamedExchange[];
  /** Entries that ask no CORS question: same-origin, documents, images. */
  readonly skipped: number;
}

/** Headers that browsers add by themselves; script did not choose them. */
const ADDED_BY_BROWSER = new Set(
  (
    "accept accept-encoding accept-language cache-control if-modified-since if-none-match pragma " +
    "priority range user-agent upgrade-insecure-requests"
  ).split(" "),
);

/** Reads a HAR object. Throws `ShapeError` when it is none. */
export function readHar(har: unknown): HarContents {
  const log = object(object(har, "the HAR file")["log"], "log");
  const entries = array(log["entries"], "log.entries").map(readEntry);
  const used = new Set<number>();
  const exchanges: NamedExchange[] = [];
  for (const entry of entries) {
    if (used.has(entry.index) || entry.preflight) continue;
    const origin = getHeader(entry.headers, "Origin");
    if (origin === null || origin === originOf(entry.url)) continue;
    const preflight = takePreflight(entries, used, entry);
    const hops = takeHops(entries, used, entry);
    const exchange = {
      request: scriptRequest(entry, origin, preflight),
      preflightResponse: preflight?.response ?? null,
      actualResponse: entry.response,
    };
    used.add(entry.index);
    const redirectHops = hops.length > 0 ? { redirectHops: hops } : {};
    exchanges.push({
      id: `entry ${String(entry.index)}`,
      exchange: { ...exchange, ...redirectHops },
    });
  }
  return {
    exchanges: [...exchanges, ...lonePreflights(entries, used)],
    skipped: entries.length - used.size,
  };
}

function readEntry(value: unknown, index: number): Entry {
  const entry = object(value, "an entry");
  const request = object(entry["request"], "request");
  const url = text(request["url"], "request.url");
  // HTTP/2 pseudo-headers (`:authority`) are no headers.
  const headers = toHeaders(request["headers"] ?? [], "request.headers").filter(([name]) =>
    isToken(name),
  );
  const method = text(request["method"], "request.method");
  const asks = getHeader(headers, "Access-Control-Request-Method") !== null;
  return {
    index,
    url,
    method,
    headers,
    xhr: entry["_resourceType"] === "xhr",
    hasBody: request["postData"] !== undefined,
    response: readResponse(entry["response"]),
    preflight: method === "OPTIONS" && (asks || entry["_resourceType"] === "preflight"),
  };
}

function readResponse(value: unknown): WireResponse | null {
  if (value === undefined || value === null) return null;
  const response = object(value, "response");
  const { status } = response;
  if (typeof status !== "number") throw new ShapeError("response.status is no number");
  if (status === 0) return null;
  const headers = toHeaders(response["headers"] ?? [], "response.headers");
  return { status, headers: headers.filter(([name]) => isToken(name)) };
}

/**
 * The preflight of a request is the nearest unused one of its URL and method; browsers list it
 * before or after the request that caused it.
 */
function takePreflight(
  entries: readonly Entry[],
  used: Set<number>,
  entry: Entry,
): Entry | undefined {
  const candidates = entries.filter((other) => {
    const method = getHeader(other.headers, "Access-Control-Request-Method");
    const sameMethod = method === null || method === entry.method;
    return other.preflight && !used.has(other.index) && other.url === entry.url && sameMethod;
  });
  const distance = ({ index }: Entry) => Math.abs(index - entry.index);
  const [nearest] = candidates.sort((a, b) => distance(a) - distance(b));
  if (nearest !== undefined) used.add(nearest.index);
  return nearest;
}

function takeHops(entries: readonly Entry[], used: Set<number>, first: Entry): HopResponses[] {
  const hops: HopResponses[] = [];
  let current = first;
  while (hops.length < 20) {
    const next = redirectTarget(current);
    const following = entries.find(({ index, url, preflight }) => {
      return index > current.index && !used.has(index) && !preflight && url === next;
    });
    if (next === null || following === undefined) return hops;
    const preflight = takePreflight(entries, used, following);
    used.add(following.index);
    hops.push({
      preflightResponse: preflight?.response ?? null,
      actualResponse: following.response,
    });
    current = following;
  }
  return hops;
}

function redirectTarget({ url, response }: Entry): string | null {
  const location = response === null ? null : getHeader(response.headers, "Location");
  const base = parseUrl(url);
  if (response === null || !isRedirect(response.status) || location === null) return null;
  const target = base === null ? null : parseUrl(location, base);
  return target === null ? null : serializeUrl(target);
}

/** A preflight that failed may stand alone: the request itself was never sent. */
function lonePreflights(entries: readonly Entry[], used: Set<number>): NamedExchange[] {
  return entries
    .filter(({ index, preflight }) => preflight && !used.has(index))
    .flatMap((entry) => {
      const origin = getHeader(entry.headers, "Origin");
      const method = getHeader(entry.headers, "Access-Control-Request-Method");
      if (origin === null || method === null) return [];
      used.add(entry.index);
      const asked = { ...entry, method, headers: [] };
      const request = scriptRequest(asked, origin, entry);
      const exchange = { request, preflightResponse: entry.response, actualResponse: null };
      return [{ id: `entry ${String(entry.index)}`, exchange }];
    });
}

/**
 * The request as script wrote it. A preflight tells the headers that script set; without one they
 * are those that no browser adds. A cookie on the wire means credentials mode `include`.
 */
function scriptRequest(entry: Entry, origin: string, preflight: Entry | undefined): ScriptRequest {
  const asked = preflight?.headers ?? [];
  const names = (getHeader(asked, "Access-Control-Request-Headers") ?? "")
    .split(",")
    .map((name) => byteLowercase(name.trim()))
    .filter((name) => name !== "");
  const written = entry.headers.filter(([name]) => {
    return names.includes(byteLowercase(name)) || !ADDED_BY_BROWSER.has(byteLowercase(name));
  });
  const present = written.map(([name]) => byteLowercase(name));
  const unseen = names.filter((name) => !present.includes(name)).map((name): Header => [name, ""]);
  return {
    origin,
    url: entry.url,
    method: entry.method,
    headers: [...written, ...unseen],
    credentials: getHeader(entry.headers, "Cookie") === null ? "same-origin" : "include",
    mode: "cors",
    redirect: "follow",
    api: entry.xhr ? "xhr" : "fetch",
    body: entry.hasBody ? "bytes" : null,
  };
}
