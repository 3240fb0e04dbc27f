/** What exhibits are made of: a well configured server, and the one thing that each changes about it. */
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

export function server(change: Partial<Policy>): Respond {
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
export function preflightOnly(answer: string | null, change: Partial<Policy> = {}): Respond {
  const rest = server(change);
  return (request, socket) => (isPreflight(request) ? answer : rest(request, socket));
}

export function isPreflight(request: Received): boolean {
  return request.method === "OPTIONS" && request.get("access-control-request-method") !== null;
}

function field(name: string, value: string | null): Headers {
  return value === null ? {} : { [name]: value };
}

export const star = { allow: () => "*", credentials: null, vary: null };
export const put = { methods: ["GET", "PUT"], headers: ["content-type", "authorization"] };
export const own = { ...put, own: true };
/** A route of the code that takes POST, and no page of the workspace calls it. */
export const posts = {
  origins: [PAGE],
  routes: [
    {
      path: "/orders",
      methods: ["POST"],
      methodHeaders: { POST: ["content-type"] },
      guesses: ["POST"],
    },
  ],
};
export function reset(socket: Socket): null {
  socket.destroy();
  return null;
}

/** Writes for as long as anybody reads. */
export function drip(socket: Socket, text: string): null {
  socket.write("HTTP/1.1 200 OK\r\n");
  const more = () => {
    while (!socket.destroyed && socket.write(text));
  };
  socket.on("drain", more);
  more();
  return null;
}
