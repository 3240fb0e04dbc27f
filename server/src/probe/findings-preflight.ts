/** Findings about the answer to OPTIONS. */
import {
  corsCheck,
  getHeader,
  isRedirect,
  PROFILES,
  type HeaderList,
  type StepId,
} from "../../../shared/src/browser";
import { finding, type Case } from "./case";
import { allowOriginFindings } from "./findings-origin";
import type { ProbeFinding } from "./finding";
import type { PreflightEvidence } from "./route-evidence";
import type { JudgedCell } from "./verdicts";

/** The root of each failing preflight, then what its lists lack. */
export function preflightFindings(input: Case): ProbeFinding[] {
  return input.evidence.preflights.flatMap((preflight) => {
    const broken = rootFinding(input, preflight);
    if (broken !== null) return broken === "silent" ? [] : [oneStory(broken, input, preflight)];
    return [...originFindings(input, preflight), ...listFindings(input, preflight)];
  });
}

/** A preflight that fails stops only what asks for permission: where no request that was judged does, it is no fault yet. */
function oneStory(
  broken: ProbeFinding,
  { cells }: Case,
  preflight: PreflightEvidence,
): ProbeFinding {
  const own = cells.filter(({ preflight: asked }) => asked === preflight);
  const blocked = own.filter(({ verdict }) => verdict.blockedAt === "preflight");
  if (own.length === 0 || blocked.length > 0 || broken.severity === "information") return broken;
  const [first = "", ...rest] = broken.message.split("\n");
  const [what = first] = first.split(/, so browsers block |: the preflight |; browsers /);
  const message =
    `${what}: ${[...new Set(own.map(({ verdict }) => verdict.method))].join(", ")} works without it, whatever asks for permission does not.\n` +
    rest.join("\n");
  return { ...broken, severity: "information", message };
}

/** What makes everything else in the answer irrelevant; `silent` when it is no fault. */
function rootFinding(input: Case, preflight: PreflightEvidence): ProbeFinding | "silent" | null {
  const { exchange, origin } = preflight;
  const { response, failure, request } = exchange;
  const { assumed } = input.evidence.route;
  const path = request.url.split("?")[0] ?? request.url;
  if (response === null) {
    if (failure?.kind === "cancelled") return "silent";
    const message =
      `OPTIONS gets no readable answer (${failure?.netError ?? ""}) while other requests do.\n` +
      `${failure?.reason ?? ""}. A firewall or proxy may drop OPTIONS; let it through.`;
    return finding("preflight-not-ok", "error", exchange, message, origin);
  }
  const { status } = response;
  if (isRedirect(status) && getHeader(response.headers, "Location") !== null) {
    const location = getHeader(response.headers, "Location") ?? "";
    const message =
      `OPTIONS ${path} is redirected (${String(status)} to ${location}); browsers never follow that.\n` +
      "Call the final URL, or answer OPTIONS before the redirect.";
    return finding(
      "preflight-redirected",
      assumed ? "warning" : "error",
      exchange,
      message,
      origin,
    );
  }
  if (status >= 200 && status <= 299) {
    const silentCors = getHeader(response.headers, "Access-Control-Allow-Origin") === null;
    return silentCors ? withoutOrigin(input, preflight) : null;
  }
  if (needsAuthorization(input, preflight)) {
    const message =
      `OPTIONS ${path} is answered with ${String(status)}: the preflight never carries credentials.\n` +
      "Exempt OPTIONS from the authorizer; browsers send neither Authorization nor cookies with it.";
    return finding("preflight-needs-authorization", "error", exchange, message, origin);
  }
  const unrouted = [404, 405, 501].includes(status) || isUnroutedGateway(preflight);
  if (unrouted && assumed && !apiNeedsPreflight(input)) return untried(input, preflight);
  if (unrouted && !input.speaksCors) return notConfigured(input, preflight);
  const why = unrouted
    ? "No CORS handler answers OPTIONS on this route; add one, or register CORS before the router."
    : "The answer to OPTIONS must have a status from 200 to 299; its body does not matter.";
  const message = `OPTIONS ${path} returns ${String(status)}, so browsers block ${blockedMethods(input, preflight)}.\n${why}`;
  return finding("preflight-not-ok", "error", exchange, message, origin);
}

/**
 * No request is known to need the preflight. A public `*` or an unknown page needs none; an API that
 * names its pages will meet JSON or Authorization one day.
 */
function untried(input: Case, { exchange, origin }: PreflightEvidence): ProbeFinding | "silent" {
  const named = input.evidence.responses.some((real) => {
    const headers = real.exchange.response?.headers ?? [];
    return getHeader(headers, "Access-Control-Allow-Origin") === real.origin;
  });
  if (input.plan.originsAssumed || !named) return "silent";
  const status = String(exchange.response?.status ?? 0);
  const message =
    `OPTIONS returns ${status} without Allow-Origin: simple GETs work, all else would be blocked.\n` +
    "Answer OPTIONS before a page sends JSON, Authorization, PUT, PATCH or DELETE.";
  return finding("preflight-not-ok", "information", exchange, message, origin);
}

/** Someone asks for it: a 401 on the real request means Authorization, and that means a preflight. */
function apiNeedsPreflight({ evidence }: Case): boolean {
  return evidence.responses.some(({ exchange }) => exchange.response?.status === 401);
}

function needsAuthorization({ evidence }: Case, { exchange }: PreflightEvidence): boolean {
  const { response } = exchange;
  if (response === null || isUnroutedGateway({ exchange })) return false;
  if (response.status === 401) return true;
  if (response.status !== 403) return false;
  const challenged = getHeader(response.headers, "WWW-Authenticate") !== null;
  const alike = evidence.responses.some((real) =>
    [401, 403].includes(real.exchange.response?.status ?? 0),
  );
  return challenged || alike || evidence.route.authorizer;
}

/** A REST API answers 403 for a method that it does not have. */
export function isUnroutedGateway({ exchange }: Pick<PreflightEvidence, "exchange">): boolean {
  const type = getHeader(exchange.response?.headers ?? [], "x-amzn-errortype") ?? "";
  return type.startsWith("MissingAuthenticationToken");
}

/** The methods that this answer stops; a page's GET may not ask for permission at all. */
function blockedMethods({ cells }: Case, preflight: PreflightEvidence): string {
  const methods = cells
    .filter(
      ({ verdict, preflight: asked }) => asked === preflight && verdict.blockedAt === "preflight",
    )
    .map(({ verdict }) => verdict.method);
  return [...new Set(methods)].join(", ") || preflight.method;
}

function withoutOrigin(input: Case, preflight: PreflightEvidence): ProbeFinding | "silent" {
  const { exchange, origin } = preflight;
  if (input.evidence.route.assumed) return untried(input, preflight);
  if (input.plan.originsAssumed) return "silent";
  if (!input.speaksCors) return notConfigured(input, preflight);
  const real = input.evidence.responses.find((response) => response.origin === origin);
  const said = getHeader(real?.exchange.response?.headers ?? [], "Access-Control-Allow-Origin");
  // The allow-list does not have this origin, on the real response either: that is its answer.
  if (said === null && speaksToOthers(input, origin)) return refused(preflight);
  const message =
    `OPTIONS answers 2xx without Access-Control-Allow-Origin, so browsers block ${blockedMethods(input, preflight)}.\n` +
    "Send the CORS headers with the answer to OPTIONS, not only with the real response.";
  return finding("preflight-not-ok", "error", exchange, message, origin);
}

function speaksToOthers({ evidence }: Case, origin: string): boolean {
  const others = [...evidence.preflights, ...evidence.responses].filter(
    (other) => other.origin !== origin,
  );
  return others.some(({ exchange }) => {
    return getHeader(exchange.response?.headers ?? [], "Access-Control-Allow-Origin") !== null;
  });
}

function refused({ exchange, origin, method }: PreflightEvidence): ProbeFinding {
  const message =
    `Browsers block ${method} from ${origin}: the endpoint allows other origins only.\n` +
    "Add this origin to the allow-list if pages of it are meant to call.";
  return finding("request-refused-by-policy", "warning", exchange, message, origin);
}

function notConfigured(
  input: Case,
  { exchange, origin }: PreflightEvidence,
): ProbeFinding | "silent" {
  if (!input.plan.servesBrowsers) return "silent";
  const message =
    "The endpoint sends no CORS headers at all, so browsers block every page of another origin.\n" +
    "Configure CORS on the API, or answer OPTIONS and send the headers in the handler.";
  return finding("cors-not-configured", "error", exchange, message, origin);
}

function originFindings(input: Case, { exchange, origin }: PreflightEvidence): ProbeFinding[] {
  return allowOriginFindings(input, exchange, origin);
}

function listFindings(input: Case, preflight: PreflightEvidence): ProbeFinding[] {
  if (input.evidence.route.assumed) return malformedLists(input, preflight);
  const { exchange, origin } = preflight;
  const headers = exchange.response?.headers ?? [];
  const credentials = input.plan.credentials ? "include" : "omit";
  const cells = input.cells.filter(({ verdict, preflight: asked }) => {
    return asked === preflight && verdict.credentials === credentials;
  });
  const { guesses } = input.evidence.route;
  const failing = (...steps: StepId[]) =>
    cells.flatMap(({ judgement, verdict }: JudgedCell) =>
      judgement.failures.filter(({ step, hop }) => {
        const isGuess = step === "preflight-header-allowed" && guesses.includes(verdict.method);
        return hop === 0 && steps.includes(step) && !isGuess;
      }),
    );
  const found: ProbeFinding[] = [];
  const methods = unique(failing("preflight-allow-methods-valid", "preflight-method-allowed"));
  if (methods.length > 0) {
    const listed = getHeader(headers, "Access-Control-Allow-Methods");
    const message =
      `Browsers block ${methods.filter(Boolean).join(", ") || preflight.method}: ` +
      `Access-Control-Allow-Methods is ${quoted(listed)}.\n${listAdvice("methods", listed, methods)}`;
    const made = finding("allow-methods-missing", "error", exchange, message, origin);
    found.push({ ...made, missing: methods.filter(Boolean) });
  }
  const names = unique(failing("preflight-allow-headers-valid", "preflight-header-allowed"));
  if (names.length > 0) {
    const listed = getHeader(headers, "Access-Control-Allow-Headers");
    const message =
      `Browsers block the header ${names.filter(Boolean).join(", ") || "list"}: ` +
      `Access-Control-Allow-Headers is ${quoted(listed)}.\n${listAdvice("headers", listed, names)}`;
    const made = finding("allow-headers-missing", "error", exchange, message, origin);
    found.push({ ...made, missing: names.filter(Boolean) });
  } else if (guesses.includes(preflight.method) && allowsNoHeader(headers)) {
    const message =
      "Browsers block every page that sends JSON: Access-Control-Allow-Headers is absent.\n" +
      "Add content-type to the allowed headers, if pages are meant to send any.";
    const made = finding("allow-headers-missing", "warning", exchange, message, origin);
    found.push({ ...made, missing: ["content-type"] });
  } else if (authorizationByWildcard(input, preflight)) {
    const message =
      "Access-Control-Allow-Headers: * covers Authorization in today's browsers only.\n" +
      "The Fetch standard forbids it; list Authorization by name.";
    found.push(finding("allow-headers-missing", "information", exchange, message, origin));
  }
  return found;
}

function allowsNoHeader(headers: HeaderList): boolean {
  return (getHeader(headers, "Access-Control-Allow-Headers") ?? "").trim() === "";
}

/** Even lists that no request needs fail the whole preflight when they do not parse. */
function malformedLists(input: Case, { exchange, origin }: PreflightEvidence): ProbeFinding[] {
  const headers = exchange.response?.headers ?? [];
  if (corsCheck(origin, "omit", headers, PROFILES.browsers).length > 0) return [];
  return (["Methods", "Headers"] as const).flatMap((list) => {
    const value = getHeader(headers, `Access-Control-Allow-${list}`);
    if (value === null || !/[^!#$%&'*+\-.^_`|~0-9A-Za-z, \t]|[^, \t][ \t]+[^, \t]/.test(value))
      return [];
    const rule = list === "Methods" ? "allow-methods-missing" : "allow-headers-missing";
    const message =
      `Access-Control-Allow-${list} ${quoted(value)} is no comma list: browsers fail every preflight.\n` +
      "Separate the names with commas; no quotes, semicolons or blanks between names.";
    return [finding(rule, "error", exchange, message, origin)];
  });
}

function authorizationByWildcard(
  { plan }: Case,
  { exchange, headers }: PreflightEvidence,
): boolean {
  const value = getHeader(exchange.response?.headers ?? [], "Access-Control-Allow-Headers") ?? "";
  const names = value.split(",").map((name) => name.trim().toLowerCase());
  const listed = names.includes("authorization");
  return !plan.credentials && headers.includes("authorization") && names.includes("*") && !listed;
}

function listAdvice(what: string, listed: string | null, missing: readonly string[]): string {
  if (missing.includes(""))
    return "It is no comma list of names, and so the whole preflight fails.";
  if (listed?.includes("*") === true) {
    return "With credentials * is a literal name and not a wildcard; list the names.";
  }
  const lower = listed?.toLowerCase() ?? "";
  if (what === "methods" && missing.some((name) => lower.includes(name.toLowerCase()))) {
    return "Methods are compared with case: only DELETE, GET, HEAD, OPTIONS, POST, PUT are normalized.";
  }
  return `Add ${missing.join(", ")} to the allowed ${what}.`;
}

function unique(failures: readonly { readonly value: string }[]): string[] {
  return [...new Set(failures.map(({ value }) => value))];
}

function quoted(value: string | null): string {
  return value === null ? "absent" : `'${value}'`;
}
