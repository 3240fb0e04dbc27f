/**
 * URLs and origins as plain data, read by the platform's own parser: were there a second one, a URL could have one host
 * for the user and another for the request.
 */

/** A parsed URL. For schemes other than http(s), ws(s) and ftp only `scheme` is meaningful. */
export interface Url {
  readonly scheme: string;
  readonly username: string;
  readonly password: string;
  /** Lower-case ASCII, IPv6 in brackets; null for URLs without a host. */
  readonly host: string | null;
  /** Null for the scheme's default port. */
  readonly port: number | null;
  /** Path and query; starts with `/`. */
  readonly path: string;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  ftp: 21,
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
};

/** The platform's parser, which every host of this code has: the one that decides where requests go. */
declare class URL {
  constructor(text: string, base?: string);
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
}

/** Parses an absolute URL, or a reference against a base; null when it does not parse. */
export function parseUrl(input: string, base?: Url): Url | null {
  const parsed = platformUrl(input, base && baseText(base));
  if (parsed === null) return null;
  const scheme = parsed.protocol.slice(0, -1);
  if (!isSpecial(scheme)) return opaqueUrl(scheme, parsed.pathname);
  return {
    scheme,
    username: parsed.username,
    password: parsed.password,
    host: parsed.hostname,
    port: parsed.port === "" ? null : Number(parsed.port),
    path: parsed.pathname + parsed.search,
  };
}

function platformUrl(input: string, base: string | undefined): URL | null {
  try {
    return new URL(input, base);
  } catch {
    return null;
  }
}

function baseText(base: Url): string {
  const { scheme, username, password, host, port, path } = base;
  if (host === null) return `${scheme}:${path}`;
  const user = username === "" && password === "" ? "" : `${username}:${password}@`;
  return `${scheme}://${user}${host}${port === null ? "" : `:${String(port)}`}${path}`;
}

/** `scheme://host[:port]`, or `null` for a URL without a tuple origin. */
export function serializeOrigin(url: Url): string {
  if (url.host === null || !isSpecial(url.scheme)) return "null";
  return `${url.scheme}://${url.host}${url.port === null ? "" : `:${url.port}`}`;
}

/** The URL as text, without user name and fragment. */
export function serializeUrl(url: Url): string {
  return url.host === null ? `${url.scheme}:${url.path}` : serializeOrigin(url) + url.path;
}

/** Whether a URL has the given serialized origin. The opaque origin `null` equals nothing. */
export function hasOrigin(url: Url, origin: string): boolean {
  return origin !== "null" && serializeOrigin(url) === origin;
}

/** Whether two URLs have the same tuple origin. */
export function sameOrigin(a: Url, b: Url): boolean {
  return hasOrigin(a, serializeOrigin(b));
}

/** Whether the URL carries a user name or a password. */
export function includesCredentials(url: Url): boolean {
  return url.username !== "" || url.password !== "";
}

/** The port that is really used. */
export function effectivePort(url: Url): number {
  return url.port ?? DEFAULT_PORTS[url.scheme] ?? 0;
}

/**
 * The origin that a browser would send for a page at this address, or null when the text is no
 * http(s) URL. `https://App.example.com:443/x` gives `https://app.example.com`.
 */
export function originOf(text: string): string | null {
  const url = parseUrl(text);
  if (url === null || (url.scheme !== "http" && url.scheme !== "https")) return null;
  return serializeOrigin(url);
}

function isSpecial(scheme: string): boolean {
  return scheme in DEFAULT_PORTS;
}

function opaqueUrl(scheme: string, path: string): Url {
  return { scheme, username: "", password: "", host: null, port: null, path };
}
