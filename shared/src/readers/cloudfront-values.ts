/** What a distribution does with the request's Origin, whoever describes it: code of CDK, or a template. */
import type { Span } from "../ir/span";
import type { Value } from "../model/model";

/** What a policy, or settings of a behaviour, say of Origin. */
export interface OriginUse {
  /** Sent to the origin server. */
  readonly forwards: Value<boolean>;
  /** In the cache key, or nothing is cached. */
  readonly keyed: Value<boolean>;
}

export const sure = (value: boolean, at: Span): Value<boolean> => ({ kind: "known", value, at });
export const unsure = (because: string, at: Span): Value<boolean> => ({
  kind: "unknown",
  because,
  at,
});

/** Whether one of the two holds. */
export function anyOf(a: Value<boolean>, b: Value<boolean>): Value<boolean> {
  if (a.kind === "known" && a.value) return a;
  if (b.kind === "known" && b.value) return b;
  return a.kind === "known" ? b : a;
}
