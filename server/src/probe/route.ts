/** Asks one route, the next question depending on the last answer; gathers evidence, judges nothing. */
import {
  getHeader,
  isRedirect,
  isSafelistedMethod,
  originOf,
  parseUrl,
  serializeOrigin,
  serializeUrl,
  type HopResponses,
} from "../../../shared/src/browser";
import { controlOrigins, type ControlKind } from "./control-origins";
import { headersFor, type PlannedRoute, type ProbePlan } from "./plan";
import type { Session } from "./session";
import type { WireExchange } from "./wire";

/** A preflight and what it asked for. */
export interface PreflightEvidence {
  readonly origin: string;
  readonly method: string;
  readonly headers: readonly string[];
  readonly exchange: WireExchange;
}

/** The real answer to a GET from a page. */
export interface ResponseEvidence {
  readonly origin: string;
  readonly exchange: WireExchange;
  /** After redirects on the same origin. */
  readonly hops: readonly HopResponses[];
  /** A redirect that leaves the origin, or one too many, and was not followed. */
  readonly notFollowed: string | null;
}

/** An answer to an origin that is none of the pages'. */
export interface ControlEvidence {
  readonly kind: ControlKind;
  readonly origin: string | null;
  readonly exchange: WireExchange;
}

export interface RouteEvidence {
  readonly route: PlannedRoute;
  /** The page's origins; learned from the wire when none was known. */
  readonly origins: readonly string[];
  readonly preflights: readonly PreflightEvidence[];
  readonly responses: readonly ResponseEvidence[];
  readonly controls: readonly ControlEvidence[];
  /** Three answers on one fresh query: the page, a stranger, the page again. */
  readonly cache: readonly ControlEvidence[];
  /** The answer for a parameter that cannot exist. */
  readonly errorPath: ControlEvidence | null;
  readonly skipped: readonly string[];
}

/** Runs the checks of one route within its budget. */
export async function probeRoute(
  session: Session,
  plan: ProbePlan,
  route: PlannedRoute,
): Promise<RouteEvidence> {
  const asker = new RouteAsker(session, plan, route);
  await asker.firstContact();
  await asker.remainingPages();
  await asker.controls();
  await asker.sharedCache();
  return asker.evidence();
}

class RouteAsker {
  readonly #preflights: PreflightEvidence[] = [];
  readonly #responses: ResponseEvidence[] = [];
  readonly #controls: ControlEvidence[] = [];
  readonly #cache: ControlEvidence[] = [];
  readonly #skipped: string[] = [];
  #errorPath: ControlEvidence | null = null;
  #origins: readonly string[];

  constructor(
    private readonly session: Session,
    private readonly plan: ProbePlan,
    private readonly route: PlannedRoute,
  ) {
    this.#origins = plan.origins;
  }

  evidence(): RouteEvidence {
    return {
      route: this.route,
      origins: this.#origins,
      preflights: this.#preflights,
      responses: this.#responses,
      controls: this.#controls,
      cache: this.#cache,
      errorPath: this.#errorPath,
      skipped: this.#skipped,
    };
  }

  /** The page's own request. With an unknown page, a fixed Allow-Origin tells who it is. */
  async firstContact(): Promise<void> {
    await this.#response(this.#page());
    await this.#preflight(this.#page(), this.#preflightMethods()[0] ?? "GET");
    if (!this.plan.originsAssumed) return;
    const answers = [...this.#responses, ...this.#preflights];
    for (const { exchange } of answers) {
      const value = getHeader(exchange.response?.headers ?? [], "Access-Control-Allow-Origin");
      if (value === null || originOf(value) !== value || value === this.#page()) continue;
      this.#origins = [value];
      await this.#response(value);
      await this.#preflight(value, this.#preflightMethods()[0] ?? "GET");
      return;
    }
  }

  /** Further methods and origins; what the share of the budget does not cover is listed. */
  async remainingPages(): Promise<void> {
    const methods = this.#preflightMethods();
    const reserve = this.plan.own ? 6 : 3;
    const left = () => this.session.left(this.route.url) > reserve;
    const pairs = this.#origins.flatMap((origin) => methods.map((method) => ({ origin, method })));
    for (const { origin, method } of pairs) {
      const asked = this.#preflights.some(
        (done) => done.origin === origin && done.method === method,
      );
      if (asked) continue;
      if (left()) await this.#preflight(origin, method);
      else this.#skipped.push(`OPTIONS for ${method} from ${origin}: beyond the route's budget`);
    }
    for (const origin of this.route.sendsGet ? this.#origins.slice(1) : []) {
      if (this.#responses.some((response) => response.origin === origin)) continue;
      if (left()) await this.#response(origin);
      else this.#skipped.push(`GET from ${origin}: beyond the route's budget`);
    }
  }

  /** Origins that are not the page's: does the allow-list keep them out? */
  async controls(): Promise<void> {
    if (!this.#answers()) return;
    const known = controlOrigins(this.#page(), this.session.options.label);
    if (this.plan.own && !this.plan.originsAssumed) {
      const prefix = await this.#control("prefix", known.prefix);
      if (prefix && (await this.#control("foreign", known.foreign))) return;
      if (!prefix) {
        await this.#control("suffix", known.suffix);
        await this.#control("dot", known.dot);
      }
      await this.#control("subdomain", known.subdomain);
      await this.#control("http", known.http);
    } else if (await this.#control("foreign", known.foreign)) return;
    await this.#control("null", "null");
    if (this.#useGet()) await this.#control("none", null);
    if (this.route.parameter && this.route.sendsGet) await this.#unknownParameter();
  }

  /** Only where a cache shows itself, and only on a query that nobody else asks. */
  async sharedCache(): Promise<void> {
    const [first] = this.#responses;
    const headers = first?.exchange.response?.headers ?? [];
    const signs = ["Age", "X-Cache", "CF-Cache-Status", "X-Cache-Hits", "X-Served-By"];
    if (!signs.some((name) => getHeader(headers, name) !== null)) return;
    if (this.session.left(this.route.url) < 3) {
      this.#skipped.push("shared cache: beyond the route's budget");
      return;
    }
    const url = this.session.fresh(this.route.url);
    const page = this.#page();
    const { foreign } = controlOrigins(page, this.session.options.label);
    for (const origin of [page, foreign, page]) {
      const exchange = await this.#get(url, origin);
      if (exchange === null) return;
      this.#cache.push({ kind: origin === page ? "page" : "foreign", origin, exchange });
      const hit = /\bhit\b/i.test(cacheStatus(exchange));
      if (hit && this.#cache.length === 1) {
        // The key ignores the query: going on would touch what other people are served.
        this.#skipped.push("shared cache: a fresh query was answered from the cache, stopped");
        return;
      }
    }
  }

  #page(): string {
    return this.#origins[0] ?? "null";
  }

  /** Methods whose preflight is asked; one is asked even when no request is known to need it. */
  #preflightMethods(): readonly string[] {
    const { methods, assumed } = this.route;
    const needing = methods.filter(
      (method) => headersFor(this.route, method).length > 0 || !isSafelistedMethod(method),
    );
    return needing.length === 0 && assumed ? ["GET"] : needing;
  }

  async #preflight(origin: string, method: string): Promise<void> {
    if (this.#preflightMethods().length === 0) return;
    const asked = this.route.assumed ? ["content-type"] : headersFor(this.route, method);
    const exchange = await this.session.ask(this.route.url, {
      method: "OPTIONS",
      url: this.#pageUrl(),
      origin,
      requestMethod: method,
      requestHeaders: asked,
    });
    if (exchange !== null) this.#preflights.push({ origin, method, headers: asked, exchange });
  }

  async #response(origin: string): Promise<void> {
    if (!this.route.sendsGet) return;
    const { secrets } = this.plan;
    const question = { method: "GET", url: this.#pageUrl(), origin, secrets } as const;
    const exchange = await this.session.ask(this.route.url, question);
    if (exchange !== null) {
      this.#responses.push({ origin, exchange, ...(await this.#follow(origin, exchange)) });
    }
  }

  /** A guessed page is a stranger: its answer must not land in a cache that others read. */
  #pageUrl(): string {
    return this.plan.originsAssumed ? this.session.fresh(this.route.url) : this.route.url;
  }

  /** At most three redirects, on the same origin only, without the user's headers. */
  async #follow(
    origin: string,
    first: WireExchange,
  ): Promise<Pick<ResponseEvidence, "hops" | "notFollowed">> {
    const hops: HopResponses[] = [];
    const seen = new Set([first.request.url]);
    let current = first;
    for (;;) {
      const next = redirectTarget(current);
      if (next === null) return { hops, notFollowed: null };
      // A loop: the last answer repeats for ever, and the browser gives up after twenty.
      if (seen.has(next)) return { hops: hops.length > 0 ? hops : [hop(first)], notFollowed: null };
      const leaves = originOf(next) !== originOf(first.request.url);
      if (leaves || hops.length === 3) return { hops, notFollowed: next };
      seen.add(next);
      const exchange = await this.#get(next, origin);
      if (exchange === null) return { hops, notFollowed: next };
      hops.push(hop(exchange));
      current = exchange;
    }
  }

  #get(url: string, origin: string | null): Promise<WireExchange | null> {
    return this.session.ask(this.route.url, { method: "GET", url, origin });
  }

  /** Whether the answer to this origin allows exactly this origin. */
  async #control(kind: ControlKind, origin: string | null): Promise<boolean> {
    if (origin === null && kind !== "none") return false;
    const { url } = this.route;
    const method = this.#preflightMethods()[0] ?? "GET";
    const exchange = this.#useGet()
      ? await this.#get(this.session.fresh(url), origin)
      : await this.session.ask(url, {
          method: "OPTIONS",
          url: this.session.fresh(url),
          origin,
          requestMethod: method,
          requestHeaders: headersFor(this.route, method),
        });
    if (exchange === null) {
      this.#skipped.push(`${kind} origin: beyond the route's budget`);
      return false;
    }
    this.#controls.push({ kind, origin, exchange });
    const value = getHeader(exchange.response?.headers ?? [], "Access-Control-Allow-Origin");
    return origin !== null && value === origin;
  }

  async #unknownParameter(): Promise<void> {
    const origin = this.#page();
    const exchange = await this.#get(this.session.fresh(this.route.url), origin);
    if (exchange !== null) this.#errorPath = { kind: "page", origin, exchange };
  }

  /** The real answer shows more than the preflight's, if it says anything about origins. */
  #useGet(): boolean {
    const [first] = this.#responses;
    const headers = first?.exchange.response?.headers ?? [];
    if (first === undefined || first.exchange.response === null) return false;
    const says = getHeader(headers, "Access-Control-Allow-Origin") !== null;
    return says || this.#preflights.every(({ exchange }) => !allowsOrigin(exchange));
  }

  #answers(): boolean {
    return [...this.#responses, ...this.#preflights].some(
      ({ exchange }) => exchange.response !== null,
    );
  }
}

function allowsOrigin(exchange: WireExchange): boolean {
  return getHeader(exchange.response?.headers ?? [], "Access-Control-Allow-Origin") !== null;
}

function hop(exchange: WireExchange): HopResponses {
  const lost = { status: 0, headers: [], connectionReset: true };
  return { preflightResponse: null, actualResponse: exchange.response ?? lost };
}

function redirectTarget({ request, response }: WireExchange): string | null {
  if (response === null || !isRedirect(response.status)) return null;
  const base = parseUrl(request.url);
  const location = getHeader(response.headers, "Location") ?? "";
  const target = base === null || location === "" ? null : parseUrl(location, base);
  if (target === null || serializeOrigin(target) === "null") return null;
  return target.username === "" && target.password === "" ? serializeUrl(target) : null;
}

function cacheStatus({ response }: WireExchange): string {
  const headers = response?.headers ?? [];
  return ["X-Cache", "CF-Cache-Status"].map((name) => getHeader(headers, name) ?? "").join(" ");
}
