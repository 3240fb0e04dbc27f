/** The browser: the Fetch standard's CORS procedure as pure functions over plain data. */
export { STEPS, STEP_IDS, stageOf, type Stage, type StepId } from "./steps";
export { judge, type Judgement } from "./judge";
export type { SentRequest } from "./state";
export { consoleMessage, corsErrorCode, type StepFailure } from "./console";
export { corsCheck, type CorsFault } from "./cors-check";
export {
  isForbiddenMethod,
  isRedirect,
  isSafelistedMethod,
  needsPreflight,
  normalizeMethod,
  preflightFaults,
  type PreflightFault,
  type PreflightQuestion,
  type PreflightRequest,
} from "./preflight";
export {
  exposedHeaders,
  extractHeaderListValues,
  FAILURE,
  getAllHeaders,
  getHeader,
  SAFELISTED_RESPONSE_HEADERS,
  type ResponseType,
} from "./headers";
export {
  isForbiddenRequestHeader,
  isSafelistedRequestHeader,
  requestHeaders,
  unsafeRequestHeaderNames,
} from "./request-headers";
export { cacheEntry, isServedBy, maxAge, type PreflightCacheEntry } from "./cache";
export { PROFILES, type CacheProfile, type Profile, type ProfileName } from "./profile";
export { effectivePort, originOf, parseUrl, serializeOrigin, serializeUrl, type Url } from "./url";
export {
  addressSpace,
  hasBadPort,
  isLoopbackHost,
  isMixedContent,
  permissionNeeded,
  type AddressSpace,
} from "./address-space";
export { readResponseHead, type HeadResult, type ResponseHead, type Tolerated } from "./head";
export {
  byteCaseInsensitiveEquals,
  byteLowercase,
  isToken,
  type Header,
  type HeaderList,
} from "./bytes";
export type {
  Credentials,
  Exchange,
  HopResponses,
  Mode,
  RedirectMode,
  ScriptRequest,
  WireResponse,
} from "./types";
