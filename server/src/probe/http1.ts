/** One HTTP/1.1 request on an open socket, answered by the head alone. */
import type { Socket } from "node:net";
import { readResponseHead } from "../../../shared/src/browser";
import { failure, type WireFailure, type WireHead, type WireRequest } from "./wire";

/** Bytes of a head that are read before the server is given up. */
export const HEAD_LIMIT = 64 * 1024;

/**
 * Writes the request, reads bytes until the head of the final response is whole, destroys the
 * socket. `signal` ends the wait; its reason is turned into a failure by the caller.
 */
export function exchangeHttp1(
  socket: Socket,
  request: WireRequest,
  host: string,
  path: string,
  signal: AbortSignal,
): Promise<WireHead | WireFailure> {
  return new Promise((resolve) => {
    let bytes = "";
    const finish = (result: WireHead | WireFailure) => {
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      resolve(result);
    };
    const onAbort = () => finish(abortFailure(signal));
    const read = (complete: boolean) => {
      const result = readResponseHead(bytes, complete);
      if (result.kind === "head") {
        const { status, headers, tolerated } = result.head;
        finish({ status, headers, tolerated, protocol: "HTTP/1.1" });
      } else if (result.kind === "invalid") {
        const kind = bytes === "" ? "reset" : "invalid-head";
        finish(failure(kind, result.netError, describe(result.netError)));
      } else if (bytes.length > HEAD_LIMIT) {
        const reason = `the response head is longer than ${String(HEAD_LIMIT)} bytes`;
        finish(failure("head-too-large", "net::ERR_RESPONSE_HEADERS_TOO_BIG", reason));
      }
    };
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort);
    socket.on("data", (chunk: Buffer) => {
      bytes += chunk.toString("latin1");
      read(false);
    });
    socket.on("end", () => read(true));
    socket.on("close", () => read(true));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      const reason = `the connection broke (${error.code ?? error.message})`;
      finish(failure("reset", "net::ERR_CONNECTION_RESET", reason));
    });
    socket.write(Buffer.from(requestHead(request, host, path), "latin1"));
  });
}

/** The request's bytes in HTTP/1.1. */
export function requestHead({ method, headers }: WireRequest, host: string, path: string): string {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    "Connection: keep-alive",
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** The failure that an aborted signal stands for: cancelled by the user, or out of time. */
export function abortFailure(signal: AbortSignal): WireFailure {
  const reason: unknown = signal.reason;
  if (reason instanceof Error && reason.name === "TimeoutError") {
    return failure("timeout", "net::ERR_TIMED_OUT", "no complete response head in time");
  }
  return failure("cancelled", "net::ERR_ABORTED", "cancelled");
}

function describe(netError: string): string {
  switch (netError) {
    case "net::ERR_EMPTY_RESPONSE":
      return "the server closed the connection without an answer";
    case "net::ERR_RESPONSE_HEADERS_TRUNCATED":
      return "the response head ends in the middle";
    case "net::ERR_INVALID_HTTP_RESPONSE":
      return "the answer is no HTTP response, or has a NUL in its head";
    default:
      return `Chromium refuses the response head (${netError.slice("net::".length)})`;
  }
}
