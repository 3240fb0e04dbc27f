/** CloudFront behaviours of a template and what they lead to. */
import { headersPolicy } from "./template-policies";
import { list, ofType, record, referred, text } from "./template";
import type { Json, Resource, TemplateDoor, TemplatePolicy } from "./template";

/** Ids of AWS's managed policies (CloudFront developer guide, "Use managed … policies"). */
const managedRequest: Readonly<Record<string, boolean>> = {
  "216adef6-5c7f-47e4-b989-5492eafa07d3": true, // AllViewer
  "33f36d7e-f396-46d9-90e0-52428a34d9dc": true, // AllViewerAndCloudFrontHeaders-2022-06
  "b689b0a8-53d0-40ab-baf2-68738e2966ac": true, // AllViewerExceptHostHeader
  "59781a5b-3903-41f3-afcb-af62929ccde1": true, // CORS-CustomOrigin
  "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": true, // CORS-S3Origin
  "775133bc-15f2-49f9-abea-afb2e0bf67d2": true, // Elemental-MediaTailor-PersonalizedManifests
  "acba4595-bd28-49b8-b9fe-13317c0390fa": false, // UserAgentRefererHeaders
  "bf0718e1-ba1e-49d1-88b1-f726733018ae": false, // HostHeaderOnly
};

const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

const anyHeader: TemplatePolicy = {
  allowOrigins: ["*"],
  allowCredentials: false,
  originOverride: false,
};
const managedHeaders: Readonly<Record<string, TemplatePolicy>> = {
  "60669652-455b-4ae9-85a4-c4c02393f86c": anyHeader, // SimpleCORS
  "5cc3b908-e619-4b99-88e5-2cf7f45965bd": anyHeader, // CORS-With-Preflight
  "e61eb60c-9c35-4d20-a928-2b84e02af89c": anyHeader, // CORS-and-SecurityHeadersPolicy
  "eaab4381-ed33-4a86-88ca-d9558dc6cd63": anyHeader, // CORS-with-preflight-and-SecurityHeadersPolicy
};

/** The behaviours whose origin is made of this API. */
export function doorsOf(api: Resource, resources: readonly Resource[]): readonly TemplateDoor[] {
  return ofType(resources, "AWS::CloudFront::Distribution").flatMap((distribution) => {
    const config = record(distribution.properties["DistributionConfig"]);
    const leadsTo = (behaviour: Json): boolean => targetOf(behaviour, config) === api.id;
    const main = record(config["DefaultCacheBehavior"]);
    const behaviours = [main, ...list(config["CacheBehaviors"]).map(record)];
    const isApi = behaviours.map(leadsTo);
    const others = behaviours.some(
      (behaviour) =>
        !leadsToAnyApi(behaviour, config, resources) &&
        (behaviour === main || leadsToBucket(behaviour, config)),
    );
    return behaviours
      .filter((_, index) => isApi[index])
      .map((behaviour) => door(behaviour, resources, others));
  });
}

function leadsToAnyApi(behaviour: Json, config: Json, resources: readonly Resource[]): boolean {
  const target = resources.find((resource) => resource.id === targetOf(behaviour, config));
  return /^AWS::(ApiGateway|ApiGatewayV2|Lambda)::/.test(target?.type ?? "");
}

/** S3 is reached by its own kind of origin, or as a web site. */
function leadsToBucket(behaviour: Json, config: Json): boolean {
  const id = behaviour["TargetOriginId"];
  const origin = list(config["Origins"])
    .map(record)
    .find((candidate) => candidate["Id"] === id);
  return origin?.["S3OriginConfig"] !== undefined;
}

/** The logical id of what a behaviour's origin (or the first of its group) is made of. */
function targetOf(behaviour: Json, config: Json): string | undefined {
  const groups = list(record(config["OriginGroups"])["Items"]).map(record);
  const group = groups.find((candidate) => candidate["Id"] === behaviour["TargetOriginId"]);
  const id = group
    ? record(list(record(group["Members"])["Items"])[0])["OriginId"]
    : behaviour["TargetOriginId"];
  const origins = list(config["Origins"]).map(record);
  return referred(origins.find((candidate) => candidate["Id"] === id)?.["DomainName"]);
}

function door(behaviour: Json, resources: readonly Resource[], servesPages: boolean): TemplateDoor {
  const cache = propertiesOf(behaviour["CachePolicyId"], resources);
  const request = propertiesOf(behaviour["OriginRequestPolicyId"], resources);
  const keyed = headersOf(
    record(record(record(cache)["CachePolicyConfig"])["ParametersInCacheKeyAndForwardedToOrigin"])[
      "HeadersConfig"
    ],
  );
  const caches = Number(record(record(cache)["CachePolicyConfig"])["MaxTTL"] ?? 1) > 0;
  const requested =
    managedRequest[text(behaviour["OriginRequestPolicyId"]) ?? ""] ??
    headersOf(record(record(request)["OriginRequestPolicyConfig"])["HeadersConfig"]);
  const headers = headersPolicyOf(behaviour["ResponseHeadersPolicyId"], resources);
  return {
    pathPattern: text(behaviour["PathPattern"]),
    allowedMethods: list(behaviour["AllowedMethods"] ?? ["GET", "HEAD"]).map(
      (method) => text(method) ?? "",
    ),
    forwardsOrigin: keyed || requested,
    originInCacheKey: behaviour["CachePolicyId"] === cachingDisabled || keyed || !caches,
    ...(headers === undefined ? {} : { headersPolicy: headers }),
    servesPages,
  };
}

function propertiesOf(id: unknown, resources: readonly Resource[]): Json | undefined {
  return resources.find((resource) => resource.id === referred(id))?.properties;
}

/** Whether a `HeadersConfig` includes Origin. */
function headersOf(config: unknown): boolean {
  const { HeaderBehavior: kind, Headers: names } = record(config);
  const listed = list(names).some((name) => text(name)?.toLowerCase() === "origin");
  if (kind === "allViewer" || kind === "allViewerAndWhitelistCloudFront") return true;
  return kind === "allExcept" ? !listed : kind === "whitelist" && listed;
}

function headersPolicyOf(id: unknown, resources: readonly Resource[]): TemplatePolicy | undefined {
  const managed = managedHeaders[text(id) ?? ""];
  if (managed) return managed;
  const properties = propertiesOf(id, resources);
  return properties && headersPolicy(properties);
}
