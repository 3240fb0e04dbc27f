/** Every rule, in order of id. Written by `npm run generate`. */
import { rule as allowHeadersMissing } from "./allow-headers-missing";
import { rule as allowMethodsMissing } from "./allow-methods-missing";
import { rule as allowOriginMultipleValues } from "./allow-origin-multiple-values";
import { rule as allowOriginsMissing } from "./allow-origins-missing";
import { rule as anyOriginAllowed } from "./any-origin-allowed";
import { rule as binaryMediaBreaksPreflight } from "./binary-media-breaks-preflight";
import { rule as cdnCachesOneOrigin } from "./cdn-caches-one-origin";
import { rule as cdnDropsOrigin } from "./cdn-drops-origin";
import { rule as cdnRefusesOptions } from "./cdn-refuses-options";
import { rule as corsHeaderMisspelled } from "./cors-header-misspelled";
import { rule as corsHeadersIgnored } from "./cors-headers-ignored";
import { rule as corsHeadersInBody } from "./cors-headers-in-body";
import { rule as corsHeadersSentTwice } from "./cors-headers-sent-twice";
import { rule as corsNotConfigured } from "./cors-not-configured";
import { rule as corsOptionIgnored } from "./cors-option-ignored";
import { rule as credentialsValueInvalid } from "./credentials-value-invalid";
import { rule as crossSiteCookieRefused } from "./cross-site-cookie-refused";
import { rule as csrfProtectionAbsent } from "./csrf-protection-absent";
import { rule as developmentOriginRefused } from "./development-origin-refused";
import { rule as errorResponseWithoutAllowOrigin } from "./error-response-without-allow-origin";
import { rule as fetchedRedirectLeavesOrigin } from "./fetched-redirect-leaves-origin";
import { rule as functionUrlOptionsMethod } from "./function-url-options-method";
import { rule as gatewayResponsesWithoutCors } from "./gateway-responses-without-cors";
import { rule as getRequestWithBody } from "./get-request-with-body";
import { rule as integrationResponseIgnored } from "./integration-response-ignored";
import { rule as integrationResponseWithoutCors } from "./integration-response-without-cors";
import { rule as loadBalancerAnswerInvalid } from "./load-balancer-answer-invalid";
import { rule as mappingValueUnquoted } from "./mapping-value-unquoted";
import { rule as maxAgeBeyondBrowsers } from "./max-age-beyond-browsers";
import { rule as maxAgeOutOfRange } from "./max-age-out-of-range";
import { rule as middlewareMisplaced } from "./middleware-misplaced";
import { rule as noCorsModeHidesResponse } from "./no-cors-mode-hides-response";
import { rule as nullOriginAllowed } from "./null-origin-allowed";
import { rule as optionsMethodDuplicated } from "./options-method-duplicated";
import { rule as optionsMethodMissing } from "./options-method-missing";
import { rule as originCheckBypassable } from "./origin-check-bypassable";
import { rule as originNeverMatches } from "./origin-never-matches";
import { rule as preflightAnswerNotOk } from "./preflight-answer-not-ok";
import { rule as preflightNeedsAuthorization } from "./preflight-needs-authorization";
import { rule as preflightReachesHandler } from "./preflight-reaches-handler";
import { rule as reflectedOriginUnchecked } from "./reflected-origin-unchecked";
import { rule as requestPathNotServed } from "./request-path-not-served";
import { rule as requestRefusedByPolicy } from "./request-refused-by-policy";
import { rule as requestRefusedByResponse } from "./request-refused-by-response";
import { rule as responseHeaderNotExposed } from "./response-header-not-exposed";
import { rule as responseHeaderOnRequest } from "./response-header-on-request";
import { rule as responseWildcardWithCredentials } from "./response-wildcard-with-credentials";
import { rule as schemeWildcardWithCredentials } from "./scheme-wildcard-with-credentials";
import { rule as siteNameNotAllowed } from "./site-name-not-allowed";
import { rule as slashRedirectsRequest } from "./slash-redirects-request";
import { rule as successResponseWithoutAllowOrigin } from "./success-response-without-allow-origin";
import { rule as unhandledErrorWithoutAllowOrigin } from "./unhandled-error-without-allow-origin";
import { rule as uploadRefusedByBucket } from "./upload-refused-by-bucket";
import { rule as varyOriginMissing } from "./vary-origin-missing";
import { rule as wildcardOriginWithCredentials } from "./wildcard-origin-with-credentials";
import { rule as wildcardWithoutEffect } from "./wildcard-without-effect";
import type { Rule } from "./rule";

export const rules: readonly Rule[] = [
  allowHeadersMissing,
  allowMethodsMissing,
  allowOriginMultipleValues,
  allowOriginsMissing,
  anyOriginAllowed,
  binaryMediaBreaksPreflight,
  cdnCachesOneOrigin,
  cdnDropsOrigin,
  cdnRefusesOptions,
  corsHeaderMisspelled,
  corsHeadersIgnored,
  corsHeadersInBody,
  corsHeadersSentTwice,
  corsNotConfigured,
  corsOptionIgnored,
  credentialsValueInvalid,
  crossSiteCookieRefused,
  csrfProtectionAbsent,
  developmentOriginRefused,
  errorResponseWithoutAllowOrigin,
  fetchedRedirectLeavesOrigin,
  functionUrlOptionsMethod,
  gatewayResponsesWithoutCors,
  getRequestWithBody,
  integrationResponseIgnored,
  integrationResponseWithoutCors,
  loadBalancerAnswerInvalid,
  mappingValueUnquoted,
  maxAgeBeyondBrowsers,
  maxAgeOutOfRange,
  middlewareMisplaced,
  noCorsModeHidesResponse,
  nullOriginAllowed,
  optionsMethodDuplicated,
  optionsMethodMissing,
  originCheckBypassable,
  originNeverMatches,
  preflightAnswerNotOk,
  preflightNeedsAuthorization,
  preflightReachesHandler,
  reflectedOriginUnchecked,
  requestPathNotServed,
  requestRefusedByPolicy,
  requestRefusedByResponse,
  responseHeaderNotExposed,
  responseHeaderOnRequest,
  responseWildcardWithCredentials,
  schemeWildcardWithCredentials,
  siteNameNotAllowed,
  slashRedirectsRequest,
  successResponseWithoutAllowOrigin,
  unhandledErrorWithoutAllowOrigin,
  uploadRefusedByBucket,
  varyOriginMissing,
  wildcardOriginWithCredentials,
  wildcardWithoutEffect,
];
