/** S3 buckets: each CORS rule is a policy. */
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { Bucket } from "../../model/bucket";
import type { CorsPolicy } from "../../model/model";
import type { Span } from "../../ir/span";
import {
  argument,
  callProps,
  classOf,
  isString,
  methodCall,
  toProps,
  toValue,
} from "../library-value";
import { readPolicies, readPolicy } from "./policy";
import type { Reader } from "./reader";
import { conditionalMark, freshId } from "./reader";

/** Reads the buckets that the program makes, by the library objects that make them. */
export function readBuckets(reader: Reader): ReadonlyMap<ExternValue, Bucket> {
  return new Map(
    reader.calls.all.filter(isBucket).map((value) => [value, readBucket(reader, value)]),
  );
}

function isBucket(value: ExternValue): boolean {
  return /^cdk\.aws_s3\.(Cfn)?Bucket$/.test(classOf(value) ?? "");
}

const isLow = (value: ExternValue): boolean => (classOf(value) ?? "").endsWith(".CfnBucket");

/** `new Bucket(…, { cors: […] })` and `addCorsRule(…)`; `new CfnBucket(…, { corsConfiguration: { corsRules: […] } })`. */
function readBucket(reader: Reader, value: ExternValue): Bucket {
  const props = callProps(value, 2);
  const name = argument(value, 1, "id");
  const id = name && toValue(name, isString);
  const called = id?.kind === "known" ? id.value : (value.name ?? "Bucket");
  const physical = props.slots.get("bucketName")?.value;
  const { rules, open } = rulesOf(reader, value);
  return {
    id: freshId(reader, `${value.at.file}#${called}`),
    name: called,
    language: value.language,
    at: value.at,
    call: value.made.by === "call" ? value.made.args.at : value.at,
    rules,
    ...(open === undefined ? {} : { open }),
    ...(physical?.t === "const" && typeof physical.value === "string"
      ? { physicalName: physical.value }
      : {}),
    ...(isLow(value) ? {} : { takesRules: true as const }),
  };
}

function rulesOf(reader: Reader, value: ExternValue): Pick<Bucket, "rules" | "open"> {
  const props = callProps(value, 2);
  const outer = props.slots.get(isLow(value) ? "corsConfiguration" : "cors");
  const inner = isLow(value) ? toProps(outer?.value) : undefined;
  const slot = isLow(value) ? inner?.slots.get("corsRules") : outer;
  const calls = (reader.calls.on.get(value) ?? []).filter(
    (call) => methodCall(call)?.name === "addCorsRule",
  );
  const added = calls.map((call) => ({
    ...readPolicy(
      toProps(argument(call, 0, "rule")) ?? callProps(call, 0),
      "bucket",
      call.language,
      call.at,
    ),
    ...conditionalMark(reader, call),
  }));
  const listed = slot
    ? rulesIn(slot.value, slot.name, value)
    : { rules: [], open: outer && isLow(value) ? "rules that cannot be seen" : undefined };
  const isSet = reader.run.events.some(
    (event) => event.k === "set" && event.of === value && event.name === "corsConfiguration",
  );
  const open =
    props.open ??
    inner?.open ??
    listed.open ??
    (slot?.maybe ? "set on some ways only" : undefined) ??
    (isSet ? "`corsConfiguration` is set later" : undefined) ??
    reader.escaped(value) ??
    reader.overridden(value, "CorsConfiguration") ??
    (setsRulesLater(reader) ? "a custom resource calls `putBucketCors`" : undefined);
  return { rules: [...listed.rules, ...added], ...(open === undefined ? {} : { open }) };
}

/** `new AwsCustomResource(…, { onCreate: { service: "S3", action: "putBucketCors", … } })` */
function setsRulesLater({ calls }: Reader): boolean {
  return calls.all.some((value) => {
    if (!/^cdk\.custom_resources\.AwsCustomResource$/.test(classOf(value) ?? "")) return false;
    const { slots } = callProps(value, 2);
    return ["onCreate", "onUpdate"].some((event) => {
      const action = toProps(slots.get(event)?.value)?.slots.get("action")?.value;
      return action?.t === "const" && /^putBucketCors/i.test(String(action.value));
    });
  });
}

interface Listed {
  readonly rules: readonly CorsPolicy[];
  readonly open: string | undefined;
}

function rulesIn(rules: AbstractValue, at: Span, bucket: ExternValue): Listed {
  const unseen = "rules that cannot be seen";
  switch (rules.t) {
    case "array": {
      let open = rules.open;
      const found = rules.items.flatMap((rule) => {
        const isMaybe = rule.t === "maybe";
        const policies = readPolicies(isMaybe ? rule.of : rule, "bucket", bucket.language, at);
        if (policies === undefined) open ??= unseen;
        return (policies ?? []).map((policy) =>
          isMaybe ? { ...policy, conditional: true as const } : policy,
        );
      });
      return { rules: found, open };
    }
    case "oneOf": {
      const all = rules.of.map((branch) => rulesIn(branch, at, bucket));
      const found = all.flatMap((one) => one.rules);
      return {
        rules: found.map((policy) => ({ ...policy, conditional: true as const })),
        open: all.find((one) => one.open !== undefined)?.open ?? "a condition decides",
      };
    }
    default:
      return { rules: [], open: unseen };
  }
}
