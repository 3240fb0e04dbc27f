/** The browser: the Fetch standard's CORS procedure as pure functions over plain data. */
export { STEPS, STEP_IDS, stageOf, type StepId } from "./steps";
export { judge, type Judgement } from "./judge";
export { consoleMessage } from "./console";
export { readConsole, type ConsoleError } from "./read-console";
export { SENTENCES, type Engine } from "./sentences";
export { corsCheck } from "./cors-check";
export {
  isRedirect,
  isSafelistedMethod,
  normalizeMethod,
  type PreflightQuestion,
} from "./preflight";
export {
  exposedHeaders,
  extractHeaderListValues,
  FAILURE,
  getHeader,
  SAFELISTED_RESPONSE_HEADERS,
} from "./headers";
export {
  isForbiddenRequestHeader,
  isSafelistedRequestHeader,
  requestHeaders,
  unsafeRequestHeaderNames,
} from "./request-headers";
export { cacheEntry, isServedBy, maxAge } from "./cache";
export { PROFILES, type ProfileName } from "./profile";
export { effectivePort, originOf, parseUrl, serializeOrigin, serializeUrl, type Url } from "./url";
export { addressSpace, hasBadPort, permissionNeeded } from "./address-space";
export { readResponseHead, type Tolerated } from "./head";
export { byteLowercase, isToken, type Header, type HeaderList } from "./bytes";
export type { Credentials, Exchange, HopResponses, ScriptRequest, WireResponse } from "./types";
