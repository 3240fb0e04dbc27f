/**
 * CloudFront behaviours that lead to APIs of the template. Ids of managed policies: CloudFront developer guide, "Use
 * managed cache/origin request/response headers policies".
 */
import { anyOf, sure, unsure, type OriginUse } from "../cloudfront-values";
import type { Span } from "../../ir/span";
import { entryOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeEntry, TreeNode } from "../../ir/tree";
import type { CloudFrontBehavior, CorsPolicy, Strings, Value } from "../../model/model";
import { choicesOf, onlyNode, stringsOf, textOf } from "./intrinsics";
import { intrinsicOf, mentionsOf } from "./mentions";
import { numberOf } from "./scalars";
import { cdnNames, readPolicy } from "./policy";
import { existing } from "./reader";
import type { TemplateReader } from "./reader";
import type { Template } from "./template";

export interface TemplateCloudFront {
  /** Behaviours by the logical id of the API that they lead to. */
  readonly behaviors: ReadonlyMap<string, readonly CloudFrontBehavior[]>;
  /** Response headers policies that stand before no API of the template. */
  readonly policies: readonly CorsPolicy[];
}

/** Reads the distributions; `apis` are the logical ids of APIs. */
export function readCloudFront(
  { template }: TemplateReader,
  apis: ReadonlySet<string>,
): TemplateCloudFront {
  const behaviors = new Map<string, CloudFrontBehavior[]>();
  const used = new Set<string>();
  for (const distribution of existing(template, "AWS::CloudFront::Distribution")) {
    const config = onlyNode(template, valueAt(distribution.props, "DistributionConfig"));
    const written = behaviorsOf(template, config);
    const targets = written.map(({ node }) => originOf(template, config, node));
    const owners = targets.map((origin) =>
      mentionsOf(valueAt(origin, "DomainName")).find((id) => apis.has(id)),
    );
    const servesPages = targets.some(
      (origin, index) =>
        owners[index] === undefined &&
        (written[index]?.isDefault === true || isBucket(template, origin)),
    );
    for (const [index, each] of written.entries()) {
      const api = owners[index];
      if (api === undefined) continue;
      const [headers] = mentionsOf(valueAt(each.node, "ResponseHeadersPolicyId"));
      if (headers !== undefined) used.add(headers);
      behaviors.set(api, [...(behaviors.get(api) ?? []), behaviorOf(template, each, servesPages)]);
    }
  }
  const policies = existing(template, headersPolicy)
    .filter(({ id }) => !used.has(id))
    .flatMap(({ id }) => responseHeaders(template, id) ?? []);
  return { behaviors, policies };
}

const headersPolicy = "AWS::CloudFront::ResponseHeadersPolicy";

interface Written {
  readonly node: TreeNode;
  readonly at: Span;
  readonly isDefault?: true;
}

function behaviorsOf(template: Template, config: TreeNode | undefined): readonly Written[] {
  const main = entryOf(config, "DefaultCacheBehavior");
  const others = entryOf(config, "CacheBehaviors");
  const items = itemsOf(others && onlyNode(template, others.value)).flatMap((item) =>
    choicesOf(template, item).flatMap(({ node }) => (node ? [node] : [])),
  );
  return [
    ...(main ? [{ node: main.value, at: main.keyAt, isDefault: true as const }] : []),
    ...items.map((node) => ({ node, at: entryOf(node, "PathPattern")?.value.at ?? node.at })),
  ];
}

function originOf(
  template: Template,
  config: TreeNode | undefined,
  behavior: TreeNode,
): TreeNode | undefined {
  const target = nameOf(valueAt(behavior, "TargetOriginId"));
  const origins = itemsOf(valueAt(config, "Origins"));
  const nodes = origins.flatMap((origin) =>
    choicesOf(template, origin).flatMap(({ node }) => (node ? [node] : [])),
  );
  return nodes.find((origin) => target !== undefined && nameOf(valueAt(origin, "Id")) === target);
}

/** A name that only has to be the same in two places: a text, or the same function of the template. */
function nameOf(node: TreeNode | undefined): string | undefined {
  return (
    node &&
    JSON.stringify(node, (key, value: unknown) =>
      /^(at|keyAt|inside)$/.test(key) ? undefined : value,
    )
  );
}

function isBucket(template: Template, origin: TreeNode | undefined): boolean {
  return (
    entryOf(origin, "S3OriginConfig") !== undefined ||
    entryOf(origin, "OriginAccessControlId") !== undefined ||
    mentionsOf(valueAt(origin, "DomainName")).some(
      (id) => template.resources.get(id)?.type === "AWS::S3::Bucket",
    )
  );
}

function behaviorOf(
  template: Template,
  { node, at }: Written,
  servesPages: boolean,
): CloudFrontBehavior {
  const pattern = entryOf(node, "PathPattern");
  const methods = entryOf(node, "AllowedMethods");
  const forwarded = entryOf(node, "ForwardedValues");
  const cache = forwarded
    ? legacyCache(template, node, forwarded)
    : cachePolicy(template, entryOf(node, "CachePolicyId"), at);
  const requested = forwarded
    ? cache.forwards
    : originRequest(template, entryOf(node, "OriginRequestPolicyId"), at);
  const [headers] = mentionsOf(valueAt(node, "ResponseHeadersPolicyId"));
  const policy = headers === undefined ? undefined : responseHeaders(template, headers);
  return {
    at,
    ...(pattern ? { pathPattern: textOf(template, pattern.value) } : {}),
    allowedMethods: methods ? stringsOf(template, methods.value) : getAndHead(at),
    ...(methods ? { allowedMethodsAt: methods.value.at } : {}),
    forwardsOrigin: anyOf(requested, cache.forwards),
    originInCacheKey: cache.keyed,
    ...(policy ? { responseHeadersPolicy: policy } : {}),
    servesPages,
    block: node.at,
  };
}

function getAndHead(at: Span): Strings {
  return {
    kind: "known",
    value: ["GET", "HEAD"].map((value) => ({ kind: "known", value, at })),
    at,
  };
}

const both = (forwards: boolean, keyed: boolean, at: Span): OriginUse => ({
  forwards: sure(forwards, at),
  keyed: sure(keyed, at),
});

const managedCaches: Readonly<Record<string, readonly [forwards: boolean, keyed: boolean]>> = {
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": [false, true], // CachingDisabled
  "658327ea-f89d-4fab-a63d-7e88639e58f6": [false, false], // CachingOptimized
  "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": [false, false], // CachingOptimizedForUncompressedObjects
  "08627262-05a9-4f76-9ded-b50ca2e3a84f": [true, true], // Elemental-MediaPackage
};

function cachePolicy(template: Template, entry: TreeEntry | undefined, at: Span): OriginUse {
  if (!entry) return both(false, false, at);
  const place = entry.value.at;
  const managed = managedCaches[scalarText(entry.value) ?? ""];
  if (managed) return both(...managed, place);
  const because = "the cache policy cannot be seen";
  const unseen = { forwards: unsure(because, place), keyed: unsure(because, place) };
  const config = configOf(template, entry, "AWS::CloudFront::CachePolicy", "CachePolicyConfig");
  if (!config) return unseen;
  const headers = valueAt(config, "ParametersInCacheKeyAndForwardedToOrigin", "HeadersConfig");
  const listed = listsOrigin(
    template,
    valueAt(headers, "Headers"),
    scalarText(valueAt(headers, "HeaderBehavior")),
    place,
  );
  return {
    forwards: listed,
    keyed: neverCaches(template, valueAt(config, "MaxTTL")) ? sure(true, place) : listed,
  };
}

function neverCaches(template: Template, node: TreeNode | undefined): boolean {
  const seconds = node && numberOf(template, node);
  return seconds?.kind === "known" && seconds.value === 0;
}

function configOf(
  template: Template,
  entry: TreeEntry,
  type: string,
  name: string,
): TreeNode | undefined {
  const [id] = mentionsOf(onlyNode(template, entry.value));
  const resource = template.resources.get(id ?? "");
  return resource?.type === type ? valueAt(resource.props, name) : undefined;
}

const managedRequests: Readonly<Record<string, boolean>> = {
  "216adef6-5c7f-47e4-b989-5492eafa07d3": true, // AllViewer
  "33f36d7e-f396-46d9-90e0-52428a34d9dc": true, // AllViewerAndCloudFrontHeaders-2022-06
  "b689b0a8-53d0-40ab-baf2-68738e2966ac": true, // AllViewerExceptHostHeader
  "59781a5b-3903-41f3-afcb-af62929ccde1": true, // CORS-CustomOrigin
  "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": true, // CORS-S3Origin
  "775133bc-15f2-49f9-abea-afb2e0bf67d2": true, // Elemental-MediaTailor-PersonalizedManifests
  "acba4595-bd28-49b8-b9fe-13317c0390fa": false, // UserAgentRefererHeaders
  "bf0718e1-ba1e-49d1-88b1-f726733018ae": false, // HostHeaderOnly
};

function originRequest(template: Template, entry: TreeEntry | undefined, at: Span): Value<boolean> {
  if (!entry) return sure(false, at);
  const place = entry.value.at;
  const managed = managedRequests[scalarText(entry.value) ?? ""];
  if (managed !== undefined) return sure(managed, place);
  const config = configOf(
    template,
    entry,
    "AWS::CloudFront::OriginRequestPolicy",
    "OriginRequestPolicyConfig",
  );
  if (!config) return unsure("the origin request policy cannot be seen", place);
  const headers = valueAt(config, "HeadersConfig");
  return listsOrigin(
    template,
    valueAt(headers, "Headers"),
    scalarText(valueAt(headers, "HeaderBehavior")),
    place,
  );
}

/** Whether `Origin` is among the headers, whatever the list is for. */
function listsOrigin(
  template: Template,
  headers: TreeNode | undefined,
  behavior: string | undefined,
  at: Span,
): Value<boolean> {
  if (behavior === "none") return sure(false, at);
  if (behavior === "allViewer" || behavior === "allViewerAndWhitelistCloudFront")
    return sure(true, at);
  const list = headers && stringsOf(template, headers);
  if (list?.kind !== "known" || list.value.some((item) => item.kind !== "known"))
    return unsure("the headers cannot be seen", at);
  const isListed = list.value.some(
    (item) => item.kind === "known" && item.value.toLowerCase() === "origin",
  );
  if (behavior === "whitelist") return sure(isListed, at);
  return behavior === "allExcept" ? sure(!isListed, at) : unsure("the headers cannot be seen", at);
}

/** `ForwardedValues` of old: headers that are forwarded are in the cache key too, `*` turns caching off. */
function legacyCache(template: Template, behavior: TreeNode, forwarded: TreeEntry): OriginUse {
  const at = forwarded.keyAt;
  const headers = valueAt(forwarded.value, "Headers");
  if (intrinsicOf(forwarded.value)) {
    const unseen = unsure("the forwarded values cannot be seen", at);
    return { forwards: unseen, keyed: unseen };
  }
  const list: Strings = headers ? stringsOf(template, headers) : { kind: "known", value: [], at };
  const isListed =
    list.kind === "known" &&
    list.value.some((item) => item.kind === "known" && /^(origin|\*)$/i.test(item.value));
  const isWhole = list.kind === "known" && list.value.every((item) => item.kind === "known");
  const forwards =
    isListed || isWhole ? sure(isListed, at) : unsure("the headers cannot be seen", at);
  return {
    forwards,
    keyed: neverCaches(template, valueAt(behavior, "MaxTTL")) ? sure(true, at) : forwards,
  };
}

function responseHeaders(template: Template, id: string): CorsPolicy | undefined {
  const resource = template.resources.get(id);
  if (resource?.type !== headersPolicy) return undefined;
  const cors = entryOf(valueAt(resource.props, "ResponseHeadersPolicyConfig"), "CorsConfig");
  const block = cors && onlyNode(template, cors.value);
  return cors && block?.k === "map" && !intrinsicOf(block)
    ? readPolicy(template, block, "responseHeadersPolicy", cdnNames, cors.keyAt)
    : undefined;
}
