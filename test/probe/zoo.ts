/** Endpoints of every kind: correct ones, each fault, and hostile ones, with the ids they must get. */
import type { Socket } from "node:net";
import type { FindingId } from "../../server/src/probe/finding";
import type { ProbeOptions } from "../../server/src/probe/run";
import { response, type Received, type Respond } from "./loopback";

export const PAGE = "https://app.example.com";

/** One endpoint and what a probe of it must find: exactly these ids, and nothing else. */
export interface Exhibit {
  readonly name: string;
  readonly respond: Respond;
  readonly finds: readonly FindingId[];
  /** Besides the endpoint; the origin is PAGE where none is given. */
  readonly options?: Partial<ProbeOptions>;
  /** How the server is reached; `https` as api.example.com when absent. */
  readonly at?: "http-loopback" | "http" | "h2" | "untrusted" | "closed";
  /** A note that must be among the report's. */
  readonly note?: RegExp;
}

type Headers = Readonly<Record<string, string>>;

/** A server's CORS configuration; each exhibit changes one thing about a good one. */
interface Policy {
  /** Access-Control-Allow-Origin for a request's Origin; null sends none. */
  readonly allow: (origin: string | null) => string | null;
  readonly methods: string | null;
  readonly headers: string | null;
  readonly credentials: string | null;
  readonly vary: string | null;
  /** Instead of 204. */
  readonly preflight: number;
  readonly preflightHeaders: Headers;
  /** Instead of 200. */
  readonly status: number;
  readonly headersOfResponse: Headers;
  /** Access-Control-Allow-Origin of the response alone. */
  readonly allowInResponse?: (origin: string | null) => string | null;
}

const good: Policy = {
  allow: (origin) => (origin === PAGE ? origin : null),
  methods: "GET, PUT, DELETE",
  headers: "Content-Type, Authorization",
  credentials: "true",
  vary: "Origin",
  preflight: 204,
  preflightHeaders: {},
  status: 200,
  headersOfResponse: {},
};

function server(change: Partial<Policy>): Respond {
  const policy = { ...good, ...change };
  return (request) => {
    const origin = request.get("origin");
    const preflight = isPreflight(request);
    const allow = preflight ? policy.allow : (policy.allowInResponse ?? policy.allow);
    const headers = {
      ...field("Access-Control-Allow-Origin", allow(origin)),
      ...field("Access-Control-Allow-Credentials", policy.credentials),
      ...field("Vary", policy.vary),
    };
    const lists = {
      ...field("Access-Control-Allow-Methods", policy.methods),
      ...field("Access-Control-Allow-Headers", policy.headers),
    };
    return preflight
      ? response(policy.preflight, { ...headers, ...lists, ...policy.preflightHeaders })
      : response(policy.status, { ...headers, ...policy.headersOfResponse });
  };
}

/** Answers preflights with this and everything else well. */
function preflightOnly(answer: string | null, change: Partial<Policy> = {}): Respond {
  const rest = server(change);
  return (request, socket) => (isPreflight(request) ? answer : rest(request, socket));
}

function isPreflight(request: Received): boolean {
  return request.method === "OPTIONS" && request.get("access-control-request-method") !== null;
}

function field(name: string, value: string | null): Headers {
  return value === null ? {} : { [name]: value };
}

const star = { allow: () => "*", credentials: null, vary: null };
const put = { methods: ["GET", "PUT"], headers: ["content-type", "authorization"] };
const own = { ...put, own: true };
/** A cache that forgets to put Origin into its key. */
function cachingOneOrigin(): Respond {
  const kept = new Map<string, string>();
  const origin = server({ vary: null, allow: (asked) => asked });
  return (request, socket) => {
    if (isPreflight(request)) return server({})(request, socket);
    const hit = kept.get(request.path);
    if (hit !== undefined)
      return hit.replace("\r\n", "\r\nX-Cache: Hit from cloudfront\r\nAge: 3\r\n");
    const fresh = origin(request, socket) ?? "";
    kept.set(request.path, fresh);
    return fresh.replace("\r\n", "\r\nX-Cache: Miss from cloudfront\r\n");
  };
}

const correct: readonly Exhibit[] = [
  {
    name: "exact allow-list with credentials",
    respond: server({}),
    finds: [],
    options: { ...own, credentials: true },
  },
  {
    name: "public * for GET, OPTIONS not served",
    respond: preflightOnly(response(405), star),
    finds: [],
    options: { origins: [] },
  },
  { name: "public * with lists", respond: server(star), finds: [], options: put },
  {
    name: "public * for GET, OPTIONS not served, a page that reads",
    respond: preflightOnly(response(404), star),
    finds: [],
  },
  {
    name: "no CORS that nobody needs",
    respond: () => response(200),
    finds: [],
    options: { origins: [] },
    note: /sends no CORS headers/,
  },
  { name: "401 with CORS headers", respond: server({ status: 401 }), finds: [], options: put },
  { name: "404 with CORS headers", respond: server({ status: 404 }), finds: [], options: put },
  {
    name: "one fixed origin for everybody",
    respond: server({ allow: () => PAGE, vary: null }),
    finds: [],
    options: own,
  },
  {
    name: "one fixed origin, learned from the wire",
    respond: server({ allow: () => PAGE, vary: null }),
    finds: [],
    options: { origins: [] },
  },
  {
    name: "Vary in a list",
    respond: server({ vary: "Accept-Encoding, Origin" }),
    finds: [],
    options: put,
  },
  {
    name: "preflight 200 with odd but tolerated head",
    respond: preflightOnly(
      `HTTP/1.1 200 OK\nAccess-Control-Allow-Origin:\n ${PAGE}\nAccess-Control-Allow-Methods : PUT\nAccess-Control-Allow-Headers: *, authorization\nVary: Origin\ngarbage\n\nbody`,
    ),
    finds: [],
    options: put,
    note: /obs-fold/,
  },
  {
    name: "shared cache with Origin in the key",
    respond: server({ headersOfResponse: { "X-Cache": "Miss from cloudfront" } }),
    finds: [],
    options: put,
  },
  {
    name: "redirect on the same origin, CORS headers on both",
    respond: (request, socket) =>
      request.path.startsWith("/final")
        ? server({})(request, socket)
        : server({ status: 307, headersOfResponse: { Location: "/final" } })(request, socket),
    finds: [],
    options: put,
  },
  { name: "HTTP/2 only", respond: server({}), finds: [], options: put, at: "h2" },
  {
    name: "loopback page, loopback API",
    respond: server(star),
    finds: [],
    options: { ...put, origins: ["http://localhost:3000"] },
    at: "http-loopback",
  },
  {
    name: "private cache without Vary",
    respond: server({ vary: null, headersOfResponse: { "Cache-Control": "no-store" } }),
    finds: [],
    options: put,
  },
];

const preflightFaults: readonly Exhibit[] = [
  {
    name: "OPTIONS behind an authorizer (401)",
    respond: preflightOnly(response(401), { status: 401 }),
    finds: ["preflight-needs-authorization"],
    options: put,
  },
  {
    name: "OPTIONS behind an authorizer (403 with challenge)",
    respond: preflightOnly(response(403, { "WWW-Authenticate": "Bearer" })),
    finds: ["preflight-needs-authorization"],
    options: put,
  },
  {
    name: "401 for all: even a page that nobody described needs Authorization",
    respond: preflightOnly(response(401), { status: 401 }),
    finds: ["preflight-needs-authorization"],
  },
  {
    name: "OPTIONS not routed (404)",
    respond: preflightOnly(response(404)),
    finds: ["preflight-not-ok"],
    options: put,
  },
  {
    name: "OPTIONS not routed (405)",
    respond: preflightOnly(response(405)),
    finds: ["preflight-not-ok"],
    options: put,
  },
  {
    name: "OPTIONS not routed (REST API without the method)",
    respond: preflightOnly(
      response(403, { "x-amzn-errortype": "MissingAuthenticationTokenException" }),
    ),
    finds: ["preflight-not-ok"],
    options: put,
  },
  {
    name: "OPTIONS fails (500)",
    respond: server({ preflight: 500 }),
    finds: ["preflight-not-ok"],
    options: put,
  },
  {
    name: "OPTIONS 2xx without CORS headers",
    respond: preflightOnly(response(200)),
    finds: ["preflight-not-ok"],
    options: put,
  },
  {
    name: "OPTIONS not routed, and the page only reads so far",
    respond: preflightOnly(response(404)),
    finds: ["preflight-not-ok"],
  },
  {
    name: "OPTIONS dropped",
    respond: (request, socket) =>
      isPreflight(request) ? reset(socket) : server({})(request, socket),
    finds: ["preflight-not-ok"],
    options: put,
  },
  {
    name: "OPTIONS redirected",
    respond: preflightOnly(response(301, { Location: "/orders/" })),
    finds: ["preflight-redirected"],
    options: put,
  },
  {
    name: "method not allowed",
    respond: server({ methods: "GET, POST" }),
    finds: ["allow-methods-missing"],
    options: put,
  },
  {
    name: "method in lower case",
    respond: server({ methods: "get, patch" }),
    finds: ["allow-methods-missing"],
    options: { methods: ["PATCH"], headers: ["content-type"] },
  },
  {
    name: "methods that are no list",
    respond: server({ methods: "GET; PUT" }),
    finds: ["allow-methods-missing"],
    options: put,
  },
  {
    name: "methods * with credentials",
    respond: server({ methods: "*" }),
    finds: ["allow-methods-missing"],
    options: { ...put, credentials: true },
  },
  {
    name: "header not allowed",
    respond: server({ headers: "X-Other" }),
    finds: ["allow-headers-missing"],
    options: put,
  },
  {
    name: "headers absent",
    respond: server({ headers: null }),
    finds: ["allow-headers-missing"],
    options: put,
  },
  {
    name: "headers that are no list",
    respond: server({ headers: "Content-Type; Authorization" }),
    finds: ["allow-headers-missing"],
    options: put,
  },
  {
    name: "malformed list on a page that nobody described",
    respond: server({ headers: '"Content-Type"' }),
    finds: ["allow-headers-missing"],
  },
  {
    name: "Authorization covered by *",
    respond: server({ headers: "*", credentials: null }),
    finds: ["allow-headers-missing"],
    options: put,
  },
  {
    name: "max-age beyond every cap",
    respond: server({ preflightHeaders: { "Access-Control-Max-Age": "864000" } }),
    finds: ["max-age-beyond-browsers"],
    options: put,
  },
];

const originFaults: readonly Exhibit[] = [
  {
    name: "trailing slash",
    respond: server({ allow: () => `${PAGE}/` }),
    finds: ["origin-never-matches"],
    options: put,
  },
  {
    name: "upper-case host",
    respond: server({ allow: () => "https://APP.example.com" }),
    finds: ["origin-never-matches"],
    options: put,
  },
  {
    name: "sub-domain wildcard",
    respond: server({ allow: () => "https://*.example.com" }),
    finds: ["origin-never-matches"],
    options: put,
  },
  {
    name: "no scheme",
    respond: server({ allow: () => "app.example.com" }),
    finds: ["origin-never-matches"],
    options: put,
  },
  {
    name: "default port",
    respond: server({ allow: () => `${PAGE}:443` }),
    finds: ["origin-never-matches"],
    options: put,
  },
  {
    name: "another origin",
    respond: server({ allow: () => "https://www.example.com" }),
    finds: ["request-refused-by-policy"],
    options: put,
  },
  {
    name: "comma list",
    respond: server({ allow: () => `${PAGE}, https://www.example.com` }),
    finds: ["allow-origin-multiple-values"],
    options: put,
  },
  {
    name: "two lines",
    respond: (request, socket) =>
      (server({})(request, socket) ?? "").replace(
        "\r\n",
        `\r\nAccess-Control-Allow-Origin: ${PAGE}\r\n`,
      ),
    finds: ["allow-origin-multiple-values"],
    options: put,
  },
  {
    name: "* with credentials",
    respond: server({ allow: () => "*", vary: null }),
    finds: ["wildcard-origin-with-credentials"],
    options: put,
  },
  {
    name: "* and a page with credentials",
    respond: server(star),
    finds: ["wildcard-origin-with-credentials"],
    options: { ...put, credentials: true },
  },
  {
    name: "credentials True",
    respond: server({ credentials: "True" }),
    finds: ["credentials-value-invalid"],
    options: put,
  },
  {
    name: "credentials absent and needed",
    respond: server({ credentials: null }),
    finds: ["request-refused-by-policy"],
    options: { ...put, credentials: true },
  },
  {
    name: "no CORS and a page that needs it",
    respond: () => response(200),
    finds: ["cors-not-configured"],
    options: put,
  },
];

const responseFaults: readonly Exhibit[] = [
  {
    name: "data without Allow-Origin",
    respond: server({ allowInResponse: () => null }),
    finds: ["success-response-without-allow-origin"],
    options: put,
  },
  {
    name: "401 without Allow-Origin",
    respond: server({ status: 401, allowInResponse: () => null }),
    finds: ["error-response-without-allow-origin"],
    options: put,
  },
  {
    name: "500 without Allow-Origin",
    respond: server({ status: 500, allowInResponse: () => null }),
    finds: ["error-response-without-allow-origin"],
    options: put,
  },
  {
    name: "unknown parameter without Allow-Origin",
    respond: (request, socket) =>
      request.path.includes("__cors_probe") && request.get("origin") === PAGE
        ? response(404)
        : server({})(request, socket),
    finds: ["error-response-without-allow-origin"],
    options: {
      api: { origins: [PAGE], routes: [{ path: "/orders/{id}", methods: ["GET"] }] },
      origins: [],
    },
  },
  {
    name: "preflight and response disagree",
    respond: server({ allowInResponse: () => "https://www.example.com", vary: null }),
    finds: ["preflight-and-response-disagree", "request-refused-by-policy"],
    options: put,
  },
  {
    name: "header that the page reads and cannot",
    respond: server({ headersOfResponse: { "X-Total-Count": "7" } }),
    finds: ["response-header-not-exposed"],
    options: {
      api: {
        origins: [PAGE],
        routes: [{ path: "/orders", methods: ["GET"], readsHeaders: ["X-Total-Count"] }],
      },
    },
  },
];

const listFaults: readonly Exhibit[] = [
  {
    name: "any origin reflected with credentials",
    respond: server({ allow: (origin) => origin }),
    finds: ["reflected-origin-unchecked"],
    options: own,
  },
  {
    name: "any origin reflected without credentials",
    respond: server({ allow: (origin) => origin, credentials: null }),
    finds: ["reflected-origin-unchecked"],
    options: put,
  },
  {
    name: "startsWith",
    respond: server({ allow: (origin) => (origin?.startsWith(PAGE) === true ? origin : null) }),
    finds: ["origin-check-bypassable"],
    options: own,
  },
  {
    name: "endsWith",
    respond: server({
      allow: (origin) =>
        origin?.endsWith("app.example.com") === true && origin.startsWith("https") ? origin : null,
    }),
    finds: ["origin-check-bypassable"],
    options: own,
  },
  {
    name: "unescaped dot",
    respond: server({
      allow: (origin) => (/^https:\/\/app.example.com$/.test(origin ?? "") ? origin : null),
    }),
    finds: ["origin-check-bypassable"],
    options: own,
  },
  {
    name: "every sub-domain",
    respond: server({
      allow: (origin) =>
        /^https:\/\/([\w-]+\.)?app\.example\.com$/.test(origin ?? "") ? origin : null,
    }),
    finds: ["subdomain-origin-accepted"],
    options: own,
  },
  {
    name: "http as well",
    respond: server({
      allow: (origin) => (/^https?:\/\/app\.example\.com$/.test(origin ?? "") ? origin : null),
    }),
    finds: ["http-origin-accepted"],
    options: own,
  },
  {
    name: "null allowed",
    respond: server({ allow: (origin) => (origin === "null" || origin === PAGE ? origin : null) }),
    finds: ["null-origin-allowed"],
    options: put,
  },
  {
    name: "no Vary",
    respond: server({ vary: null }),
    finds: ["vary-origin-missing"],
    options: put,
  },
  {
    name: "no Vary without Origin, and cacheable",
    respond: (request, socket) =>
      server({
        vary: request.get("origin") === null ? null : "Origin",
        headersOfResponse: { "Cache-Control": "max-age=60" },
      })(request, socket),
    finds: ["vary-origin-missing"],
    options: put,
  },
  {
    name: "shared cache without Origin in the key",
    respond: cachingOneOrigin(),
    finds: ["reflected-origin-unchecked", "vary-origin-missing", "cdn-caches-one-origin"],
    options: put,
  },
  {
    name: "public page, local API",
    respond: server({}),
    finds: ["local-network-permission"],
    options: put,
    at: "http-loopback",
  },
  {
    name: "https page, http API",
    respond: server({}),
    finds: ["mixed-content"],
    options: put,
    at: "http",
  },
];

const hostile: readonly Exhibit[] = [
  { name: "nobody listens", respond: () => null, finds: ["endpoint-unreachable"], at: "closed" },
  {
    name: "certificate of nobody",
    respond: () => response(200),
    finds: ["tls-untrusted"],
    at: "untrusted",
  },
  {
    name: "endless head",
    respond: (_request, socket) => drip(socket, `X-Pad: ${"a".repeat(8000)}\r\n`),
    finds: ["endpoint-unreachable"],
  },
  {
    name: "slow drip",
    respond: (_request, socket) => (socket.write("HTTP/1.1 200 OK\r\nX: "), null),
    finds: ["endpoint-unreachable"],
    options: { timeout: 100 },
  },
  {
    name: "silence",
    respond: () => null,
    finds: ["endpoint-unreachable"],
    options: { timeout: 100 },
  },
  {
    name: "1 MB header",
    respond: () => response(200, { "X-Big": "a".repeat(1 << 20) }),
    finds: ["endpoint-unreachable"],
  },
  {
    name: "NUL in the head",
    respond: () => response(200, { X: "a\0b" }),
    finds: ["endpoint-unreachable"],
  },
  { name: "reset", respond: (_request, socket) => reset(socket), finds: ["endpoint-unreachable"] },
  { name: "empty answer", respond: () => "", finds: ["endpoint-unreachable"] },
  {
    name: "another protocol",
    respond: () => "SSH-2.0-OpenSSH_9.6\r\n",
    finds: ["endpoint-unreachable"],
  },
  {
    name: "half a head",
    respond: () => "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n",
    finds: ["endpoint-unreachable"],
  },
  {
    name: "redirect loop",
    respond: server({ status: 302, headersOfResponse: { Location: "/orders" } }),
    finds: ["endpoint-unreachable"],
    options: put,
  },
  {
    name: "redirects without end",
    respond: (request, socket) =>
      server({ status: 302, headersOfResponse: { Location: `${request.path}x` } })(request, socket),
    finds: [],
    options: put,
  },
  {
    name: "redirect to the metadata service",
    respond: server({
      status: 302,
      headersOfResponse: { Location: "https://169.254.169.254/latest" },
    }),
    finds: [],
    options: put,
  },
  {
    name: "slow down",
    respond: server({ status: 429, headersOfResponse: { "Retry-After": "60" } }),
    finds: [],
    options: put,
    note: /slow down/,
  },
];

export const zoo: readonly Exhibit[] = [
  ...correct,
  ...preflightFaults,
  ...originFaults,
  ...responseFaults,
  ...listFaults,
  ...hostile,
];

function reset(socket: Socket): null {
  socket.destroy();
  return null;
}

/** Writes for as long as anybody reads. */
function drip(socket: Socket, text: string): null {
  socket.write("HTTP/1.1 200 OK\r\n");
  const more = () => {
    while (!socket.destroyed && socket.write(text));
  };
  socket.on("drain", more);
  more();
  return null;
}
