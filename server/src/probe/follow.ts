/** Redirects of a request, as far as a probe may follow them. */
import {
  getHeader,
  isRedirect,
  originOf,
  parseUrl,
  serializeOrigin,
  serializeUrl,
  type HopResponses,
} from "../../../shared/src/browser";
import type { ResponseEvidence } from "./route-evidence";
import type { WireExchange } from "./wire";

export type Followed = Pick<ResponseEvidence, "hops" | "notFollowed">;

/** At most three redirects, on the same origin only; `get` asks for the next address, or gives null when it may not. */
export async function follow(
  first: WireExchange,
  get: (url: string) => Promise<WireExchange | null>,
): Promise<Followed> {
  const hops: HopResponses[] = [];
  const seen = new Set([first.request.url]);
  let current = first;
  for (;;) {
    const next = redirectTarget(current);
    if (next === null) return { hops, notFollowed: null };
    // A loop: the last answer repeats for ever, and the browser gives up after twenty.
    if (seen.has(next)) return { hops: hops.length > 0 ? hops : [hop(first)], notFollowed: null };
    const leaves = originOf(next) !== originOf(first.request.url);
    if (leaves || hops.length === 3) return { hops, notFollowed: next };
    seen.add(next);
    const exchange = await get(next);
    if (exchange === null) return { hops, notFollowed: next };
    hops.push(hop(exchange));
    current = exchange;
  }
}

function hop(exchange: WireExchange): HopResponses {
  const lost = { status: 0, headers: [], connectionReset: true };
  return { preflightResponse: null, actualResponse: exchange.response ?? lost };
}

/** Where an answer leads, without a fragment and only where a browser would go. */
export function redirectTarget({ request, response }: WireExchange): string | null {
  if (response === null || !isRedirect(response.status)) return null;
  const base = parseUrl(request.url);
  const location = getHeader(response.headers, "Location") ?? "";
  const target = base === null || location === "" ? null : parseUrl(location, base);
  if (target === null || serializeOrigin(target) === "null") return null;
  return target.username === "" && target.password === "" ? serializeUrl(target) : null;
}
