/**
 * Sends one request the way a browser would and brings back the head of the answer. Node's own
 * parsers are not used for HTTP/1.1: they refuse or alter heads that browsers accept.
 */
import { exists, ownText } from "../files/disk";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import * as tls from "node:tls";
import { effectivePort, isToken, parseUrl, type Url } from "../../../shared/src/browser";
import { type Resolver } from "./address";
import { abortFailure, exchangeHttp1 } from "./http1";
import { exchangeHttp2 } from "./http2";
import { failure, isFailure, type WireExchange, type WireFailure, type WireHead } from "./wire";
import type { WireRequest } from "./wire";

export interface TransportOptions {
  readonly resolver: Resolver;
  readonly secureContext: tls.SecureContext;
  /** Milliseconds for the whole exchange, connection included. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

/** Sends the request; never throws for what the network or the server does. */
export async function send(request: WireRequest, options: TransportOptions): Promise<WireExchange> {
  const started = performance.now();
  const timeout = AbortSignal.timeout(options.timeout);
  const signal =
    options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  const { result, address } = await attempt(request, options, signal);
  const duration = Math.round(performance.now() - started);
  const failed = isFailure(result);
  return {
    request,
    response: failed ? null : result,
    failure: failed ? result : null,
    address,
    duration,
  };
}

/** The certificates that browsers of this machine trust, and the given ones (PEM) besides. */
export function trustStore(extra?: string): tls.SecureContext {
  const ca = [...tls.rootCertificates, ...systemCertificates()];
  return tls.createSecureContext({ ca: extra === undefined ? ca : [...ca, extra] });
}

interface Attempt {
  readonly result: WireHead | WireFailure;
  readonly address: string | null;
}

async function attempt(
  request: WireRequest,
  options: TransportOptions,
  signal: AbortSignal,
): Promise<Attempt> {
  const url = parseUrl(request.url);
  if (url === null || (url.scheme !== "http" && url.scheme !== "https")) {
    return {
      result: failure("refused", "net::ERR_UNKNOWN_URL_SCHEME", "no http(s) URL"),
      address: null,
    };
  }
  if (!isSendable(request)) {
    return {
      result: failure("refused", "net::ERR_INVALID_ARGUMENT", "no request line or header"),
      address: null,
    };
  }
  const pinned = await abortable(options.resolver.resolve(url), signal);
  if (isFailure(pinned)) return { result: pinned, address: null };
  let last: Attempt = { result: abortFailure(signal), address: null };
  for (const address of pinned.addresses) {
    const result = await exchangeWith(address, url, request, options, signal);
    last = { result, address };
    // Like a browser, try the next address only when nobody listens at this one.
    if (!isFailure(result) || result.kind !== "connect") return last;
  }
  return last;
}

/** Whether every part stays within its line: nothing that was read somewhere may become a second header. */
function isSendable({ method, headers }: WireRequest): boolean {
  return (
    isToken(method) &&
    headers.every(([name, value]) => isToken(name) && !/[\0\r\n]|[^\0-\xff]/.test(value))
  );
}

async function exchangeWith(
  address: string,
  url: Url,
  request: WireRequest,
  options: TransportOptions,
  signal: AbortSignal,
): Promise<WireHead | WireFailure> {
  const socket = await openTcp(address, effectivePort(url), signal);
  if (isFailure(socket)) return socket;
  const host = `${url.host ?? ""}${url.port === null ? "" : `:${String(url.port)}`}`;
  if (url.scheme === "http") return exchangeHttp1(socket, request, host, url.path, signal);
  const secure = await openTls(socket, url.host ?? "", options.secureContext, signal);
  if (isFailure(secure)) return secure;
  const exchange = secure.alpnProtocol === "h2" ? exchangeHttp2 : exchangeHttp1;
  return exchange(secure, request, host, url.path, signal);
}

function openTcp(host: string, port: number, signal: AbortSignal): Promise<Socket | WireFailure> {
  const socket = connectTcp({ host, port, noDelay: true });
  return opened(socket, "connect", signal, (code) => {
    const refusedOrLost = code === "ECONNREFUSED" ? "REFUSED" : "FAILED";
    const reason = `nothing accepts connections at ${host} port ${String(port)} (${code})`;
    return failure("connect", `net::ERR_CONNECTION_${refusedOrLost}`, reason);
  });
}

function openTls(
  socket: Socket,
  host: string,
  secureContext: tls.SecureContext,
  signal: AbortSignal,
): Promise<tls.TLSSocket | WireFailure> {
  const bare = host.replace(/^\[|\]$/g, "");
  const secure = tls.connect({
    socket,
    host: bare,
    ...(isIP(bare) === 0 ? { servername: bare } : {}),
    ALPNProtocols: ["h2", "http/1.1"],
    secureContext,
    rejectUnauthorized: true,
  });
  return opened(secure, "secureConnect", signal, (code, message) => {
    const reason = `the TLS connection is not trusted or fails (${code}: ${message})`;
    return failure("tls", tlsError(code), reason);
  });
}

function opened<T extends Socket>(
  socket: T,
  event: "connect" | "secureConnect",
  signal: AbortSignal,
  explain: (code: string, message: string) => WireFailure,
): Promise<T | WireFailure> {
  return new Promise((resolve) => {
    const settle = (result: T | WireFailure) => {
      signal.removeEventListener("abort", onAbort);
      socket.removeAllListeners("error");
      // An error after this point is the next listener's; none may be left unheard.
      socket.on("error", () => socket.destroy());
      if (isFailure(result)) socket.destroy();
      resolve(result);
    };
    const onAbort = () => settle(abortFailure(signal));
    socket.once(event, () => settle(socket));
    socket.once("close", () => settle(explain("closed", "connection closed")));
    socket.once("error", (error: NodeJS.ErrnoException) => {
      settle(explain(error.code ?? error.name, error.message));
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort);
  });
}

/** Chromium's error for OpenSSL's. */
function tlsError(code: string): string {
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID")
    return "net::ERR_CERT_DATE_INVALID";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return "net::ERR_CERT_COMMON_NAME_INVALID";
  if (/SELF_SIGNED|UNABLE_TO|UNTRUSTED|CERT_/.test(code)) return "net::ERR_CERT_AUTHORITY_INVALID";
  if (code === "closed" || code === "ECONNRESET") return "net::ERR_CONNECTION_CLOSED";
  return "net::ERR_SSL_PROTOCOL_ERROR";
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | WireFailure> {
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(abortFailure(signal));
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/** Node 22.15 and later can ask the system; before, the usual files of Linux and BSD are read. */
function systemCertificates(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: string) => string[] };
  if (getCACertificates !== undefined) return getCACertificates("system");
  const files = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
  ];
  const file = files.find((candidate) => exists(candidate));
  return file === undefined ? [] : [ownText(file)];
}
