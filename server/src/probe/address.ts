/** Names become addresses once, are judged, and stay: what was checked is what is connected to. */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import {
  addressSpace,
  effectivePort,
  hasBadPort,
  parseIpv6,
  parseUrl,
  type Url,
} from "../../../shared/src/browser";
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
    const inner = addresses.find(isInner);
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

/**
 * Addresses that are never asked, whoever typed them: link-local and other places of cloud metadata, multicast,
 * broadcast, unspecified; also where such an IPv4 address is wrapped in an IPv6 one.
 */
export function isForbiddenAddress(address: string): boolean {
  const bare = address.toLowerCase().split("%")[0] ?? "";
  const url = parseUrl(isIP(bare) === 6 ? `http://[${bare}]/` : `http://${bare}/`);
  const host = (url?.host ?? "").replace(/^\[|\]$/g, "");
  if (isIP(host) === 4) return isForbiddenV4(host);
  return (
    host === "::" ||
    METADATA.has(host) ||
    /^(fe[89ab]|ff)/.test(host) ||
    wrapped(host).some(isForbiddenV4)
  );
}

function isForbiddenV4(address: string): boolean {
  const [a = 0, b = 0] = address.split(".").map(Number);
  return a === 0 || a >= 224 || (a === 169 && b === 254) || METADATA.has(address);
}

/** In a private network, or leading into one. */
function isInner(address: string): boolean {
  return [address, ...wrapped(address)].some((each) => addressSpace(each) !== "public");
}

/** The IPv4 address that an IPv6 address stands for: mapped, compatible, NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056). */
function wrapped(address: string): string[] {
  const pieces = parseIpv6(address.split("%")[0] ?? "");
  if (pieces === null) return [];
  const [first = 0, second = 0, third = 0, ...rest] = pieces;
  if (first === 0x2002) return [dotted(second, third)];
  const isNat64 = first === 0x64 && second === 0xff9b;
  const isMapped =
    pieces.slice(0, 5).every((piece) => piece === 0) && [0, 0xffff].includes(rest[2] ?? -1);
  // `::` and `::1` are addresses of their own.
  const isOwn = pieces.slice(0, 7).every((piece) => piece === 0) && (rest[4] ?? 0) < 2;
  return (isNat64 || isMapped) && !isOwn ? [dotted(rest[3] ?? 0, rest[4] ?? 0)] : [];
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
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
