/** The CORS-preflight cache: does a second request ask again? */
import { getHeader } from "./headers";
import { allowedLists, isSafelistedMethod, type PreflightQuestion } from "./preflight";
import type { CacheProfile } from "./profile";
import type { Credentials, WireResponse } from "./types";

/** What a browser keeps of a successful preflight. Times are seconds on the caller's clock. */
export interface PreflightCacheEntry {
  readonly origin: string;
  readonly url: string;
  readonly credentials: Credentials;
  readonly expires: number;
  readonly methods: readonly string[];
  /** Lower-case names. */
  readonly headers: readonly string[];
}

/**
 * For how many seconds a browser keeps the answer; 0 when it does not. `header` is the combined
 * value of Access-Control-Max-Age, null when absent.
 */
export function maxAge(header: string | null, cache: CacheProfile): number {
  if (header === null || header === "") return cache.fallback;
  if (!/^-?\d+$/.test(header)) return cache.malformedFallback ?? 0;
  return Math.min(Math.max(Number(header), 0), cache.cap);
}

/** The entry that a successful preflight leaves, or null when it is not kept. */
export function cacheEntry(
  key: Pick<PreflightCacheEntry, "origin" | "url" | "credentials">,
  response: WireResponse,
  now: number,
  cache: CacheProfile,
): PreflightCacheEntry | null {
  const age = maxAge(getHeader(response.headers, "Access-Control-Max-Age"), cache);
  if (age === 0) return null;
  const { origin, url, credentials } = key;
  return { origin, url, credentials, expires: now + age, ...allowedLists(response.headers) };
}

/** Whether the entry answers the question, so that no preflight is sent. */
export function isServedBy(
  entry: PreflightCacheEntry,
  key: Pick<PreflightCacheEntry, "origin" | "url" | "credentials">,
  question: PreflightQuestion,
  now: number,
  cache: CacheProfile,
): boolean {
  if (entry.origin !== key.origin || entry.url !== key.url || now >= entry.expires) return false;
  if (!credentialsServe(entry.credentials, key.credentials, cache)) return false;
  const { method, unsafeNames } = question;
  if (method === "HEAD" && unsafeNames.length > 0 && !cache.servesHeadWithHeaders) return false;
  const star = entry.credentials !== "include" && cache.servesWildcard;
  const methodServed =
    isSafelistedMethod(method) ||
    entry.methods.includes(method) ||
    (star && entry.methods.includes("*"));
  const starHeaders = star && entry.headers.includes("*");
  return methodServed && (starHeaders || unsafeNames.every((name) => entry.headers.includes(name)));
}

function credentialsServe(kept: Credentials, asked: Credentials, cache: CacheProfile): boolean {
  const keptInclude = kept === "include";
  const askedInclude = asked === "include";
  return keptInclude === askedInclude || (keptInclude && cache.sharesIncludeWithOmit);
}
