/** The only way to send during a probe: budgets, pace, unique queries, and stopping in time. */
import { setTimeout as wait } from "node:timers/promises";
import { getHeader, parseUrl, serializeOrigin, type Header } from "../../../shared/src/browser";
import { ROUTE_BUDGET, ROUTE_SHARE, RUN_BUDGET } from "./plan";
import { send, type TransportOptions } from "./transport";
import type { WireExchange, WireRequest } from "./wire";

export interface SessionOptions extends TransportOptions {
  /** Milliseconds between two requests. */
  readonly pace: number;
  /** A fresh label for unique queries and foreign host names. */
  readonly label: () => string;
  readonly onRequest?: (sent: number) => void;
  /** Requests that may change data and that the user asked for, as `PUT https://…`; each is sent once. */
  readonly agreed?: readonly string[];
}

/** Methods that change nothing (RFC 9110) and are sent without being asked for. */
const SAFE = new Set(["OPTIONS", "GET", "HEAD"]);

export interface Question {
  readonly method: string;
  readonly url: string;
  /** Null sends no Origin header, as an image would. */
  readonly origin: string | null;
  /** Of a preflight. */
  readonly requestMethod?: string;
  readonly requestHeaders?: readonly string[];
  /** Headers with values that the user gave for this very origin. */
  readonly secrets?: readonly Header[];
}

export class Session {
  readonly exchanges: WireExchange[] = [];
  readonly #perRoute = new Map<string, number>();
  readonly #agreed: Set<string>;
  readonly #asked = new Map<string, number>();
  #share = ROUTE_BUDGET;
  #consecutiveFailures = 0;
  /** Why nothing more is sent; null while the probe goes on. */
  stopped: string | null = null;

  constructor(readonly options: SessionOptions) {
    this.#agreed = new Set(options.agreed);
  }

  /** A route's turn: of many routes the first must not use up what the last ones need. */
  begin(routesToCome: number): void {
    const fair = Math.floor((RUN_BUDGET - this.exchanges.length) / routesToCome);
    this.#share = Math.min(ROUTE_BUDGET, Math.max(ROUTE_SHARE, fair));
  }

  /** Requests that this route may still cost. */
  left(route: string): number {
    const used = this.#perRoute.get(route) ?? 0;
    return Math.min(this.#share - used, RUN_BUDGET - this.exchanges.length);
  }

  /** How often this origin was asked for in the whole run. */
  asked(origin: string): number {
    return this.#asked.get(origin) ?? 0;
  }

  /** Sends the question on the route's account, or null when it may not be sent any more. */
  async ask(route: string, question: Question): Promise<WireExchange | null> {
    if (this.stopped !== null || this.left(route) <= 0) return null;
    if (this.options.signal?.aborted === true) {
      this.stopped = "cancelled";
      return null;
    }
    const { method, url, origin } = question;
    if (!SAFE.has(method) && !this.#agreed.delete(`${method} ${url}`))
      throw new Error(`${method} ${url} was not agreed to`);
    this.#perRoute.set(route, (this.#perRoute.get(route) ?? 0) + 1);
    if (origin !== null) this.#asked.set(origin, this.asked(origin) + 1);
    if (this.exchanges.length > 0 && this.options.pace > 0) await wait(this.options.pace);
    const exchange = await send(requestOf(question), this.options);
    this.exchanges.push(exchange);
    this.options.onRequest?.(this.exchanges.length);
    this.#watch(exchange);
    return exchange;
  }

  /** The URL with a query that nobody has asked before, so that no shared cache is touched. */
  fresh(url: string): string {
    return `${url}${url.includes("?") ? "&" : "?"}__cors_probe=${this.options.label()}`;
  }

  #watch(exchange: WireExchange): void {
    const { response } = exchange;
    this.#consecutiveFailures = response === null ? this.#consecutiveFailures + 1 : 0;
    if (exchange.failure?.kind === "cancelled") this.stopped = "cancelled";
    // Every other request would go to the same host, and be refused as this one.
    if (exchange.failure?.kind === "refused") this.stopped = "nothing may be sent there";
    if (this.#consecutiveFailures >= 5) this.stopped = "five requests in a row got no answer";
    if (response === null || (response.status !== 429 && response.status !== 503)) return;
    const after = getHeader(response.headers, "Retry-After");
    if (after !== null || response.status === 429) {
      this.stopped = `the server asked to slow down (status ${String(response.status)})`;
    }
  }
}

/** The request, byte for byte but for what the version of HTTP frames it with. */
export function requestOf(question: Question): WireRequest {
  const { method, url } = question;
  return { method, url, headers: browserHeaders(question) };
}

/** The headers that a browser sends, in Chromium's order, and the name of this program. */
function browserHeaders(question: Question): Header[] {
  const { method, origin, requestMethod, requestHeaders = [], secrets = [] } = question;
  const target = parseUrl(question.url);
  // Fetch: POST and PUT without a body say so.
  const empty: Header[] = method === "POST" || method === "PUT" ? [["Content-Length", "0"]] : [];
  const headers: Header[] = [...empty, ["Accept", "*/*"]];
  if (requestMethod !== undefined) {
    headers.push(["Access-Control-Request-Method", requestMethod]);
    if (requestHeaders.length > 0) {
      headers.push(["Access-Control-Request-Headers", requestHeaders.join(",")]);
    }
  } else headers.push(...secrets);
  if (origin !== null) headers.push(["Origin", origin]);
  headers.push(
    [
      "User-Agent",
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 cors-lens-probe",
    ],
    ["Sec-Fetch-Mode", origin === null && method === "GET" ? "no-cors" : "cors"],
    [
      "Sec-Fetch-Site",
      target !== null && serializeOrigin(target) === origin ? "same-origin" : "cross-site",
    ],
    ["Sec-Fetch-Dest", origin === null && method === "GET" ? "image" : "empty"],
  );
  if (origin?.startsWith("http") === true) headers.push(["Referer", `${origin}/`]);
  headers.push(
    ["Accept-Encoding", "gzip, deflate, br, zstd"],
    ["Accept-Language", "en-US,en;q=0.9"],
  );
  return headers;
}
