/** What a case of the loop is. */
import type { PageCall } from "./page-call";

export const APP = "https://app.acmecorp.com";
/** Another page of the same site. */
export const ADMIN = "https://admin.acmecorp.com";
export const STRANGER = "https://evil.test";

export interface Loop {
  readonly rule: string;
  readonly what: string;
  /**
   * `blocked`: the page's call is blocked, and succeeds after the fix. `admitted`: a stranger's call succeeds, and is
   * blocked after the fix, while the page's own succeeds. `refused`: CDK or AWS refuses the stack, and the call succeeds
   * after the fix.
   */
  readonly kind: "blocked" | "admitted" | "refused";
  /** `/stack.ts`, `/lambda/…`, and `/web/page.ts` where the page's own code is broken. */
  readonly files: ReadonlyMap<string, string>;
  /** The stack in Python: the same fix leaves the same model. */
  readonly twin?: string;
  readonly call: PageCall;
  /** The page's origin. */
  readonly origin: string;
  /** Another page makes the same call before, so that a cache has its answer. */
  readonly before?: string;
  /** `admitted`: who reads, and should not. */
  readonly stranger?: { readonly origin: string; readonly sandboxed: boolean };
  /** What the page reads in the end. */
  readonly reads: { readonly status: number; readonly body: string };
  /** Chromium's sentence here, where the rule has several and quotes another. */
  readonly says?: string;
  /** What a person makes of it, where the rule offers no fix: the files that change. */
  readonly byHand?: ReadonlyMap<string, string>;
  /** Fixes that give the call up, by title: the page has to make this one instead. */
  readonly otherwise?: Readonly<Record<string, PageCall>>;
  /** What AWS does not document about the answers, and the verdict does not depend on. */
  readonly inDoubt?: RegExp;
}
