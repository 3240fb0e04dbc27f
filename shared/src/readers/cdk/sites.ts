/** Distributions that serve pages: a root object out of a bucket. */
import type { AbstractValue } from "../../interpreter/core/values";
import type { Site } from "../../model/site";
import { callProps, classOf, externOf, toProps, toStrings } from "../library-value";
import type { Reader } from "./reader";

export function readSites({ calls }: Reader): readonly Site[] {
  return calls.all.flatMap((value): readonly Site[] => {
    if (!/^cdk\.aws_cloudfront\.Distribution$/.test(classOf(value) ?? "")) return [];
    const { slots, open } = callProps(value, 2);
    if (!slots.has("defaultRootObject") || !isOfBucket(slots.get("defaultBehavior")?.value))
      return [];
    const names = slots.get("domainNames");
    const because = open ?? (names?.maybe ? "set on some ways only" : undefined);
    if (because !== undefined)
      return [{ at: value.at, names: { kind: "unknown", because, at: value.at } }];
    return [{ at: value.at, ...(names ? { names: toStrings(names.value) } : {}) }];
  });
}

function isOfBucket(behavior: AbstractValue | undefined): boolean {
  const origin = externOf(toProps(behavior)?.slots.get("origin")?.value);
  return origin !== undefined && /\.S3\w*Origin\b/.test(classOf(origin) ?? "");
}
