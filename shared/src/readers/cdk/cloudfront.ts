/** CloudFront behaviours that lead to APIs of the model. */
import { anyOf } from "../cloudfront-values";
import type { ExternValue, Property, AbstractValue } from "../../interpreter/core/values";
import type { CorsPolicy, CloudFrontBehavior, Strings, Value } from "../../model/model";
import type { Span } from "../../ir/span";
import {
  cachePolicy,
  isHeadersPolicy,
  originRequestPolicy,
  responseHeadersPolicy,
} from "./cloudfront-policies";
import {
  argument,
  callProps,
  classOf,
  externOf,
  isString,
  methodCall,
  toProps,
  toValue,
} from "../library-value";
import type { Props } from "../library-value";
import type { Reader } from "./reader";
import { madeOf } from "./traces";

/** What CloudFront has to do with CORS. */
export interface CloudFront {
  /** Behaviours by the id of the API that they lead to. */
  readonly behaviors: ReadonlyMap<string, readonly CloudFrontBehavior[]>;
  /** Response headers policies that stand before no API of the model. */
  readonly policies: readonly CorsPolicy[];
}

/** Reads the distributions; call it when all APIs are known to the reader. */
export function readCloudFront(reader: Reader): CloudFront {
  const behaviors = new Map<string, CloudFrontBehavior[]>();
  const used = new Set<ExternValue>();
  for (const distribution of reader.calls.all) {
    for (const { api, behavior: behavior, headers } of boundBehaviorsOf(reader, distribution)) {
      behaviors.set(api, [...(behaviors.get(api) ?? []), behavior]);
      if (headers) used.add(headers);
    }
  }
  const policies = reader.calls.all
    .filter((value) => isHeadersPolicy(value) && !used.has(value))
    .flatMap((value) => responseHeadersPolicy(value) ?? []);
  return { behaviors: behaviors, policies };
}

interface BoundBehavior {
  readonly api: string;
  readonly behavior: CloudFrontBehavior;
  readonly headers?: ExternValue;
}

function boundBehaviorsOf(reader: Reader, value: ExternValue): readonly BoundBehavior[] {
  const cls = classOf(value) ?? "";
  if (/^cdk\.aws_cloudfront\.CloudFrontWebDistribution$/.test(cls))
    return legacyBoundBehaviors(reader, value);
  if (!/^cdk\.aws_cloudfront\.Distribution$/.test(cls)) return [];
  const behaviours = writtenBehaviorsOf(reader, value);
  const apis = behaviours.map(({ origin }) => apiOf(reader, origin));
  const servesPages = behaviours.some(
    ({ origin, isDefault }, index) =>
      apis[index] === undefined && (isDefault === true || isBucket(origin)),
  );
  return behaviours.flatMap((behaviour, index) => {
    const api = apis[index];
    return api === undefined ? [] : [{ api, ...behaviorOf(behaviour, servesPages) }];
  });
}

/** Pages lie in a bucket; what else a behaviour leads to may be any server. */
function isBucket(origin: AbstractValue | undefined): boolean {
  const value = externOf(origin);
  const cls = (value && classOf(value)) ?? "";
  if (/\.OriginGroup$/.test(cls) && value)
    return isBucket(callProps(value, 0).slots.get("primaryOrigin")?.value);
  return /\.S3\w*Origin\b/.test(cls);
}

interface WrittenBehavior {
  readonly at: Span;
  /** It takes what no other one does. */
  readonly isDefault?: true;
  readonly pathPattern?: Value<string>;
  readonly origin: AbstractValue | undefined;
  readonly props: Props;
}

/** The default behaviour, the additional ones, and those that `addBehavior` adds. */
function writtenBehaviorsOf(reader: Reader, distribution: ExternValue): readonly WrittenBehavior[] {
  const props = callProps(distribution, 2);
  const main = props.slots.get("defaultBehavior");
  const additional = props.slots.get("additionalBehaviors")?.value;
  const slots = additional?.t === "object" ? [...additional.props] : [];
  const added = (reader.calls.on.get(distribution) ?? []).filter(
    (call) => methodCall(call)?.name === "addBehavior",
  );
  return [
    ...(main ? [{ ...inOptions(main), isDefault: true as const }] : []),
    ...slots.map(([path, slot]) => ({
      ...inOptions(slot),
      pathPattern: { kind: "known", value: path, at: slot.name } as const,
    })),
    ...added.map((call) => {
      const path = argument(call, 0, "pathPattern");
      return {
        at: call.at,
        ...(path ? { pathPattern: toValue(path, isString) } : {}),
        origin: argument(call, 1, "origin"),
        props: callProps(call, 2),
      };
    }),
  ];
}

function inOptions(slot: Property): WrittenBehavior {
  const props: Props = toProps(slot.value) ?? {
    slots: new Map(),
    open: "the behaviour cannot be seen",
    at: slot.name,
  };
  return { at: slot.name, origin: props.slots.get("origin")?.value, props };
}

/** The API that an origin's domain is made of; `undefined` for other servers and for what cannot be told. */
function apiOf(reader: Reader, origin: AbstractValue | undefined): string | undefined {
  const value = externOf(origin);
  if (!origin || !value) return undefined;
  // The second choice of a group answers only when the first fails.
  const first = /\.OriginGroup$/.test(classOf(value) ?? "")
    ? callProps(value, 0).slots.get("primaryOrigin")?.value
    : origin;
  if (!first || !/^cdk\.aws_cloudfront/.test(externOf(first)?.path ?? "")) return undefined;
  const [api] = madeOf(first, (part) => reader.apis.has(part));
  return api && reader.apis.get(api);
}

function behaviorOf(
  { at, pathPattern, props }: WrittenBehavior,
  servesPages: boolean,
): Omit<BoundBehavior, "api"> {
  const { slots, open, block } = props;
  const methods = slots.get("allowedMethods");
  const cache = cachePolicy(slots.get("cachePolicy"), open, at);
  const requested = originRequestPolicy(slots.get("originRequestPolicy"), open, at);
  const headers = slots.get("responseHeadersPolicy")?.value;
  const policy = responseHeadersPolicy(headers);
  const behavior: CloudFrontBehavior = {
    at,
    ...(pathPattern ? { pathPattern } : {}),
    allowedMethods: methodsOf(methods, open, at),
    ...(methods ? { allowedMethodsAt: methods.value.at } : {}),
    forwardsOrigin: anyOf(requested, cache.forwards),
    originInCacheKey: cache.keyed,
    ...(policy ? { responseHeadersPolicy: policy } : {}),
    servesPages,
    ...(block ? { block } : {}),
  };
  const used = externOf(headers);
  return { behavior: behavior, ...(used ? { headers: used } : {}) };
}

const methodLists: Readonly<Record<string, readonly string[]>> = {
  ALLOW_GET_HEAD: ["GET", "HEAD"],
  ALLOW_GET_HEAD_OPTIONS: ["GET", "HEAD", "OPTIONS"],
  ALLOW_ALL: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
};

/** `AllowedMethods.ALLOW_ALL`; GET and HEAD unless told otherwise. */
function methodsOf(slot: Property | undefined, open: string | undefined, at: Span): Strings {
  const texts = (names: readonly string[], place: Span): Strings => ({
    kind: "known",
    value: names.map((name) => ({ kind: "known", value: name, at: place })),
    at: place,
  });
  if (!slot)
    return open === undefined
      ? texts(methodLists["ALLOW_GET_HEAD"] ?? [], at)
      : { kind: "unknown", because: open, at };
  const branches = slot.value.t === "oneOf" ? slot.value.of : [slot.value];
  const lists = branches.map((branch): Strings => {
    const value = externOf(branch);
    const names = value?.made.by === "member" ? methodLists[value.made.name] : undefined;
    return names
      ? texts(names, branch.at)
      : { kind: "unknown", because: "the methods cannot be seen", at: branch.at };
  });
  const [only] = lists;
  return lists.length === 1 && only ? only : { kind: "oneOf", of: lists, at: slot.value.at };
}

/** `CloudFrontWebDistribution`: which paths lead to an API is told, what they forward is not. */
function legacyBoundBehaviors(reader: Reader, distribution: ExternValue): readonly BoundBehavior[] {
  const configs = callProps(distribution, 2).slots.get("originConfigs")?.value;
  const origins = configs?.t === "array" ? configs.items : [];
  const apis = origins.map((origin) => {
    const [found] = madeOf(origin, (part) => reader.apis.has(part));
    return found && reader.apis.get(found);
  });
  const servesPages = origins.some(
    (origin, index) =>
      apis[index] === undefined && (toProps(origin)?.slots.has("s3OriginSource") ?? true),
  );
  return origins.flatMap((origin, index) => {
    const api = apis[index];
    const behaviours = toProps(origin)?.slots.get("behaviors")?.value;
    if (api === undefined || behaviours?.t !== "array") return [];
    return behaviours.items.map((behaviour) => ({
      api,
      behavior: legacyBehavior(behaviour, distribution.at, servesPages),
    }));
  });
}

function legacyBehavior(
  behaviour: AbstractValue,
  at: Span,
  servesPages: boolean,
): CloudFrontBehavior {
  const path = toProps(behaviour)?.slots.get("pathPattern")?.value;
  const unseen = {
    kind: "unknown",
    because: "settings of a `CloudFrontWebDistribution`",
    at,
  } as const;
  return {
    at,
    ...(path ? { pathPattern: toValue(path, isString) } : {}),
    allowedMethods: unseen,
    forwardsOrigin: unseen,
    originInCacheKey: unseen,
    servesPages,
  };
}
