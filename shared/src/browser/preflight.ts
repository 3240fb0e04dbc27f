/** The CORS-preflight fetch: when it is made, what it asks, what its answer must hold. */
import { byteLowercase, isToken, type HeaderList } from "./bytes";
import { extractHeaderListValues, FAILURE } from "./headers";
import type { Profile } from "./profile";
import type { Credentials, WireResponse } from "./types";

/** A CORS-preflight request; every header that depends on the request. */
export interface PreflightRequest {
  readonly url: string;
  readonly origin: string;
  readonly accessControlRequestMethod: string;
  /** Names joined with `,` and no blank; null when the header is not sent. */
  readonly accessControlRequestHeaders: string | null;
}

/** What the preflight asks permission for. */
export interface PreflightQuestion {
  readonly method: string;
  readonly unsafeNames: readonly string[];
  readonly credentials: Credentials;
  /** The use-CORS-preflight flag: a stream body or an upload listener. */
  readonly forced: boolean;
}

/** What is wrong with the answer apart from the CORS check. */
export type PreflightFault =
  | { readonly check: "status-ok"; readonly value: string }
  | { readonly check: "allow-methods-valid"; readonly value: string }
  | { readonly check: "allow-headers-valid"; readonly value: string }
  | { readonly check: "method-allowed"; readonly value: string }
  | { readonly check: "authorization-listed"; readonly value: string }
  | { readonly check: "header-allowed"; readonly value: string };

const NORMALIZED = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);

/** Normalizes a method: six names to upper case; `patch` stays `patch`. */
export function normalizeMethod(method: string): string {
  const upper = method.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  return NORMALIZED.has(upper) ? upper : method;
}

/** CORS-safelisted method. */
export function isSafelistedMethod(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "POST";
}

/** Whether `fetch` refuses the method outright. */
export function isForbiddenMethod(method: string): boolean {
  return !isToken(method) || ["connect", "trace", "track"].includes(byteLowercase(method));
}

/** Whether a cross-origin request in mode `cors` asks first. */
export function needsPreflight(question: PreflightQuestion): boolean {
  const { method, unsafeNames, forced } = question;
  return forced || !isSafelistedMethod(method) || unsafeNames.length > 0;
}

/** A redirect status with a Location, which a preflight may never be answered with. */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** All faults of the answer in the standard's order: status, lists, method, headers. */
export function preflightFaults(
  question: PreflightQuestion,
  response: WireResponse,
  profile: Profile,
): PreflightFault[] {
  const faults: PreflightFault[] = [];
  if (response.status < 200 || response.status > 299) {
    faults.push({ check: "status-ok", value: String(response.status) });
  }
  const methods = extractHeaderListValues(response.headers, "Access-Control-Allow-Methods");
  const names = extractHeaderListValues(response.headers, "Access-Control-Allow-Headers");
  if (methods === FAILURE) faults.push({ check: "allow-methods-valid", value: "" });
  if (names === FAILURE) faults.push({ check: "allow-headers-valid", value: "" });
  if (methods !== FAILURE) faults.push(...methodFaults(question, methods, profile));
  if (names !== FAILURE) faults.push(...headerFaults(question, names ?? [], profile));
  return faults;
}

/** The lists as they were understood; null where absent or invalid. Used by the preflight cache. */
export function allowedLists(headers: HeaderList): { methods: string[]; headers: string[] } {
  const list = (name: string) => {
    const values = extractHeaderListValues(headers, name);
    return values === null || values === FAILURE ? [] : values;
  };
  return {
    methods: list("Access-Control-Allow-Methods"),
    headers: list("Access-Control-Allow-Headers").map(byteLowercase),
  };
}

function methodFaults(
  question: PreflightQuestion,
  listed: readonly string[] | null,
  profile: Profile,
): PreflightFault[] {
  const { method, credentials, forced } = question;
  const filled = listed === null && forced && profile.fillsNullMethods ? [method] : (listed ?? []);
  const star = credentials !== "include" && filled.includes("*");
  if (isSafelistedMethod(method) || filled.includes(method) || star) return [];
  return [{ check: "method-allowed", value: method }];
}

function headerFaults(
  question: PreflightQuestion,
  listed: readonly string[],
  profile: Profile,
): PreflightFault[] {
  const names = listed.map(byteLowercase);
  const star = question.credentials !== "include" && names.includes("*");
  const faults: PreflightFault[] = [];
  for (const name of new Set(question.unsafeNames)) {
    if (names.includes(name)) continue;
    if (!star) faults.push({ check: "header-allowed", value: name });
    else if (name === "authorization" && profile.authorizationNeedsName) {
      faults.push({ check: "authorization-listed", value: name });
    }
  }
  return faults;
}
