/** S3 buckets: each CORS rule is a policy. */
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { CorsPolicy } from "../../model/model";
import type { Span } from "../../ir/span";
import { argument, callProps, classOf, methodCall, toProps } from "../library-value";
import { readPolicies, readPolicy } from "./policy";
import type { Reader } from "./reader";
import { conditionalMark } from "./reader";

/** Reads `new Bucket(…, { cors: […] })` and `bucket.addCorsRule(…)`, in the order in which S3 tries the rules. */
export function readBuckets(reader: Reader): CorsPolicy[] {
  return reader.calls.all.filter(isBucket).flatMap((bucket) => {
    const slot = callProps(bucket, 2).slots.get("cors");
    const calls = (reader.calls.on.get(bucket) ?? []).filter(
      (call) => methodCall(call)?.name === "addCorsRule",
    );
    const added = calls.flatMap((call) => {
      const given = argument(call, 0, "rule");
      const props = toProps(given) ?? callProps(call, 0);
      const policy = {
        ...readPolicy(props, "bucket", call.language, call.at),
        ...conditionalMark(reader, call),
      };
      return [policy];
    });
    return [...(slot ? rulesIn(slot.value, slot.name, bucket) : []), ...added];
  });
}

function isBucket(value: ExternValue): boolean {
  return /^cdk\.aws_s3\.Bucket$/.test(classOf(value) ?? "");
}

function rulesIn(rules: AbstractValue, at: Span, bucket: ExternValue): readonly CorsPolicy[] {
  switch (rules.t) {
    case "array":
      return rules.items.flatMap((rule) => {
        const isMaybe = rule.t === "maybe";
        const policies =
          readPolicies(isMaybe ? rule.of : rule, "bucket", bucket.language, at) ?? [];
        return isMaybe ? policies.map((policy) => ({ ...policy, conditional: true })) : policies;
      });
    case "oneOf":
      return rules.of
        .flatMap((branch) => rulesIn(branch, at, bucket))
        .map((policy) => ({ ...policy, conditional: true }));
    default:
      return [];
  }
}
