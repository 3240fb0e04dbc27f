/** Asks one route, the next question depending on the last answer; gathers evidence, judges nothing. */
import { getHeader, isSafelistedMethod, judge, originOf } from "../../../shared/src/browser";
import { controlOrigins, ownHostAsPrefix, type ControlKind } from "./control-origins";
import { follow, redirectTarget } from "./follow";
import { headersFor, type PlannedRoute, type ProbePlan } from "./plan";
import type {
  ControlEvidence,
  PreflightEvidence,
  ResponseEvidence,
  RouteEvidence,
} from "./route-evidence";
import { scriptRequest, wire } from "./script-request";
import type { Session } from "./http-session";
import type { WireExchange } from "./wire";

/**
 * Runs the checks of one route within its budget. What matters most comes first: every page gets an answer (one preflight
 * serves both credentials modes and, in a pinch, all methods), then a stranger, then what makes the answers exact.
 */
export async function probeRoute(
  session: Session,
  plan: ProbePlan,
  route: PlannedRoute,
): Promise<RouteEvidence> {
  const asker = new RouteAsker(session, plan, route);
  await asker.firstContact();
  await asker.agreedRequests();
  await asker.otherPages();
  const reflects = await asker.strangers();
  await asker.furtherMethods();
  await asker.furtherAnswers();
  if (!reflects) await asker.specialOrigins();
  await asker.sharedCache();
  return asker.evidence();
}

/** Kept for the origin null and for a request without Origin while answers are made exact. */
const SPECIAL = 2;

class RouteAsker {
  readonly #preflights: PreflightEvidence[] = [];
  readonly #responses: ResponseEvidence[] = [];
  readonly #controls: ControlEvidence[] = [];
  readonly #cache: ControlEvidence[] = [];
  readonly #skipped: string[] = [];
  readonly #unchecked: string[] = [];
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
    const { url } = this.route;
    const silent = this.#origins.filter((origin) => !this.#answered(origin));
    const untested =
      silent.length > 0 && this.#needs().length + (this.route.reads === null ? 0 : 1) > 0
        ? [`${url}: not asked for ${silent.join(", ")}, beyond the budget`]
        : [];
    const unchecked =
      this.#unchecked.length > 0
        ? [`${url}: not tried ${this.#unchecked.join(", ")}, beyond the budget`]
        : [];
    return {
      route: this.route,
      origins: this.#origins,
      preflights: this.#preflights,
      responses: this.#responses,
      controls: this.#controls,
      cache: this.#cache,
      errorPath: this.#errorPath,
      skipped: [...untested, ...unchecked, ...this.#skipped],
    };
  }

  /** The page's own request. With an unknown page, a fixed Allow-Origin tells who it is. */
  async firstContact(): Promise<void> {
    await this.#read(this.#page());
    await this.#preflight(this.#page());
    if (!this.plan.originsAssumed) return;
    const answers = [...this.#responses, ...this.#preflights];
    for (const { exchange } of answers) {
      const value = getHeader(exchange.response?.headers ?? [], "Access-Control-Allow-Origin");
      if (value === null || originOf(value) !== value || value === this.#page()) continue;
      this.#origins = [value];
      await this.#read(value);
      await this.#preflight(value);
      return;
    }
  }

  /** Requests that may change data, once each; a browser sends none that its preflight does not allow. */
  async agreedRequests(): Promise<void> {
    const origin = this.#page();
    for (const method of this.route.sends) {
      if (this.#needs().includes(method)) await this.#preflight(origin, method);
      const why = this.#refusal(origin, method);
      const exchange = why === null ? await this.#real(method, origin) : null;
      if (exchange === null)
        this.#skipped.push(
          `${method} ${this.route.url} was not sent: ${why ?? "beyond the budget"}`,
        );
    }
  }

  /** One answer for each further page, those first that no other route was asked for. */
  async otherPages(): Promise<void> {
    const others = this.#origins
      .slice(1)
      .sort((a, b) => this.session.asked(a) - this.session.asked(b));
    const unheard = others.filter((origin) => this.session.asked(origin) === 0).length;
    // A stranger is asked as well, unless that would leave the last page without any answer.
    const reserve = this.#left() === unheard ? 0 : 1;
    for (const origin of others) {
      if (this.#left() <= reserve) return;
      if (this.#needs().length > 0) await this.#preflight(origin);
      else await this.#read(origin);
    }
  }

  /** Origins that are not the page's: does the allow-list keep them out? True when it lets everybody in. */
  async strangers(): Promise<boolean> {
    if (!this.#answers()) return false;
    const known = controlOrigins(this.#page(), this.session.options.label);
    if (!this.plan.own || this.plan.originsAssumed) return this.#control("foreign", known.foreign);
    if (await this.#control("ownPrefix", ownHostAsPrefix(this.plan.endpoint)))
      return this.#control("foreign", known.foreign);
    let lax = false;
    for (const kind of ["prefix", "suffix", "dot", "subdomain", "http"] as const) {
      const isNamed = kind === "subdomain" || kind === "http";
      // Of the ways past one comparison the first is enough.
      if ((lax && !isNamed) || !(await this.#control(kind, known[kind]))) continue;
      if (!lax && (await this.#control("foreign", known.foreign))) return true;
      lax = true;
    }
    return false;
  }

  /** Preflights of the first page for its other methods. */
  async furtherMethods(): Promise<void> {
    for (const method of this.#needs()) {
      if (this.#left() > SPECIAL) await this.#preflight(this.#page(), method);
    }
  }

  /** What the other pages get in answer to the request itself. */
  async furtherAnswers(): Promise<void> {
    for (const origin of this.#origins.slice(1)) {
      if (this.#left() > SPECIAL) await this.#read(origin);
    }
  }

  /** `null`, no Origin at all, and the error path. */
  async specialOrigins(): Promise<void> {
    if (!this.#answers()) return;
    await this.#control("null", "null");
    if (this.#useRead()) {
      await this.#control("none", null);
      await this.#strangersPreflight();
    }
    if (!this.route.parameter || this.route.reads === null) return;
    const origin = this.#page();
    const exchange = await this.#get(this.session.fresh(this.route.url), origin);
    if (exchange !== null) this.#errorPath = { kind: "page", origin, exchange };
  }

  /** Strangers whom the read keeps out may get past the preflight of a method that is not read. */
  async #strangersPreflight(): Promise<void> {
    const method = this.#needs()[0];
    const isIn = this.#controls.some(
      ({ kind, exchange, origin }) => kind === "foreign" && valueFor(exchange) === origin,
    );
    if (method === undefined || isIn || this.plan.originsAssumed) return;
    const { foreign } = controlOrigins(this.#page(), this.session.options.label);
    const exchange = await this.#strangerAsks(foreign, method);
    if (exchange) this.#controls.push({ kind: "foreignPreflight", origin: foreign, exchange });
    else this.#unchecked.push(CONTROL_NAMES.foreignPreflight);
  }

  #strangerAsks(origin: string | null, method: string): Promise<WireExchange | null> {
    return this.session.ask(this.route.url, {
      method: "OPTIONS",
      url: this.session.fresh(this.route.url),
      origin,
      requestMethod: method,
      requestHeaders: headersFor(this.route, method),
    });
  }

  /** Only where a cache shows itself, and only on a query that nobody else asks. */
  async sharedCache(): Promise<void> {
    const [first] = this.#responses;
    const headers = first?.exchange.response?.headers ?? [];
    const signs = ["Age", "X-Cache", "CF-Cache-Status", "X-Cache-Hits", "X-Served-By"];
    if (!signs.some((name) => getHeader(headers, name) !== null)) return;
    if (this.#left() < 3) {
      this.#unchecked.push("the shared cache");
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

  #left(): number {
    return this.session.left(this.route.url);
  }

  #page(): string {
    return this.#origins[0] ?? "null";
  }

  /** Methods whose preflight is asked; one is asked even when no request is known to need it. */
  #needs(): readonly string[] {
    const { methods, assumed } = this.route;
    const needing = methods.filter(
      (method) => headersFor(this.route, method).length > 0 || !isSafelistedMethod(method),
    );
    return needing.length === 0 && assumed ? ["GET"] : needing;
  }

  async #preflight(origin: string, method = this.#needs()[0]): Promise<void> {
    if (method === undefined) return;
    if (this.#preflights.some((done) => done.origin === origin && done.method === method)) return;
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

  /** The request that changes nothing, once for each page. */
  async #read(origin: string): Promise<void> {
    const { reads } = this.route;
    if (reads === null) return;
    if (this.#responses.some((done) => done.origin === origin && done.method === reads)) return;
    await this.#real(reads, origin);
  }

  async #real(method: string, origin: string): Promise<WireExchange | null> {
    const { secrets } = this.plan;
    const question = { method, url: this.#pageUrl(), origin, secrets };
    const exchange = await this.session.ask(this.route.url, question);
    if (exchange === null) return null;
    const followed =
      method === this.route.reads
        ? await follow(exchange, (url) => this.#get(url, origin))
        : { hops: [], notFollowed: redirectTarget(exchange) };
    this.#responses.push({ origin, method, exchange, ...followed });
    return exchange;
  }

  /** Why the request is not sent though the user asked for it; null when it is. */
  #refusal(origin: string, method: string): string | null {
    const asks = this.#needs().includes(method);
    const own = this.#preflights.find((p) => p.origin === origin && p.method === method);
    if (asks && own === undefined) return this.session.stopped ?? "beyond the budget";
    const credentials = this.plan.credentials ? "include" : "omit";
    const request = scriptRequest({ origin, method, credentials }, this.route);
    const { verdict } = judge({
      request,
      preflightResponse: asks && own !== undefined ? wire(own.exchange) : null,
      actualResponse: null,
    });
    return verdict === "allowed"
      ? null
      : "no browser would send it, its preflight does not allow it";
  }

  /** A guessed page is a stranger: its answer must not land in a cache that others read. */
  #pageUrl(): string {
    return this.plan.originsAssumed ? this.session.fresh(this.route.url) : this.route.url;
  }

  #get(url: string, origin: string | null): Promise<WireExchange | null> {
    const method = this.route.reads ?? "GET";
    return this.session.ask(this.route.url, { method, url, origin });
  }

  /** Whether the answer to this origin allows exactly this origin. */
  async #control(kind: ControlKind, origin: string | null): Promise<boolean> {
    if (origin === null && kind !== "none") return false;
    const { url } = this.route;
    const method = this.#needs()[0] ?? "GET";
    const exchange = this.#useRead()
      ? await this.#get(this.session.fresh(url), origin)
      : await this.#strangerAsks(origin, method);
    if (exchange === null) {
      this.#unchecked.push(CONTROL_NAMES[kind]);
      return false;
    }
    this.#controls.push({ kind, origin, exchange });
    return origin !== null && valueFor(exchange) === origin;
  }

  /** The real answer shows more than the preflight's, if it says anything about origins. */
  #useRead(): boolean {
    const first = this.#responses.find(({ method }) => method === this.route.reads);
    if (first === undefined || first.exchange.response === null) return false;
    return (
      allowsOrigin(first.exchange) ||
      this.#preflights.every(({ exchange }) => !allowsOrigin(exchange))
    );
  }

  #answered(origin: string): boolean {
    return [...this.#responses, ...this.#preflights].some((answer) => answer.origin === origin);
  }

  #answers(): boolean {
    return [...this.#responses, ...this.#preflights].some(
      ({ exchange }) => exchange.response !== null,
    );
  }
}

const CONTROL_NAMES: Readonly<Record<ControlKind, string>> = {
  page: "the page once more",
  foreign: "a stranger's origin",
  foreignPreflight: "a stranger's preflight",
  null: "the origin null",
  none: "a request without Origin",
  prefix: "an origin that begins as the page's",
  ownPrefix: "an origin that begins as the API's own",
  suffix: "an origin that ends as the page's",
  dot: "an origin with another letter for a dot",
  subdomain: "a sub-domain of the page",
  http: "the page's host over http",
};

function valueFor({ response }: WireExchange): string | null {
  return getHeader(response?.headers ?? [], "Access-Control-Allow-Origin");
}

function allowsOrigin(exchange: WireExchange): boolean {
  return valueFor(exchange) !== null;
}

function cacheStatus({ response }: WireExchange): string {
  const headers = response?.headers ?? [];
  return ["X-Cache", "CF-Cache-Status"].map((name) => getHeader(headers, name) ?? "").join(" ");
}
