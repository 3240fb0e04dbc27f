/** Names become addresses once, are judged, and stay: what was checked is what is connected to. */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import {
  addressSpace,
  effectivePort,
  hasBadPort,
  parseUrl,
  type Url,
} from "../../../shared/src/browser";
import { failure, type WireFailure } from "./wire";

/** curl's `--resolve HOST:PORT:ADDR`, parsed. */
export interface ResolveOverride {
  readonly host: string;
  readonly port: number;
  readonly address: string;
}

/** Addresses to try in order, all of one name and all allowed. */
export interface Pinned {
  readonly addresses: readonly string[];
}

/** Parses curl's spelling `HOST:PORT:ADDR[,ADDR]`; null when it is malformed. */
export function parseResolve(text: string): ResolveOverride[] | null {
  const match = /^\+?([^:]+|\[[^\]]+\]):(\d{1,5}):(.+)$/.exec(text);
  if (match === null) return null;
  const [, host = "", port = "", addresses = ""] = match;
  const bare = addresses.split(",").map((address) => address.replace(/^\[|\]$/g, ""));
  if (!bare.every((address) => isIP(address) !== 0)) return null;
  return bare.map((address) => ({ host: host.toLowerCase(), port: Number(port), address }));
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
    const inner = addresses.find((address) => addressSpace(address) !== "public");
    if (inner !== undefined && chosen.length === 0 && !this.typedHosts.has(host)) {
      const reason = `${host} is ${inner}, in a private network; type the host to probe it`;
      return failure("refused", "net::ERR_BLOCKED_BY_CLIENT", reason);
    }
    return { addresses };
  }
}

/**
 * Addresses that are never asked, whoever typed them: link-local (cloud metadata), the metadata
 * services of AWS over IPv6 and of Alibaba Cloud, multicast, broadcast, unspecified.
 */
export function isForbiddenAddress(address: string): boolean {
  const bare = address.toLowerCase().split("%")[0] ?? "";
  const url = parseUrl(isIP(bare) === 6 ? `http://[${bare}]/` : `http://${bare}/`);
  const host = (url?.host ?? "").replace(/^\[|\]$/g, "");
  const mapped = /^::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
  if (mapped !== null) return isForbiddenV4(dotted(mapped[1] ?? "", mapped[2] ?? ""));
  if (isIP(host) === 4) return isForbiddenV4(host);
  return host === "::" || host === "fd00:ec2::254" || /^(fe[89ab]|ff)/.test(host);
}

function isForbiddenV4(address: string): boolean {
  const [a = 0, b = 0] = address.split(".").map(Number);
  return a === 0 || a >= 224 || (a === 169 && b === 254) || address === "100.100.100.200";
}

function dotted(high: string, low: string): string {
  const [h, l] = [parseInt(high, 16), parseInt(low, 16)];
  return [h >> 8, h & 255, l >> 8, l & 255].join(".");
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
