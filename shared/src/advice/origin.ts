/** What is wrong with an origin as written. */
import { policyTraits } from "../model/kinds";
import { parse } from "tldts";
import { originOf } from "../browser/url";
import type { PolicyForm } from "../model/model";

/** Stands where only people know the origin; `origin-never-matches` keeps reporting it. */
export const PLACEHOLDER_ORIGIN = "https://app.example.com";

export interface OriginFault {
  /** Completes "The browser's origin never equals this: …". */
  readonly because: string;
  /** The origins that were evidently meant. */
  readonly meant?: readonly string[];
  /** The change adds no origin that was not named: it may be made unasked. */
  readonly mechanical?: true;
  /** What can be done instead, where no other spelling is meant. */
  readonly instead?: string;
  /** AWS does not document such values, and does not say either that they are compared literally. */
  readonly undocumented?: true;
}

/** Where a value stands: decides which wildcards work. `header` is an Access-Control-Allow-Origin of a handler. */
export type OriginPlace = PolicyForm | "header";

/** Why no page ever has this origin; `undefined` when one may. Other schemes than http(s) are not judged. */
export function originFault(text: string, place: OriginPlace): OriginFault | undefined {
  if (text === "*" || text === "null") return undefined;
  if (text.trim() === "") return { because: "it is empty" };
  if (/[,\s]/.test(text.trim().replace(/,$/, ""))) return listFault(text);
  if (text.includes("*")) return wildcardFault(text, place);
  if (text !== text.trim()) return fixedBy("it has blanks around it", text.trim());
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text) || /^[^:/]+:\d+/.test(text)) return schemeFault(text);
  if (!/^https?:/i.test(text)) return undefined;
  const origin = originOf(text);
  if (origin === null || !/^https?:\/\/[^/]/i.test(text)) return { because: "it is not a URL" };
  return origin === text ? undefined : fixedBy(difference(text), origin);
}

function fixedBy(because: string, origin: string): OriginFault {
  return { because, meant: [origin], mechanical: true };
}

function listFault(text: string): OriginFault {
  const parts = text.split(/[,\s]+/).filter((part) => part !== "");
  const valid = parts.every((part) => originOf(part) === part);
  const because = "it is several origins in one text";
  return valid ? { because, meant: parts, mechanical: true } : { because };
}

function schemeFault(text: string): OriginFault {
  const local = /^(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/i.test(text);
  const origin = originOf(`${local ? "http" : "https"}://${text.replace(/^\/\//, "")}`);
  const because = "it has no scheme";
  return origin === null ? { because } : { because, meant: [origin] };
}

/** HTTP APIs document `http://*` and `https://*`, S3 one `*` anywhere, CloudFront a leftmost `*.`; REST compares texts. */
function wildcardFault(text: string, place: OriginPlace): OriginFault | undefined {
  const wildcard = place === "header" ? "literal" : policyTraits[place].originWildcard;
  const instead = withoutWildcard(text);
  const literal = { because: "* within an origin is compared as a character here", instead };
  const undocumented = {
    because: "AWS documents no such wildcard here",
    instead,
    undocumented: true,
  } as const;
  switch (wildcard) {
    case "scheme":
      return /^https?:\/\/\*$/.test(text) ? undefined : undocumented;
    case "one":
      return text.split("*").length === 2 ? undefined : undocumented;
    case "leftmost":
      return undefined;
    case "literal":
      return literal;
    case "undocumented":
      return undocumented;
  }
}
/** Ways out for who wants many origins of one host. Anybody can rent names below some hosts (Public Suffix List, private section). */
function withoutWildcard(text: string): string {
  const [, rest = ""] = /\*([^*/:]*)(:\d*)?\/?$/.exec(text) ?? [];
  const { publicSuffix, isPrivate } = parse(`x${rest}`, { allowPrivateDomains: true });
  return isPrivate === true && publicSuffix !== null
    ? `Anybody can rent names of ${publicSuffix}. Give preview deployments one stable alias, rewrite the API under the page's own origin, or compare the origin in the handler with a pattern that holds project and team.`
    : "Name each origin, or compare the origin in the handler with a pattern for the whole of it.";
}

function difference(text: string): string {
  const rest = text.replace(/^https?:\/\//i, "");
  const authority = rest.split(/[/?#]/)[0] ?? "";
  if (rest.length === authority.length + 1 && rest.endsWith("/")) return "it ends with a slash";
  if (rest.length > authority.length) return "it has a path, and an origin has none";
  if (authority.includes("@")) return "it has a user name";
  if (authority !== authority.toLowerCase() || !/^https?:/.test(text)) {
    return "browsers send scheme and host in lower case";
  }
  if (/:(80|443)?$/.test(authority)) return "browsers leave out the scheme's own port";
  return "browsers write it in another way";
}
