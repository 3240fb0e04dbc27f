/** From evidence to findings: each state of affairs once, by the id of the rule that knows it. */
import { getHeader, PROFILES } from "../../../shared/src/browser";
import { finding, type Case } from "./case";
import type { ProbeFinding, Severity } from "./finding";
import { controlFindings } from "./findings-controls";
import { isUnroutedGateway, preflightFindings } from "./findings-preflight";
import { responseFindings } from "./findings-response";

/** All findings of one route, most severe first. */
export function findingsOf(input: Case): ProbeFinding[] {
  const unreachable = [...networkFindings(input), ...wrongAddress(input)];
  if (unreachable.length > 0) return unreachable;
  const found = [
    ...preflightFindings(input),
    ...brokenResponses(input),
    ...responseFindings(input),
    ...controlFindings(input),
    ...gateFindings(input),
    ...maxAgeFindings(input),
  ];
  const order: readonly Severity[] = ["error", "warning", "information"];
  const unique = new Map(
    found.map((finding) => [`${finding.rule} ${finding.origin ?? ""}`, finding]),
  );
  return [...unique.values()].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** A REST API says so of a path or a stage that it does not have, and of a method: but then others are there. */
function wrongAddress({ evidence }: Case): ProbeFinding[] {
  const exchanges = [...evidence.responses, ...evidence.preflights].filter(
    ({ exchange }) => exchange.response !== null,
  );
  const [first] = exchanges;
  if (!first || evidence.responses.length === 0 || !exchanges.every(isUnroutedGateway)) return [];
  const message =
    "API Gateway has nothing at this address: 403 Missing Authentication Token, to the request itself too.\n" +
    "Look at the stage and the path of the URL; a policy changes nothing here.";
  return [finding("endpoint-unreachable", "error", first.exchange, message)];
}

/** Nothing answers at all: there is no CORS to speak of. */
function networkFindings({ evidence }: Case): ProbeFinding[] {
  const exchanges = [...evidence.responses, ...evidence.preflights].map(({ exchange }) => exchange);
  const [first] = exchanges;
  if (first === undefined || exchanges.some(({ response }) => response !== null)) return [];
  const { kind, netError, reason } = first.failure ?? { kind: "reset", netError: "", reason: "" };
  if (kind === "cancelled") return [];
  if (kind === "tls" && netError.startsWith("net::ERR_CERT")) {
    const message =
      `The certificate is not trusted: ${netError}. The browser shows a network error, not CORS.\n` +
      `${reason}. Install a certificate of a public authority for this name; no header helps. To trust one of your own here, name its authority with --cacert.`;
    return [finding("tls-untrusted", "error", first, message)];
  }
  const message = `The endpoint cannot be read: ${netError}. This is not a CORS error.\n${reason}.`;
  return [finding("endpoint-unreachable", "error", first, message)];
}

/** OPTIONS is answered and the request itself is not. */
function brokenResponses({ evidence }: Case): ProbeFinding[] {
  return evidence.responses.flatMap(({ exchange, method }) => {
    const { failure } = exchange;
    if (failure === null || failure.kind === "cancelled") return [];
    const message = `The response to ${method} cannot be read: ${failure.netError}. This is not a CORS error.\n${failure.reason}.`;
    return [finding("endpoint-unreachable", "error", exchange, message)];
  });
}

function gateFindings({ cells }: Case): ProbeFinding[] {
  const found: ProbeFinding[] = [];
  for (const { verdict, judgement, response, preflight } of cells) {
    const exchange = (response ?? preflight)?.exchange;
    if (exchange === undefined) continue;
    const { origin, condition } = verdict;
    const mixed = judgement.failures.find(({ step }) => step === "gate-mixed-content");
    if (mixed !== undefined) {
      const message =
        `A page at ${origin} may not ask the http address ${mixed.url}: mixed content.\n` +
        "Serve the endpoint over https; no CORS header helps.";
      found.push(finding("mixed-content", "error", exchange, message, origin));
    }
    if (condition?.startsWith("Chrome and Edge ask") === true) {
      const message =
        `${condition} when a page at ${origin} calls.\n` +
        "This is Local Network Access, not CORS: no header changes it; a same-origin dev proxy does.";
      found.push(finding("local-network-permission", "information", exchange, message, origin));
    }
    if (judgement.failures.some(({ step }) => step === "redirect-count")) {
      const message =
        "The endpoint redirects in a circle: net::ERR_TOO_MANY_REDIRECTS.\n" +
        "Send the request to an address that answers it.";
      found.push(finding("endpoint-unreachable", "error", exchange, message));
    }
  }
  return found;
}

function maxAgeFindings({ evidence }: Case): ProbeFinding[] {
  for (const { exchange, origin } of evidence.preflights) {
    const value = getHeader(exchange.response?.headers ?? [], "Access-Control-Max-Age") ?? "";
    const { browsers, webkit, firefox } = PROFILES;
    if (!/^\d+$/.test(value) || Number(value) <= browsers.cache.cap) continue;
    const message =
      `Access-Control-Max-Age ${value} is cut: ${String(browsers.cache.cap)} s in Chromium, ` +
      `${String(webkit.cache.cap)} s in Safari, ${String(firefox.cache.cap)} s in Firefox.\n` +
      "A mistake in the preflight's answer stays in browsers for that long.";
    return [finding("max-age-beyond-browsers", "information", exchange, message, origin)];
  }
  return [];
}
