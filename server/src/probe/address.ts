/** Names become addresses once, are judged, and stay: what was checked is what is connected to. */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { IPv6 } from "ipaddr.js";
import { IPv4, parse } from "ipaddr.js";
import { effectivePort, hasBadPort, type Url } from "../../../shared/src/browser";
import type { ResolveOverride } from "./resolve";
import { failure, type WireFailure } from "./wire";

/** Addresses to try in order, all of one name and all allowed. */
export interface Pinned {
  readonly addresses: readonly string[];
}

/** Resolves each host at most once per run. */
export class Resolver {
  readonly #pinned = new Map<string, Promise<Pinned | WireFailure>>();

  constructor(
    private readonly overrides: readonly ResolveOverride[],
    /** Hosts that the user typed: only these may lie in loopback and private networks. */
    private readonly typedHosts: ReadonlySet<string>,
  ) {}

  /** The pinned addresses of the URL's host, or why none may be used. */
  resolve(url: Url): Promise<Pinned | WireFailure> {
    const key = `${url.host ?? ""}:${String(effectivePort(url))}`;
    const known = this.#pinned.get(key) ?? this.#resolve(url);
    this.#pinned.set(key, known);
    return known;
  }

  async #resolve(url: Url): Promise<Pinned | WireFailure> {
    const host = url.host ?? "";
    if (hasBadPort(url)) {
      return failure("refused", "net::ERR_UNSAFE_PORT", "browsers refuse this port");
    }
    if (/(^|\.)metadata\.google\.internal\.?$/.test(host)) return refused(host);
    const chosen = this.overrides
      .filter((override) => override.host === host && override.port === effectivePort(url))
      .map(({ address }) => address);
    const addresses = chosen.length > 0 ? chosen : await addressesOf(host);
    if (!Array.isArray(addresses)) return addresses;
    const bad = addresses.find((address) => isForbiddenAddress(address));
    if (bad !== undefined) return refused(bad);
    const inner = addresses.find(isInnerAddress);
    if (inner !== undefined && chosen.length === 0 && !this.typedHosts.has(host)) {
      const reason = `${host} is ${inner}, in a private network; type the host to probe it`;
      return failure("refused", "net::ERR_BLOCKED_BY_CLIENT", reason);
    }
    return { addresses };
  }
}

/** The metadata services of AWS (over IPv6) and Google, Alibaba, Oracle and Azure, where they are not link-local. */
const METADATA = new Set([
  "fd00:ec2::254",
  "fd20:ce::254",
  "100.100.100.200",
  "192.0.0.192",
  "168.63.129.16",
]);

/** Ranges, as the library names IANA's special-purpose registries, in which nothing is ever asked. */
const NEVER = new Set(["unspecified", "broadcast", "multicast", "linkLocal"]);

/**
 * Addresses that are never asked, whoever typed them: link-local and other places of cloud metadata, multicast,
 * broadcast, unspecified and what is no address; also where such an IPv4 address is wrapped in an IPv6 one.
 */
export function isForbiddenAddress(address: string): boolean {
  return !isIp(address) || withWrapped(address).some(isNeverAsked);
}

/**
 * In a private network or in another range of IANA's special-purpose registries, leading into one, or in no range that
 * is assigned at all: nothing that the public reaches.
 */
export function isInnerAddress(address: string): boolean {
  return !isIp(address) || withWrapped(address).some((each) => !isPublic(each));
}

type Ip = IPv4 | IPv6;

function isIp(address: string): boolean {
  return isIP(address) !== 0;
}

function isNeverAsked(ip: Ip): boolean {
  const isFuture = ip instanceof IPv4 && (ip.octets[0] ?? 0) >= 240;
  return isFuture || NEVER.has(ip.range()) || METADATA.has(ip.toString());
}

/** An IPv6 address that wraps an IPv4 one is judged by that one, too. */
function isPublic(ip: Ip): boolean {
  if (ip instanceof IPv4) return ip.range() === "unicast";
  // Global unicast is 2000::/3; of the rest only translated addresses lead anywhere.
  const isAssigned = ((ip.parts[0] ?? 0) & 0xe000) === 0x2000;
  if (ip.range() === "rfc6052") return !isLocalNat64(ip);
  return ip.range() === "6to4" || (isAssigned && ip.range() === "unicast");
}

/** NAT64 of a network's own: 64:ff9b:1::/48 (RFC 8215). */
function isLocalNat64(ip: IPv6): boolean {
  return ip.range() === "rfc6052" && ip.parts[2] === 1;
}

/** The address, without a zone, and the IPv4 addresses that it stands for. */
function withWrapped(address: string): readonly Ip[] {
  const ip = parse(address.split("%")[0] ?? "");
  if (ip instanceof IPv4) return [ip];
  const bytes = ip.toByteArray();
  const at = (...places: readonly number[]): IPv4 => new IPv4(places.map((i) => bytes[i] ?? 0));
  // `::` and `::1` are addresses of their own.
  if (["unspecified", "loopback"].includes(ip.range())) return [ip];
  const last = at(12, 13, 14, 15);
  if (ip.range() === "ipv4Mapped") return [last];
  const wrapped: IPv4[] = [];
  // IPv4-compatible (RFC 4291), translated by SIIT (RFC 7915) and NAT64 (RFC 6052).
  const isCompatible = bytes.slice(0, 12).every((byte) => byte === 0);
  const isTranslated = ["rfc6145", "rfc6052"].includes(ip.range());
  if (isCompatible || (isTranslated && (last.octets[0] !== 0 || !isLocalNat64(ip)))) {
    wrapped.push(last);
  }
  if (isLocalNat64(ip)) {
    // Its prefix may be 48, 56 or 64 bits long, too; the ninth byte is left out.
    const others = [at(6, 7, 9, 10), at(7, 9, 10, 11), at(9, 10, 11, 12)];
    wrapped.push(...others.filter(({ octets }) => octets[0] !== 0));
  }
  if (ip.range() === "6to4") wrapped.push(at(2, 3, 4, 5));
  // Teredo (RFC 4380): the server, and the client with its bits turned.
  if (ip.range() === "teredo") {
    wrapped.push(at(4, 5, 6, 7), new IPv4(last.octets.map((byte) => byte ^ 0xff)));
  }
  // ISATAP (RFC 5214) under any prefix.
  const isIsatap =
    [0, 2].includes(bytes[8] ?? -1) && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe;
  if (isIsatap) wrapped.push(last);
  return [ip, ...wrapped];
}

async function addressesOf(host: string): Promise<string[] | WireFailure> {
  const bare = host.replace(/^\[|\]$/g, "");
  if (isIP(bare) !== 0) return [bare];
  try {
    const found = await lookup(bare, { all: true, order: "verbatim" });
    return found.map(({ address }) => address);
  } catch {
    return failure("dns", "net::ERR_NAME_NOT_RESOLVED", `the name ${bare} has no address`);
  }
}

function refused(what: string): WireFailure {
  const reason = `${what} is a metadata, link-local or multicast address and is never probed`;
  return failure("refused", "net::ERR_BLOCKED_BY_CLIENT", reason);
}
