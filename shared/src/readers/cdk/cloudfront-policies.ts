/**
 * What CloudFront's cache, origin request and response headers policies do with the Origin header. Contents of managed
 * policies: CloudFront developer guide, "Use managed cache/origin request/response headers policies".
 */
import { sure, unsure, type OriginUse } from "../cloudfront-values";
import type { ExternValue, Property, AbstractValue } from "../../interpreter/core/values";
import type { CorsPolicy, Strings, Value } from "../../model/model";
import type { Span } from "../../ir/span";
import { callProps, classOf, externOf, isString, toSeconds, toValue } from "../library-value";
import type { Props } from "../library-value";
import { readPolicies } from "./policy";

/** The managed policy's name, as `CACHING_DISABLED` of `CachePolicy.CACHING_DISABLED`. */
function managedName(value: ExternValue | undefined): string | undefined {
  return value?.made.by === "member" && /^[A-Z][A-Z0-9_]+$/.test(value.made.name)
    ? value.made.name
    : undefined;
}

/** What a cache policy does; without one it is `CACHING_OPTIMIZED`. */
export function cachePolicy(
  slot: Property | undefined,
  open: string | undefined,
  at: Span,
): OriginUse {
  if (!slot || isNothing(slot.value)) {
    if (open !== undefined) return { forwards: unsure(open, at), keyed: unsure(open, at) };
    return { forwards: sure(false, at), keyed: sure(false, at) };
  }
  const place = slot.value.at;
  const unseen: OriginUse = {
    forwards: unsure("the cache policy cannot be seen", place),
    keyed: unsure("the cache policy cannot be seen", place),
  };
  if (slot.maybe) return unseen;
  const value = externOf(slot.value);
  const managed = managedName(value);
  if (managed !== undefined) return managedCache(managed, place) ?? unseen;
  if (!value || !/\.CachePolicy$/.test(classOf(value) ?? "")) return unseen;
  const props = callProps(value, 2);
  const listed = headersOf(props.slots.get("headerBehavior"), props.open, place);
  return { forwards: listed, keyed: neverCaches(props) ? sure(true, place) : listed };
}

function managedCache(name: string, at: Span): OriginUse | undefined {
  switch (name) {
    case "CACHING_DISABLED":
      return { forwards: sure(false, at), keyed: sure(true, at) };
    case "CACHING_OPTIMIZED":
    case "CACHING_OPTIMIZED_FOR_UNCOMPRESSED_OBJECTS":
    case "AMPLIFY":
      return { forwards: sure(false, at), keyed: sure(false, at) };
    case "ELEMENTAL_MEDIA_PACKAGE":
      return { forwards: sure(true, at), keyed: sure(true, at) };
    default:
      return undefined;
  }
}

function neverCaches(props: Props): boolean {
  const slot = props.slots.get("maxTtl");
  const seconds = slot && toSeconds(slot.value);
  return seconds?.kind === "known" && seconds.value === 0;
}

/** Whether an origin request policy sends Origin to the origin server; without one none does. */
export function originRequestPolicy(
  slot: Property | undefined,
  open: string | undefined,
  at: Span,
): Value<boolean> {
  if (!slot || isNothing(slot.value))
    return open === undefined ? sure(false, at) : unsure(open, at);
  const place = slot.value.at;
  const value = externOf(slot.value);
  if (slot.maybe) return unsure("set on some ways only", place);
  switch (managedName(value)) {
    case "ALL_VIEWER":
    case "ALL_VIEWER_AND_CLOUDFRONT_2022":
    case "ALL_VIEWER_EXCEPT_HOST_HEADER":
    case "CORS_CUSTOM_ORIGIN":
    case "CORS_S3_ORIGIN":
    case "ELEMENTAL_MEDIA_TAILOR":
      return sure(true, place);
    case "USER_AGENT_REFERER_HEADERS":
    case "HOST_HEADER_ONLY":
      return sure(false, place);
    default:
      break;
  }
  if (!value || !/\.OriginRequestPolicy$/.test(classOf(value) ?? ""))
    return unsure("the origin request policy cannot be seen", place);
  const props = callProps(value, 2);
  return headersOf(props.slots.get("headerBehavior"), props.open, place);
}

/** `CacheHeaderBehavior.allowList("Origin")`, `OriginRequestHeaderBehavior.all()`, …: whether Origin is among them. */
function headersOf(slot: Property | undefined, open: string | undefined, at: Span): Value<boolean> {
  if (!slot) return open === undefined ? sure(false, at) : unsure(open, at);
  const value = externOf(slot.value);
  const name = value && /HeaderBehavior\.(\w+)$/.exec(classOf(value) ?? "")?.[1];
  if (value?.made.by !== "call" || name === undefined || slot.maybe)
    return unsure("the headers cannot be seen", slot.value.at);
  if (name === "none") return sure(false, slot.value.at);
  if (name === "all") return sure(true, slot.value.at);
  const { positional, open: more } = value.made.args;
  const texts = positional.map((item) => toValue(item, isString));
  const listed = texts.some(
    (text) => text.kind === "known" && text.value.toLowerCase() === "origin",
  );
  if (!listed && (more !== undefined || texts.some((text) => text.kind !== "known"))) {
    return unsure("the headers cannot be seen", slot.value.at);
  }
  return sure(listed === (name === "allowList"), slot.value.at);
}

/** The CORS part of a response headers policy: its own, or that of a managed one; `undefined` when it has none. */
export function responseHeadersPolicy(val: AbstractValue | undefined): CorsPolicy | undefined {
  const value = externOf(val);
  if (!value) return undefined;
  const managed = managedName(value);
  if (managed !== undefined)
    return /^CORS_ALLOW_ALL_ORIGINS/.test(managed) ? managedHeaders(value, managed) : undefined;
  if (!isHeadersPolicy(value)) return undefined;
  const slot = callProps(value, 2).slots.get("corsBehavior");
  const [policy] =
    (slot && readPolicies(slot.value, "responseHeadersPolicy", value.language, slot.name)) ?? [];
  return policy && slot?.maybe ? { ...policy, conditional: true } : policy;
}

export function isHeadersPolicy(value: ExternValue): boolean {
  return /^cdk\.aws_cloudfront\.ResponseHeadersPolicy$/.test(classOf(value) ?? "");
}

function managedHeaders(value: ExternValue, name: string): CorsPolicy {
  const { at, language } = value;
  const field = <T>(of: T): { name: Span; entry: Span; value: T } => ({
    name: at,
    entry: at,
    value: of,
  });
  const texts = (items: readonly string[]): Strings => ({
    kind: "known",
    value: items.map((item) => ({ kind: "known", value: item, at })),
    at,
  });
  const preflight = name.includes("PREFLIGHT");
  return {
    form: "responseHeadersPolicy",
    language,
    at,
    allowOrigins: field(texts(["*"])),
    allowCredentials: field(sure(false, at)),
    originOverride: field(sure(false, at)),
    ...(preflight
      ? {
          allowMethods: field(texts(["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"])),
          exposeHeaders: field(texts(["*"])),
        }
      : {}),
    ignored: [],
    complete: false,
    because: "a policy that AWS manages",
  };
}

function isNothing(val: AbstractValue): boolean {
  return val.t === "const" && val.value === undefined;
}
