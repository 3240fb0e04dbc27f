/** One HTTP/2 request on an open TLS socket, answered by the head alone. */
import { connect, constants } from "node:http2";
import type { ClientHttp2Session, ClientHttp2Stream } from "node:http2";
import type { TLSSocket } from "node:tls";
import type { Header } from "../../../shared/src/browser";
import { abortFailure, HEAD_LIMIT } from "./http1";
import { failure, type WireFailure, type WireHead, type WireRequest } from "./wire";

/**
 * Sends the request as the only stream of a session. Raw headers are used: Node joins or drops
 * repeated fields otherwise, and two Access-Control-Allow-Credentials lines must stay two.
 */
export function exchangeHttp2(
  socket: TLSSocket,
  request: WireRequest,
  host: string,
  path: string,
  signal: AbortSignal,
): Promise<WireHead | WireFailure> {
  return new Promise((resolve) => {
    const session: ClientHttp2Session = connect(`https://${host}`, {
      createConnection: () => socket,
      settings: { enablePush: false, maxHeaderListSize: HEAD_LIMIT },
    });
    const finish = (result: WireHead | WireFailure) => {
      signal.removeEventListener("abort", onAbort);
      session.destroy();
      socket.destroy();
      resolve(result);
    };
    const onAbort = () => finish(abortFailure(signal));
    const onError = (error: NodeJS.ErrnoException) => {
      const reason = `the HTTP/2 connection broke (${error.code ?? error.message})`;
      finish(failure("reset", "net::ERR_HTTP2_PROTOCOL_ERROR", reason));
    };
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort);
    session.on("error", onError);
    const closed = "the HTTP/2 connection was closed without an answer";
    session.on("close", () => finish(failure("reset", "net::ERR_HTTP2_PROTOCOL_ERROR", closed)));
    // Without a prototype: `__proto__` is a header name, too.
    const headers = Object.assign(Object.create(null) as Record<string, string>, {
      [constants.HTTP2_HEADER_METHOD]: request.method,
      [constants.HTTP2_HEADER_AUTHORITY]: host,
      [constants.HTTP2_HEADER_SCHEME]: "https",
      [constants.HTTP2_HEADER_PATH]: path,
    });
    for (const [name, value] of request.headers) headers[name.toLowerCase()] = value;
    let stream: ClientHttp2Stream;
    try {
      stream = session.request(headers, { endStream: true });
    } catch (error) {
      return finish(unsendable(error));
    }
    stream.on("error", onError);
    stream.on("response", (_headers, _flags, rawHeaders: readonly string[] = []) => {
      finish(headOf(rawHeaders));
    });
  });
}

/** What HTTP/2 has no place for, as headers about the connection (RFC 9113, 8.2.2). */
function unsendable(error: unknown): WireFailure {
  const said = error instanceof Error ? error.message : String(error);
  const reason = `HTTP/2 cannot carry this request (${said})`;
  return failure("refused", "net::ERR_INVALID_ARGUMENT", reason);
}

function headOf(rawHeaders: readonly string[]): WireHead | WireFailure {
  const pairs: Header[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
  }
  const status = Number(pairs.find(([name]) => name === ":status")?.[1] ?? 0);
  const size = rawHeaders.reduce((sum, text) => sum + text.length, 0);
  if (size > HEAD_LIMIT) {
    const reason = `the response head is longer than ${String(HEAD_LIMIT)} bytes`;
    return failure("head-too-large", "net::ERR_RESPONSE_HEADERS_TOO_BIG", reason);
  }
  const headers = pairs.filter(([name]) => !name.startsWith(":"));
  return { status, headers, tolerated: [], protocol: "h2" };
}
