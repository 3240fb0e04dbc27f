import { isIP } from "node:net";

/** curl's `--resolve HOST:PORT:ADDR`, parsed. */
export interface ResolveOverride {
  readonly host: string;
  readonly port: number;
  readonly address: string;
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
