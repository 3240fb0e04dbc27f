/**
 * The loopback server that plays every host of a live case: plain HTTP/1.1 and TLS on one port, so
 * that one resolver rule of the browser leads all names here. It writes heads byte for byte.
 */
import { createServer, type Server, type Socket } from "node:net";
import { TLSSocket, createSecureContext } from "node:tls";
import type { AddressInfo } from "node:net";
import type { WireResponse } from "../../shared/src/browser";
import { makeCertificates } from "./certificate";
import type { LiveCase } from "./live-cases";

/** A request of a case as it arrived. */
export interface Seen {
  readonly hop: number;
  readonly preflight: boolean;
  readonly method: string;
  readonly origin: string | null;
  readonly requestMethod: string | null;
  readonly requestHeaders: string | null;
}

export interface LiveServer {
  readonly port: number;
  /** By case id. */
  readonly seen: ReadonlyMap<string, readonly Seen[]>;
  close(): Promise<void>;
}

/** Answers `/c/<id>/<hop>` from the cases, `/page` with an empty page, all else with 404. */
export async function startLiveServer(cases: readonly LiveCase[]): Promise<LiveServer> {
  const byId = new Map(cases.map((live) => [live.id, live]));
  const seen = new Map<string, Seen[]>(cases.map(({ id }) => [id, []]));
  const secureContext = createSecureContext(makeCertificates(["localhost"]).leaf);
  const sockets = new Set<Socket>();
  const serve = (socket: Socket) => {
    readRequests(socket, (request) => answer(request, byId, seen));
  };
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.once("readable", () => {
      const first = socket.read() as Buffer | null;
      if (first === null) return;
      socket.unshift(first);
      if (first[0] !== 0x16) serve(socket);
      else {
        const secure = new TLSSocket(socket, { isServer: true, secureContext });
        secure.on("error", () => socket.destroy());
        serve(secure);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly header: (name: string) => string | null;
}

interface Answer {
  readonly head: string;
  readonly body: string;
  readonly close: boolean;
}

function readRequests(socket: Socket, respond: (request: Request) => Answer): void {
  let buffer = "";
  socket.on("data", (chunk: Buffer) => {
    buffer += chunk.toString("latin1");
    for (;;) {
      const end = buffer.indexOf("\r\n\r\n");
      if (end === -1) return;
      const [requestLine = "", ...lines] = buffer.slice(0, end).split("\r\n");
      const fields = new Map(
        lines.map((line) => {
          const colon = line.indexOf(":");
          return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
        }),
      );
      const length = Number(fields.get("content-length") ?? 0);
      if (buffer.length < end + 4 + length) return;
      buffer = buffer.slice(end + 4 + length);
      const [method = "", path = ""] = requestLine.split(" ");
      const answer = respond({ method, path, header: (name) => fields.get(name) ?? null });
      socket.write(Buffer.from(answer.head + (method === "HEAD" ? "" : answer.body), "latin1"));
      // The browser may already have sent its next request here; it will ask again elsewhere.
      if (answer.close) return void socket.removeAllListeners("data").end();
    }
  });
}

function answer(
  request: Request,
  cases: ReadonlyMap<string, LiveCase>,
  seen: ReadonlyMap<string, Seen[]>,
): Answer {
  const [, kind, id = "", hop = "0"] = request.path.split("/");
  const live = kind === "c" ? cases.get(id) : undefined;
  if (live === undefined) return page(kind === "page");
  const requestMethod = request.header("access-control-request-method");
  const preflight = request.method === "OPTIONS" && requestMethod !== null;
  seen.get(id)?.push({
    hop: Number(hop),
    preflight,
    method: request.method,
    origin: request.header("origin"),
    requestMethod,
    requestHeaders: request.header("access-control-request-headers"),
  });
  const hops = live.redirectHops ?? [];
  const pair = hop === "0" ? live : (hops[Math.min(Number(hop), hops.length) - 1] ?? live);
  const response = preflight ? pair.preflightResponse : pair.actualResponse;
  return write(response ?? { status: 500, headers: [] });
}

function page(found: boolean): Answer {
  const body = "<!doctype html><title>page</title>";
  const length = `Content-Length: ${String(body.length)}`;
  const head = `HTTP/1.1 ${found ? "200" : "404"} X\r\nContent-Type: text/html\r\n${length}\r\n\r\n`;
  return { head, body, close: false };
}

function write(response: WireResponse): Answer {
  if (response.rawHead !== undefined) return { head: response.rawHead, body: "", close: true };
  const bodiless = [204, 304].includes(response.status);
  const lines = response.headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const length = bodiless ? "" : "Content-Length: 2\r\n";
  return {
    head: `HTTP/1.1 ${String(response.status)} X\r\n${lines}${length}\r\n`,
    body: bodiless ? "" : "ok",
    close: false,
  };
}
