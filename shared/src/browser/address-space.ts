/** Mixed content, bad ports and Local Network Access: what blocks a request before CORS does. */
import { parseDottedIpv4, parseIpv6 } from "./host";
import { effectivePort, parseUrl, type Url } from "./url";
import type { Profile } from "./profile";

/** IP address space of Local Network Access, least private last. */
export type AddressSpace = "loopback" | "local" | "public";

const BAD_PORTS = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
  103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
  512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
  995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
  6669, 6679, 6697, 10080,
]);

/** Whether the URL's port is one that browsers refuse (`net::ERR_UNSAFE_PORT`). */
export function hasBadPort(url: Url): boolean {
  return BAD_PORTS.has(effectivePort(url));
}

/**
 * Whether an https page's request to this URL is mixed content. Chromium and Firefox trust loopback
 * hosts; WebKitGTK does not.
 */
export function isMixedContent(origin: string, url: Url, profile: Profile): boolean {
  if (url.scheme !== "http" || !origin.startsWith("https://")) return false;
  return profile.loopbackIsMixedContent || !isLoopbackHost(url.host ?? "");
}

/** `localhost`, `*.localhost`, 127.0.0.0/8 and `[::1]`. */
export function isLoopbackHost(host: string): boolean {
  return (
    /^(.+\.)?localhost\.?$/.test(host) || /^127\.\d+\.\d+\.\d+$/.test(host) || host === "[::1]"
  );
}

/** The address space of an IP address (no brackets); null when the text is no address. */
export function addressSpace(address: string): AddressSpace | null {
  const v4 = parseDottedIpv4(address);
  if (v4 !== null) return ipv4Space(v4);
  const [unscoped = ""] = address.split("%");
  const v6 = parseIpv6(unscoped);
  if (v6 === null) return null;
  const mapped = mappedIpv4(v6);
  if (mapped !== null) return ipv4Space(mapped);
  const first = v6[0] ?? 0;
  if (v6.every((piece, index) => piece === (index === 7 ? 1 : 0))) return "loopback";
  return (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80 ? "local" : "public";
}

/** The four bytes of an IPv4-mapped IPv6 address (`::ffff:a.b.c.d`), or null. */
export function mappedIpv4(pieces: readonly number[]): number[] | null {
  const prefix = [0, 0, 0, 0, 0, 0xffff];
  if (!prefix.every((piece, index) => pieces[index] === piece)) return null;
  return pieces.slice(6).flatMap((piece) => [piece >> 8, piece & 0xff]);
}

/**
 * The space that Chrome and Edge will ask the user's permission for, or null when the request needs
 * none: the target is more private than the place the page is served from. A page on a host that is
 * no address and no loopback name counts as public.
 */
export function permissionNeeded(pageOrigin: string, targetAddress: string): AddressSpace | null {
  const target = addressSpace(targetAddress);
  const page = pageSpace(pageOrigin);
  if (target === null || target === "public") return null;
  return rank(target) < rank(page) ? target : null;
}

function pageSpace(origin: string): AddressSpace {
  const host = parseUrl(origin)?.host ?? "";
  if (isLoopbackHost(host)) return "loopback";
  return addressSpace(host.replace(/^\[|\]$/g, "")) ?? "public";
}

function rank(space: AddressSpace): number {
  return ["loopback", "local", "public"].indexOf(space);
}

function ipv4Space([a = 0, b = 0]: readonly number[]): AddressSpace {
  if (a === 127) return "loopback";
  const local =
    a === 10 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254);
  return local ? "local" : "public";
}
