/**
 * Where browsers and the Fetch standard part. Every flag is a measured difference (Chromium 156,
 * Firefox ESR 153, WebKitGTK 2.50) or one read in the engine's source.
 */

/** What one reader of the procedure does differently from the standard. */
export interface Profile {
  readonly name: ProfileName;
  /** The standard's rule that `*` does not cover `Authorization`. No shipping browser has it. */
  readonly authorizationNeedsName: boolean;
  /** A `Range` number of this size or more makes the header unsafe; null is unbounded. */
  readonly rangeLimit: bigint | null;
  /** `BYTES=0-9` and `bytes=+1-2` count as simple ranges. */
  readonly rangeLenient: boolean;
  /** Headers of one name are joined before their safety is judged. */
  readonly combinesRequestHeaders: boolean;
  /** A repeated unsafe header is repeated in Access-Control-Request-Headers. */
  readonly repeatsUnsafeNames: boolean;
  /** Client hints (`DPR`, `Save-Data`, …) are safe by value. */
  readonly clientHintsAreSafe: boolean;
  /** Client hints set by script are gone after a redirect to a foreign origin. */
  readonly redirectDropsClientHints: boolean;
  /** A `User-Agent` set by script is dropped silently. */
  readonly dropsUserAgent: boolean;
  /** `Accept` with a byte of 0x80 or more is unsafe. */
  readonly acceptMustBeAscii: boolean;
  /** The sum of safelisted values may not exceed 1024 bytes. */
  readonly limitsSafelistedTotal: boolean;
  /** An upload listener forces a preflight only when there is a body. */
  readonly uploadListenerNeedsBody: boolean;
  /** A stream body forces a preflight. */
  readonly streamForcesPreflight: boolean;
  /** A request with a stream body is sent at all. */
  readonly sendsStreams: boolean;
  /** A forced preflight without Allow-Methods allows the request's method. */
  readonly fillsNullMethods: boolean;
  /** An unparsable Location fails even a request in redirect mode `manual`. */
  readonly manualRedirectNeedsLocation: boolean;
  /** User name and password in a Location are refused in mode no-cors too. */
  readonly noCorsRefusesUserinfo: boolean;
  /** An empty Location is no redirect. */
  readonly emptyLocationIsNoRedirect: boolean;
  /** After a tainting redirect the preflight carries the page's own origin instead of `null`. */
  readonly preflightKeepsOrigin: boolean;
  /** A request that would need a preflight as written asks the same names again at every hop. */
  readonly preflightsEveryHop: boolean;
  /** No preflight goes to the page's own origin, even after a redirect came back to it. */
  readonly neverPreflightsOwnOrigin: boolean;
  /** 302, 307 and 308 turn a DELETE into GET. */
  readonly redirectTurnsDeleteIntoGet: boolean;
  /** Empty Access-Control-Allow-Origin lines beside another one are ignored. */
  readonly ignoresEmptyOriginLines: boolean;
  /** A field whose name is followed by a space before the colon is ignored. */
  readonly ignoresSpaceBeforeColon: boolean;
  /** Requests from https pages to http://localhost are mixed content. */
  readonly loopbackIsMixedContent: boolean;
  readonly cache: CacheProfile;
}

/** How a browser keeps preflight answers. Seconds. */
export interface CacheProfile {
  /** Access-Control-Max-Age is cut to this. */
  readonly cap: number;
  /** Used when the header is absent or empty. */
  readonly fallback: number;
  /** Used when the header is no number; null means that the answer is not kept. */
  readonly malformedFallback: number | null;
  /** Entries made by `*` serve a later request. */
  readonly servesWildcard: boolean;
  /** An entry of a request with credentials serves one without. */
  readonly sharesIncludeWithOmit: boolean;
  /** A HEAD request with unsafe headers is served. */
  readonly servesHeadWithHeaders: boolean;
}

export type ProfileName = "browsers" | "standard" | "firefox" | "webkit";

const STANDARD: Profile = {
  name: "standard",
  authorizationNeedsName: true,
  rangeLimit: null,
  rangeLenient: false,
  combinesRequestHeaders: false,
  repeatsUnsafeNames: false,
  clientHintsAreSafe: false,
  redirectDropsClientHints: false,
  dropsUserAgent: false,
  acceptMustBeAscii: false,
  limitsSafelistedTotal: true,
  uploadListenerNeedsBody: false,
  streamForcesPreflight: true,
  sendsStreams: true,
  fillsNullMethods: true,
  manualRedirectNeedsLocation: false,
  noCorsRefusesUserinfo: false,
  emptyLocationIsNoRedirect: false,
  preflightKeepsOrigin: false,
  preflightsEveryHop: false,
  neverPreflightsOwnOrigin: false,
  redirectTurnsDeleteIntoGet: false,
  ignoresEmptyOriginLines: false,
  ignoresSpaceBeforeColon: false,
  loopbackIsMixedContent: false,
  cache: {
    cap: Number.MAX_SAFE_INTEGER,
    fallback: 5,
    malformedFallback: 5,
    servesWildcard: true,
    sharesIncludeWithOmit: true,
    servesHeadWithHeaders: true,
  },
};

const CHROMIUM: Profile = {
  ...STANDARD,
  name: "browsers",
  authorizationNeedsName: false,
  rangeLimit: 2n ** 63n - 1n,
  combinesRequestHeaders: true,
  clientHintsAreSafe: true,
  redirectDropsClientHints: true,
  dropsUserAgent: true,
  uploadListenerNeedsBody: true,
  fillsNullMethods: false,
  manualRedirectNeedsLocation: true,
  noCorsRefusesUserinfo: true,
  emptyLocationIsNoRedirect: true,
  cache: { ...STANDARD.cache, cap: 7200 },
};

const FIREFOX: Profile = {
  ...STANDARD,
  name: "firefox",
  authorizationNeedsName: false,
  rangeLimit: 2n ** 64n,
  repeatsUnsafeNames: true,
  acceptMustBeAscii: true,
  streamForcesPreflight: false,
  fillsNullMethods: false,
  preflightKeepsOrigin: true,
  preflightsEveryHop: true,
  neverPreflightsOwnOrigin: true,
  ignoresEmptyOriginLines: true,
  ignoresSpaceBeforeColon: true,
  cache: {
    cap: 86400,
    fallback: 5,
    malformedFallback: null,
    servesWildcard: false,
    sharesIncludeWithOmit: false,
    servesHeadWithHeaders: false,
  },
};

const WEBKIT: Profile = {
  ...STANDARD,
  name: "webkit",
  authorizationNeedsName: false,
  rangeLimit: 2n ** 64n,
  rangeLenient: true,
  combinesRequestHeaders: true,
  limitsSafelistedTotal: false,
  streamForcesPreflight: false,
  sendsStreams: false,
  fillsNullMethods: false,
  preflightsEveryHop: true,
  redirectTurnsDeleteIntoGet: true,
  ignoresSpaceBeforeColon: true,
  loopbackIsMixedContent: true,
  cache: { ...STANDARD.cache, cap: 600 },
};

/** `browsers` is what Chromium does, which the others share but for the known differences. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  browsers: CHROMIUM,
  standard: STANDARD,
  firefox: FIREFOX,
  webkit: WEBKIT,
};
