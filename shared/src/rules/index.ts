/** Every rule, in order of id. Written by `npm run generate`. */
import { rule as allowHeadersMissing } from "./allow-headers-missing";
import { rule as allowMethodsMissing } from "./allow-methods-missing";
import { rule as allowOriginsMissing } from "./allow-origins-missing";
import { rule as anyOriginAllowed } from "./any-origin-allowed";
import { rule as corsOptionIgnored } from "./cors-option-ignored";
import { rule as csrfProtectionAbsent } from "./csrf-protection-absent";
import { rule as maxAgeBeyondBrowsers } from "./max-age-beyond-browsers";
import { rule as maxAgeOutOfRange } from "./max-age-out-of-range";
import { rule as originNeverMatches } from "./origin-never-matches";
import { rule as schemeWildcardWithCredentials } from "./scheme-wildcard-with-credentials";
import { rule as wildcardOriginWithCredentials } from "./wildcard-origin-with-credentials";
import { rule as wildcardWithoutEffect } from "./wildcard-without-effect";
import type { Rule } from "./rule";

export const rules: readonly Rule[] = [
  allowHeadersMissing,
  allowMethodsMissing,
  allowOriginsMissing,
  anyOriginAllowed,
  corsOptionIgnored,
  csrfProtectionAbsent,
  maxAgeBeyondBrowsers,
  maxAgeOutOfRange,
  originNeverMatches,
  schemeWildcardWithCredentials,
  wildcardOriginWithCredentials,
  wildcardWithoutEffect,
];
