/**
 * A HAR file as DevTools exports it, taken apart into exchanges: each request of a page to another
 * origin, with the preflight and the redirects that belong to it.
 */
import { withoutEnd, withoutStart } from "../../../shared/src/base/trim";
import {
  byteLowercase,
  getHeader,
  isRedirect,
  isToken,
  judge,
  originOf,
  parseUrl,
  serializeUrl,
  type Exchange,
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
  /** The method that a preflight asks for. */
  readonly asksFor: string | null;
  /** A navigation, a WebSocket, an image: what is sent without asking whether the page may read. */
  readonly asksNothing: boolean;
  /** The browser gave the page no response, and no other reason for it. */
  readonly failed: boolean;
}

/** The entries, and those of each URL. */
interface Entries {
  readonly all: readonly Entry[];
  readonly at: (url: string) => readonly Entry[];
}

export interface HarContents {
  readonly exchanges: readonly NamedExchange[];
  /** Entries that ask no CORS question: same-origin, documents, images. */
  readonly skipped: number;
  /** Entries that cannot be read, one sentence each. */
  readonly errors: readonly string[];
}

/** Headers that browsers add by themselves; script did not choose them. */
const ADDED_BY_BROWSER = new Set(
  (
    "accept accept-encoding accept-language alt-used cache-control if-modified-since if-none-match " +
    "last-event-id pragma priority purpose range upgrade-insecure-requests user-agent x-client-data"
  ).split(" "),
);

/** Reads a HAR object. Throws `ShapeError` when it is none. */
export function readHar(har: unknown): HarContents {
  const log = object(object(har, "the HAR file")["log"], "log");
  const { entries: all, errors } = readEntries(array(log["entries"], "log.entries"));
  const entries = byUrl(all);
  const used = new Set<number>();
  const exchanges: NamedExchange[] = [];
  for (const entry of all) {
    if (used.has(entry.index) || entry.preflight || entry.asksNothing) continue;
    const preflight = preflightOf(entries, used, entry);
    // Headers of a request that was never sent are provisional: who asked stands in its preflight.
    const origin = getHeader(entry.headers, "Origin") ?? originIn(preflight);
    if (origin === null || origin === originOf(entry.url)) continue;
    if (preflight !== undefined) used.add(preflight.index);
    const hops = takeHops(entries, used, entry);
    used.add(entry.index);
    const exchange = explained(entry.failed, {
      request: scriptRequest(entry, origin, preflight),
      preflightResponse: preflight?.response ?? null,
      actualResponse: entry.response,
      ...(hops.length > 0 ? { redirectHops: hops } : {}),
    });
    exchanges.push({ id: `entry ${String(entry.index)}`, exchange });
  }
  return {
    exchanges: [...exchanges, ...lonePreflights(entries, used)],
    skipped: all.length - used.size,
    errors,
  };
}

function byUrl(all: readonly Entry[]): Entries {
  const found = new Map<string, Entry[]>();
  for (const entry of all) {
    const same = found.get(entry.url);
    if (same === undefined) found.set(entry.url, [entry]);
    else same.push(entry);
  }
  return { all, at: (url) => found.get(url) ?? [] };
}

function originIn(preflight: Entry | undefined): string | null {
  return preflight === undefined ? null : getHeader(preflight.headers, "Origin");
}

/**
 * Cookies tell that a request was made with credentials, but DevTools leaves them out of what it exports unless it is
 * asked. Where only credentials explain why the page got nothing, they are taken for granted.
 */
function explained(failed: boolean, exchange: Exchange): Exchange {
  if (!failed || exchange.request.credentials === "include") return exchange;
  const included: Exchange = {
    ...exchange,
    request: { ...exchange.request, credentials: "include" },
  };
  const refuses = (each: Exchange) => judge(each).verdict === "blocked";
  return !refuses(exchange) && refuses(included) ? included : exchange;
}

/** One broken entry is no reason to keep quiet about the others. */
function readEntries(values: readonly unknown[]): { entries: Entry[]; errors: string[] } {
  const entries: Entry[] = [];
  const errors: string[] = [];
  for (const [index, value] of values.entries()) {
    try {
      entries.push(readEntry(value, index));
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      errors.push(`entry ${String(index)}: ${error.message}`);
    }
  }
  const [first] = errors;
  if (entries.length === 0 && first !== undefined) throw new ShapeError(first);
  return { entries, errors };
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
  const type = entry["_resourceType"];
  const asksFor = getHeader(headers, "Access-Control-Request-Method");
  const response = readResponse(entry["response"]);
  return {
    index,
    url,
    method,
    headers,
    xhr: type === "xhr",
    hasBody: (request["postData"] ?? undefined) !== undefined,
    response,
    preflight: method === "OPTIONS" && (asksFor !== null || type === "preflight"),
    asksFor,
    asksNothing: asksNothing(url, headers, type),
    failed: isBlocked(entry["_error"], response),
  };
}

/** Chromium says this of CORS; Firefox and Safari say nothing. Other errors are of the network, or of the user's doing. */
function isBlocked(error: unknown, response: WireResponse | null): boolean {
  if (typeof error === "string" && error !== "") return error === "net::ERR_FAILED";
  return response === null;
}

function asksNothing(url: string, headers: readonly Header[], type: unknown): boolean {
  const mode = getHeader(headers, "Sec-Fetch-Mode");
  return (
    !/^https?:/i.test(url) ||
    (mode !== null && mode !== "cors") ||
    (typeof type === "string" && /^(document|websocket|ping|csp-violation-report)$/.test(type)) ||
    getHeader(headers, "Upgrade-Insecure-Requests") !== null
  );
}

function readResponse(value: unknown): WireResponse | null {
  if (value === undefined || value === null) return null;
  const response = object(value, "response");
  const status = Number(response["status"] ?? 0);
  if (Number.isNaN(status)) throw new ShapeError("response.status is no number");
  if (status <= 0) return null;
  // Some exporters write one header for several lines of one name.
  const headers = toHeaders(response["headers"] ?? [], "response.headers").flatMap(([name, all]) =>
    all.split("\n").map((line): Header => [name, withoutEnd(withoutStart(line, " \t"), " \t\r")]),
  );
  return { status, headers: headers.filter(([name]) => isToken(name)) };
}

/**
 * The preflight of a request is the nearest unused one of its URL and method; browsers list it
 * before or after the request that caused it.
 */
function preflightOf(entries: Entries, used: ReadonlySet<number>, entry: Entry): Entry | undefined {
  const distance = ({ index }: Entry) => Math.abs(index - entry.index);
  let nearest: Entry | undefined;
  for (const other of entries.at(entry.url)) {
    if (!other.preflight || used.has(other.index)) continue;
    if (other.asksFor !== null && other.asksFor !== entry.method) continue;
    if (nearest === undefined || distance(other) < distance(nearest)) nearest = other;
  }
  return nearest;
}

function takeHops(entries: Entries, used: Set<number>, first: Entry): HopResponses[] {
  const hops: HopResponses[] = [];
  let current = first;
  while (hops.length < 20) {
    const next = redirectTarget(current);
    const { index: before } = current;
    const following = entries.at(next ?? "").find(({ index, preflight }) => {
      return index > before && !used.has(index) && !preflight;
    });
    if (next === null || following === undefined) return hops;
    const preflight = preflightOf(entries, used, following);
    if (preflight !== undefined) used.add(preflight.index);
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
function lonePreflights(entries: Entries, used: Set<number>): NamedExchange[] {
  return entries.all
    .filter(({ index, preflight }) => preflight && !used.has(index))
    .flatMap((entry) => {
      const origin = getHeader(entry.headers, "Origin");
      const method = entry.asksFor;
      if (origin === null || method === null) return [];
      used.add(entry.index);
      const asked = { ...entry, method, headers: [] };
      const request = scriptRequest(asked, origin, entry);
      const exchange = explained(!isAnswered(entries, entry.url, method), {
        request,
        preflightResponse: entry.response,
        actualResponse: null,
      });
      return [{ id: `entry ${String(entry.index)}`, exchange }];
    });
}

function isAnswered(entries: Entries, url: string, method: string): boolean {
  return entries
    .at(url)
    .some((other) => !other.preflight && other.method === method && !other.failed);
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
