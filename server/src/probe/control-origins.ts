/** Origins that no page of the user has; only reserved domains and labels below the user's own. */

export type ControlKind =
  | "page"
  | "foreign"
  | "foreignPreflight"
  | "null"
  | "none"
  | "prefix"
  | "ownPrefix"
  | "suffix"
  | "dot"
  | "subdomain"
  | "http";

/** Origins that get past a sloppy comparison; null where a page's origin has no such neighbour. */
export interface ControlOrigins {
  readonly foreign: string;
  /** Starts with the page's origin: passes `startsWith` and patterns without an end. */
  readonly prefix: string | null;
  /** Ends with the page's host: passes `endsWith` and patterns without a start. */
  readonly suffix: string | null;
  /** A dot of the host replaced: passes patterns with an unescaped dot. */
  readonly dot: string | null;
  readonly subdomain: string | null;
  /** The same host without encryption. */
  readonly http: string | null;
}

/** Starts with the API's own origin: passes a comparison with the `Host` header that does not look at the end. */
export function ownHostAsPrefix(endpoint: string): string | null {
  const [, host = ""] =
    /^https:\/\/((?=[^a-z:]*[a-z])[a-z0-9.-]+)(?=[:/?#]|$)/i.exec(endpoint) ?? [];
  return host.includes(".") ? `https://${host}.cors-probe.invalid` : null;
}

/** The neighbours of a page's origin; `label` gives a fresh host label each time. */
export function controlOrigins(page: string, label: () => string): ControlOrigins {
  const foreign = `https://${label()}.cors-probe.invalid`;
  const parts = /^(https?):\/\/((?=[^a-z:]*[a-z])[a-z0-9.-]+)(:\d+)?$/i.exec(page);
  if (parts === null) {
    return { foreign, prefix: null, suffix: null, dot: null, subdomain: null, http: null };
  }
  const [, scheme = "", host = "", port = ""] = parts;
  const firstDot = host.indexOf(".");
  const dotted = `${host.slice(0, firstDot)}x${host.slice(firstDot + 1)}`;
  return {
    foreign,
    prefix: `${scheme}://${host}.cors-probe.invalid`,
    suffix: `${scheme}://${label()}${host}${port}`,
    dot: firstDot > 0 && firstDot < host.lastIndexOf(".") ? `${scheme}://${dotted}${port}` : null,
    subdomain: `${scheme}://${label()}.${host}${port}`,
    http: scheme === "https" ? `http://${host}${port}` : null,
  };
}
