/** Findings from origins that are none of the pages': who else gets in, and what caches make of it. */
import { extractHeaderListValues, FAILURE, getHeader } from "../../../shared/src/browser";
import type { ControlKind } from "./control-origins";
import { finding, type Case } from "./case";
import type { FindingId, ProbeFinding, Severity } from "./finding";
import type { ControlEvidence } from "./route-evidence";
import type { WireExchange } from "./wire";

const ALLOW = "Access-Control-Allow-Origin";

export function controlFindings(input: Case): ProbeFinding[] {
  const accepted = input.evidence.controls.filter(({ origin, exchange }) => {
    return origin !== null && allowed(exchange) === origin;
  });
  return [...acceptedFindings(accepted), ...varyFindings(input), ...cacheFindings(input)];
}

function acceptedFindings(accepted: readonly ControlEvidence[]): ProbeFinding[] {
  const kinds = accepted.map(({ kind }) => kind);
  return accepted.flatMap(({ kind, origin, exchange }) => {
    // Whoever reflects any origin also reflects its neighbours; one finding is enough.
    if (kinds.includes("foreign") && kind !== "foreign") return [];
    // A list that takes every suffix takes every sub-domain.
    if (kind === "subdomain" && kinds.includes("suffix")) return [];
    const text = acceptedText(kind, origin ?? "");
    if (text === null) return [];
    const withCredentials = getHeader(
      exchange.response?.headers ?? [],
      "Access-Control-Allow-Credentials",
    );
    const grave = withCredentials === "true";
    return [
      finding(text.rule, grave ? text.grave : text.plain, exchange, text.message, origin ?? ""),
    ];
  });
}

interface AcceptedText {
  readonly rule: FindingId;
  readonly grave: Severity;
  readonly plain: Severity;
  readonly message: string;
}

function acceptedText(kind: ControlKind, origin: string): AcceptedText | null {
  const exact = "Compare the whole origin with an exact allow-list.";
  switch (kind) {
    case "foreign":
      return {
        rule: "reflected-origin-unchecked",
        grave: "error",
        plain: "warning",
        message: `Any page on the web may read: the answer reflects ${origin}.\n${exact}`,
      };
    case "foreignPreflight":
      return {
        rule: "reflected-origin-unchecked",
        grave: "error",
        plain: "warning",
        message: `The preflight lets any page on the web in: it reflects ${origin}.\nA browser then sends the request for that page, though it keeps the answer back. ${exact}`,
      };
    case "ownPrefix":
      return {
        rule: "origin-check-bypassable",
        grave: "error",
        plain: "warning",
        message: `The allow-list accepts ${origin}: the API's own host is looked for at the beginning only.\n${exact}`,
      };
    case "prefix":
    case "suffix":
    case "dot":
      return {
        rule: "origin-check-bypassable",
        grave: "error",
        plain: "warning",
        message: `The allow-list accepts ${origin}: ${bypass(kind)}.\n${exact}`,
      };
    case "subdomain":
      return {
        rule: "subdomain-origin-accepted",
        grave: "warning",
        plain: "information",
        message: `Every sub-domain of the page may read, as ${origin}.\nOne forgotten host name is enough; list the hosts that need it.`,
      };
    case "http":
      return {
        rule: "http-origin-accepted",
        grave: "warning",
        plain: "warning",
        message: `Unencrypted pages may read: the answer allows ${origin}.\nWhoever controls the network can write such a page; allow https only.`,
      };
    case "null":
      return {
        rule: "null-origin-allowed",
        grave: "error",
        plain: "warning",
        message: `The answer allows the origin null, which any sandboxed frame has.\nRemove null from the allow-list.`,
      };
    default:
      return null;
  }
}

function bypass(kind: "prefix" | "suffix" | "dot"): string {
  if (kind === "prefix") return "the end of the origin is not checked";
  return kind === "suffix" ? "the start of the host is not checked" : "a dot matches any character";
}

/** The answer depends on Origin and does not say so: a cached copy breaks the next page. */
function varyFindings({ evidence }: Case): ProbeFinding[] {
  const page = evidence.responses.find(({ method }) => method === evidence.route.reads);
  if (page === undefined || page.exchange.response === null) return [];
  const others = evidence.controls.filter(({ exchange }) => {
    return exchange.request.method !== "OPTIONS" && exchange.response !== null;
  });
  const value = allowed(page.exchange);
  const differs = others.some(({ exchange }) => allowed(exchange) !== value);
  const all = [page.exchange, ...others.map(({ exchange }) => exchange)];
  const guilty = all.find((exchange) => {
    const isPage = allowed(exchange) !== null;
    return (
      !variesByOrigin(exchange) && !isUncacheable(exchange) && (isPage || isCacheable(exchange))
    );
  });
  if (!differs || guilty === undefined) return [];
  const message =
    "The answer depends on Origin and has no Vary: Origin: a cached copy breaks other pages.\n" +
    "Send Vary: Origin with every response, also with those to requests without an Origin.";
  return [finding("vary-origin-missing", "warning", guilty, message, page.origin)];
}

function variesByOrigin({ response }: WireExchange): boolean {
  const values = extractHeaderListValues(response?.headers ?? [], "Vary");
  if (values === null) return false;
  return (
    values === FAILURE || values.some((name) => name === "*" || name.toLowerCase() === "origin")
  );
}

function isUncacheable({ response }: WireExchange): boolean {
  return /\b(no-store|private)\b/i.test(getHeader(response?.headers ?? [], "Cache-Control") ?? "");
}

function isCacheable({ response }: WireExchange): boolean {
  const headers = response?.headers ?? [];
  return (
    /\b(public|(s-)?max-?age=[1-9])/i.test(getHeader(headers, "Cache-Control") ?? "") ||
    ["Age", "Expires", "Last-Modified"].some((name) => getHeader(headers, name) !== null)
  );
}

function cacheFindings({ evidence }: Case): ProbeFinding[] {
  const [first, second, third] = evidence.cache;
  if (first === undefined || second === undefined) return [];
  const stranger = allowed(second.exchange);
  const again = third === undefined ? null : allowed(third.exchange);
  const servedPage = stranger !== null && stranger !== "*" && stranger === first.origin;
  const hit = /\bhit\b/i.test(getHeader(second.exchange.response?.headers ?? [], "X-Cache") ?? "");
  const poisoned = again !== null && again !== "*" && again === second.origin;
  if (!poisoned && !(servedPage && (hit || aged(second.exchange)))) return [];
  const message =
    `The cache serves one origin's answer to another: ${second.origin ?? ""} got '${stranger ?? ""}'.\n` +
    "Put Origin into the cache key, or turn caching off for the API.";
  return [
    finding("cdn-caches-one-origin", "warning", second.exchange, message, first.origin ?? ""),
  ];
}

function aged({ response }: WireExchange): boolean {
  return getHeader(response?.headers ?? [], "Age") !== null;
}

function allowed({ response }: WireExchange): string | null {
  return getHeader(response?.headers ?? [], ALLOW);
}
