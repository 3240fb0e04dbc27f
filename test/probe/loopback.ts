/** Loopback servers that write bytes; `HTTP` framing is the test's own business. */
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { Certificate } from "../browser/certificate";

/** One request head as it arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The combined value of a header, or null. */
  readonly get: (name: string) => string | null;
}

export interface Loopback {
  readonly port: number;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** What a handler does with a request: returns the bytes to write, or plays with the socket itself. */
export type Respond = (request: Received, socket: Socket) => string | null;

/** Listens on a free port of 127.0.0.1. With a certificate it speaks TLS. */
export async function startLoopback(
  respond: Respond,
  certificate?: Certificate,
): Promise<Loopback> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const onSocket = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    let buffer = "";
    socket.on("data", (chunk: Buffer) => {
      buffer += chunk.toString("latin1");
      const end = buffer.indexOf("\r\n\r\n");
      if (end === -1) return;
      const request = parse(buffer.slice(0, end));
      buffer = "";
      received.push(request);
      const bytes = respond(request, socket);
      if (bytes !== null) socket.end(Buffer.from(bytes, "latin1"));
    });
  };
  const server: Server =
    certificate === undefined
      ? createServer(onSocket)
      : createTlsServer({ ...certificate }, onSocket);
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A response without a body, written plainly. */
export function response(status: number, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${String(status)} X\r\n${lines.join("")}Content-Length: 0\r\n\r\n`;
}

function parse(head: string): Received {
  const [requestLine = "", ...lines] = head.split("\r\n");
  const [method = "", path = ""] = requestLine.split(" ");
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  const get = (name: string) => {
    const values = headers.filter(([field]) => field.toLowerCase() === name.toLowerCase());
    return values.length === 0 ? null : values.map(([, value]) => value).join(", ");
  };
  return { method, path, headers, get };
}
