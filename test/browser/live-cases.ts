/** Random exchanges from a seed: mostly well configured servers with a few faults each. */
import type {
  Exchange,
  Header,
  HopResponses,
  ScriptRequest,
  WireResponse,
} from "../../shared/src/browser";

export interface LiveCase extends Exchange {
  readonly id: string;
}

const ORIGINS = [
  "https://app.example.com",
  "https://app.example.com:8443",
  "http://app.example.com",
  "http://localhost:3000",
  "http://127.0.0.1:5173",
  "https://xn--bcher-kva.example",
  "http://[::1]:3000",
  "null",
];
const TARGETS = [
  "https://api.example.com",
  "https://api.other.test",
  "https://app.example.com:8443",
  "http://api.example.com",
  "http://localhost:8000",
  "http://127.0.0.1:3000",
];
const METHODS =
  "GET GET POST HEAD PUT DELETE PATCH OPTIONS patch put Delete QUERY X-DO m-search".split(" ");
const BODIES = [
  null,
  null,
  null,
  "bytes",
  "string",
  "urlencoded",
  "formdata",
  "blob:",
  "blob:text/plain",
  "blob:application/json",
];
const NAMES = (
  "Accept Accept-Language Content-Language Content-Type Range Authorization X-Custom X-Requested-With " +
  "traceparent If-None-Match Cache-Control X-API-Key x_under_score DPR Save-Data Cookie Sec-Foo " +
  "X-HTTP-Method-Override User-Agent Downlink ECT Last-Event-ID Width Viewport-Width RTT " +
  "Device-Memory Intervention"
).split(" ");
const VALUES = [
  "1",
  "",
  "application/json",
  "text/plain",
  "text/plain; charset=utf-8",
  "TEXT/plain;x",
  "multipart/form-data",
  "en-US,en;q=0.9",
  "bytes=0-99",
  "bytes=5-",
  "bytes=-5",
  "bytes=9-1",
  "BYTES=0-1",
  "bytes=1-9999999999999999999",
  "a(b",
  "on",
  "1.5",
  "4g",
  "é",
  "x".repeat(128),
  "x".repeat(129),
  "GET, trace",
];
const EXPOSABLE: readonly Header[] = [
  ["Content-Type", "application/json"],
  ["X-Total-Count", "7"],
  ["ETag", '"e"'],
  ["Link", "<x>"],
  ["Cache-Control", "no-store"],
  ["Retry-After", "1"],
];

/** A small generator of numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` cases of this seed. */
export function makeCases(seed: number, count: number): LiveCase[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => makeCase(random, `r${String(index)}`));
}

type Random = () => number;
const pick = <T>(random: Random, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)] as T;
const chance = (random: Random, probability: number) => random() < probability;

function makeCase(random: Random, id: string): LiveCase {
  const origin = pick(random, ORIGINS);
  const request = makeRequest(random, id, origin);
  const hops = chance(random, 0.25) ? 1 + Math.floor(random() * 3) : 0;
  const first = makeHop(random, request, hops > 0 ? target(random, id, 1, origin) : null);
  const redirectHops = Array.from({ length: hops }, (_, index) => {
    const last = index === hops - 1;
    return makeHop(random, request, last ? null : target(random, id, index + 2, origin));
  });
  return hops === 0 ? { id, request, ...first } : { id, request, ...first, redirectHops };
}

function makeRequest(random: Random, id: string, origin: string): ScriptRequest {
  const targets = TARGETS.filter((url) => !(origin.startsWith("https:") && isMixed(url)));
  const sameOrigin = origin !== "null" && chance(random, 0.06);
  const method = pick(random, METHODS);
  const bodiless = ["GET", "HEAD"].includes(method.toUpperCase());
  const names = NAMES.filter(() => chance(random, 0.09));
  if (chance(random, 0.05)) names.push(...names);
  const mode = chance(random, 0.05) ? "no-cors" : chance(random, 0.02) ? "same-origin" : "cors";
  return {
    origin,
    url: `${sameOrigin ? origin : pick(random, targets)}/c/${id}/0`,
    method,
    headers: names.map((name) => [name, plausibleValue(random, name)]),
    credentials: pick(random, ["omit", "same-origin", "include"]),
    mode,
    redirect:
      mode === "cors" && chance(random, 0.04) ? pick(random, ["manual", "error"]) : "follow",
    api: "fetch",
    body: bodiless ? null : pick(random, BODIES),
  };
}

function isMixed(url: string): boolean {
  return url.startsWith("http://") && !/localhost|127\.0\.0\.1/.test(url);
}

function plausibleValue(random: Random, name: string): string {
  if (chance(random, 0.3)) return pick(random, VALUES);
  const plausible: Readonly<Record<string, string>> = {
    "Content-Type": pick(random, ["application/json", "text/plain", "application/xml"]),
    Accept: "application/json",
    "Accept-Language": "en",
    "Content-Language": "en",
    Range: "bytes=0-9",
    Authorization: "Bearer t",
    "Save-Data": "on",
  };
  return plausible[name] ?? "1";
}

function target(random: Random, id: string, hop: number, origin: string): string {
  const path = `/c/${id}/${String(hop)}`;
  const odd = ["data:text/plain,hi", "ftp://api.example.com/x", "https://", "about:blank"];
  if (chance(random, 0.05)) return pick(random, odd);
  if (chance(random, 0.04)) return `https://u:p@api.example.com${path}`;
  if (chance(random, 0.2)) return pick(random, [path, String(hop)]);
  if (origin !== "null" && chance(random, 0.2)) return origin + path;
  const targets = TARGETS.filter((url) => !(origin.startsWith("https:") && isMixed(url)));
  return pick(random, targets) + path;
}

function makeHop(random: Random, request: ScriptRequest, location: string | null): HopResponses {
  return {
    preflightResponse: makePreflight(random, request),
    actualResponse: makeActual(random, request, location),
  };
}

function makePreflight(random: Random, request: ScriptRequest): WireResponse {
  const headers = [...allowOrigin(random, request.origin), ...allowCredentials(random, request)];
  const methods =
    request.method.toUpperCase() === "PATCH" ? request.method : request.method.toUpperCase();
  const listed = chance(random, 0.75)
    ? `GET, ${methods}`
    : pick(random, ["*", "GET, PUT", "get, put", "GET; PUT", "", "GET PUT", "PATCH,,", "*, PUT"]);
  if (chance(random, 0.92)) headers.push([odd(random, "Access-Control-Allow-Methods"), listed]);
  const names = request.headers
    .map(([name]) => name)
    .concat("content-type")
    .join(", ");
  const allowed = chance(random, 0.7)
    ? names
    : pick(random, [
        "*",
        "*, Authorization",
        "x-a",
        "X-A; X-B",
        "Content-Type, X-Custom",
        '"X-A"',
        "",
      ]);
  if (chance(random, 0.92)) headers.push([odd(random, "Access-Control-Allow-Headers"), allowed]);
  const bad = [199 + Math.floor(random() * 390), 301, 302, 400, 401, 403, 404, 405, 500, 503];
  const status = chance(random, 0.9) ? pick(random, [200, 204, 204, 226, 299]) : pick(random, bad);
  return malform(random, { status: usable(status), headers: shuffle(random, headers) });
}

function makeActual(random: Random, request: ScriptRequest, location: string | null): WireResponse {
  const headers = [...allowOrigin(random, request.origin), ...allowCredentials(random, request)];
  headers.push(...EXPOSABLE.filter(() => chance(random, 0.3)));
  const expose = [
    "*",
    "X-Total-Count",
    "x-total-count, ETag, link",
    '"ETag"',
    "",
    "Set-Cookie, Retry-After",
  ];
  if (chance(random, 0.4)) headers.push(["Access-Control-Expose-Headers", pick(random, expose)]);
  if (location !== null) {
    headers.push(["Location", location]);
    const status = pick(random, [301, 302, 303, 307, 308]);
    return { status, headers: shuffle(random, headers) };
  }
  const status = chance(random, 0.6)
    ? 200
    : pick(random, [201, 204, 304, 400, 401, 404, 500, 200 + Math.floor(random() * 390)]);
  return malform(random, { status: usable(status), headers: shuffle(random, headers) });
}

/** Statuses on which a browser retries or asks for a password are no CORS matter. */
function usable(status: number): number {
  const redirect = [301, 302, 303, 307, 308].includes(status);
  return redirect || [199, 401, 407, 408, 421, 425].includes(status) ? 403 : status;
}

function allowOrigin(random: Random, origin: string): Header[] {
  const name = odd(random, "Access-Control-Allow-Origin");
  if (chance(random, 0.75)) return [[name, chance(random, 0.8) ? origin : "*"]];
  const values = [
    "null",
    "*",
    `${origin}/`,
    ` ${origin}\t`,
    origin.toUpperCase(),
    `${origin}, ${origin}`,
    `${origin} *`,
    `${origin}\x0b`,
    `\xa0${origin}`,
    "https://*.example.com",
    origin.replace("https", "http"),
    `${origin}:443`,
    "",
    "true",
  ];
  if (chance(random, 0.15)) return [];
  if (chance(random, 0.15))
    return [
      [name, origin],
      ["Access-Control-Allow-Origin", pick(random, [origin, "*", ""])],
    ];
  return [[name, pick(random, values)]];
}

function allowCredentials(random: Random, request: ScriptRequest): Header[] {
  const name = odd(random, "Access-Control-Allow-Credentials");
  if (chance(random, request.credentials === "include" ? 0.85 : 0.4)) return [[name, "true"]];
  const values = ["True", "TRUE", "1", "true, true", "false", "", " true", "yes"];
  return chance(random, 0.5) ? [[name, pick(random, values)]] : [];
}

/** Header names in another case now and then. */
function odd(random: Random, name: string): string {
  return chance(random, 0.15) ? pick(random, [name.toLowerCase(), name.toUpperCase()]) : name;
}

/** Heads that no library writes but that arrive all the same. */
function malform(random: Random, response: WireResponse): WireResponse {
  if (!chance(random, 0.06)) return response;
  const lines = response.headers.map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${String(response.status)} X`;
  const plain = (end: string, fields = lines) => [status, ...fields, "", ""].join(end);
  const rawHead = pick(random, [
    plain("\n"),
    plain("\r\n", ["garbage", ": x", ...lines]),
    plain("\r\n", [" leading: x", ...lines]),
    plain(
      "\r\n",
      lines.map((line) => line.replace(":", " :")),
    ),
    plain(
      "\r\n",
      lines.map((line) => line.replace(": ", ":\r\n\t")),
    ),
    plain("\r\n", [...lines, "X-Nul: a\0b"]),
    plain("\r\n", [...lines, "X-Cr: a\rb"]),
    `HTTP/1.1 103 Early Hints\r\nAccess-Control-Allow-Origin: *\r\n\r\n${plain("\r\n")}`,
    `HTTP/1.0${plain("\r\n").slice(8)}`,
  ]);
  return { ...response, rawHead };
}

function shuffle(random: Random, headers: Header[]): Header[] {
  return chance(random, 0.3) ? [...headers].reverse() : headers;
}
