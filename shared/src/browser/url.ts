/**
 * URLs and origins as plain data. `shared` compiles without the platform's `URL`, and the browser
 * compares origins as bytes, so the part of the URL standard that decides an origin stands here.
 */
import { byteLowercase } from "./bytes";
import { parseHost } from "./host";

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

/** Parses an absolute URL, or a reference against a base; null when it does not parse. */
export function parseUrl(input: string, base?: Url): Url | null {
  const text = input.replace(/^[\0-\x20]+|[\0-\x20]+$/g, "").replace(/[\t\n\r]/g, "");
  const withScheme = /^([A-Za-z][A-Za-z0-9+\-.]*):([^]*)$/.exec(text);
  const scheme = byteLowercase(withScheme?.[1] ?? "");
  const rest = withScheme?.[2] ?? "";
  if (withScheme === null) return base === undefined ? null : parseRelative(text, base);
  if (!isSpecial(scheme)) return opaqueUrl(scheme, rest);
  if (base?.scheme === scheme && !/^[/\\]/.test(rest)) return parseRelative(rest, base);
  return parseAuthority(scheme, rest.replace(/^[/\\]+/, ""));
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

function parseAuthority(scheme: string, text: string): Url | null {
  const end = text.search(/[/\\?#]/);
  const authority = end === -1 ? text : text.slice(0, end);
  const at = authority.lastIndexOf("@");
  const userinfo = at === -1 ? "" : authority.slice(0, at);
  const hostAndPort = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority.slice(at + 1));
  const host = hostAndPort === null ? null : parseHost(hostAndPort[1] ?? "");
  if (host === null) return null;
  const digits = hostAndPort?.[2] ?? "";
  const port = digits === "" ? null : Number(digits);
  if (port !== null && port > 65535) return null;
  const colon = userinfo.indexOf(":");
  return {
    scheme,
    username: colon === -1 ? userinfo : userinfo.slice(0, colon),
    password: colon === -1 ? "" : userinfo.slice(colon + 1),
    host,
    port: port === DEFAULT_PORTS[scheme] ? null : port,
    path: normalizePath(end === -1 ? "" : text.slice(end)),
  };
}

function parseRelative(text: string, base: Url): Url | null {
  if (base.host === null) return null;
  if (/^[/\\]{2}/.test(text)) return parseAuthority(base.scheme, text.replace(/^[/\\]+/, ""));
  const [basePath = "/"] = base.path.split("?");
  if (text === "" || text.startsWith("#")) return base;
  if (text.startsWith("?")) return { ...base, path: normalizePath(basePath + text) };
  const path = /^[/\\]/.test(text) ? text : basePath.slice(0, basePath.lastIndexOf("/") + 1) + text;
  return { ...base, path: normalizePath(path) };
}

/** Resolves dot segments, percent-encodes what may not stand in a path, drops the fragment. */
function normalizePath(text: string): string {
  const [withoutFragment = ""] = text.split("#");
  const mark = withoutFragment.indexOf("?");
  const path = mark === -1 ? withoutFragment : withoutFragment.slice(0, mark);
  const query =
    mark === -1 ? "" : withoutFragment.slice(mark).replace(/[^\x21-\x7e]|["<>']/g, encode);
  const segments: string[] = [];
  const parts = path.replace(/\\/g, "/").replace(/^\//, "").split("/");
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    const plain = part.replace(/%2e/gi, ".");
    if (plain === "..") segments.pop();
    if (plain === "." || plain === "..") {
      if (last) segments.push("");
    } else {
      segments.push(part.replace(/[^\x21-\x7e]|["<>`{}^]/gu, encode));
    }
  }
  return `/${segments.join("/")}${query}`;
}

function encode(char: string): string {
  const wellFormed = /^[\ud800-\udfff]$/.test(char) ? "\ufffd" : char;
  return encodeURIComponent(wellFormed).replace(/^'$/, "%27");
}
