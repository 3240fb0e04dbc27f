/** What a CloudFormation template says about CORS, read without a look at our own reading of the code. */

/** A text, or `undefined` where only the deployment decides it (a reference, a join with one). */
export type Text = string | undefined;

export interface TemplatePolicy {
  readonly allowOrigins?: readonly Text[];
  readonly allowMethods?: readonly Text[];
  readonly allowHeaders?: readonly Text[];
  readonly exposeHeaders?: readonly Text[];
  readonly allowCredentials?: boolean;
  readonly maxAge?: number;
  readonly statusCode?: number;
  readonly originOverride?: boolean;
}

export interface TemplateRoute {
  readonly method: string;
  readonly path: string;
  readonly authorized: boolean;
  readonly apiKeyRequired: boolean;
  readonly integration: string;
  /** As CloudFormation names it: `JWT`, `CUSTOM`, `AWS_IAM`, …; absent when nobody is asked. */
  readonly authorizationType?: string;
  /** Logical id of the function that answers. */
  readonly functionId?: string;
  /** HTTP API: format of the function's event and answer. */
  readonly payload?: string;
  /** REST: what the resource's mock OPTIONS answers. */
  readonly preflight?: TemplatePolicy;
  /** REST, non-proxy: status -> lower-case header -> mapping expression. */
  readonly mapped: ReadonlyMap<string, ReadonlyMap<string, Text>>;
}

export interface TemplateDoor {
  readonly pathPattern: Text;
  readonly allowedMethods: readonly string[];
  readonly forwardsOrigin: boolean;
  readonly originInCacheKey: boolean;
  readonly headersPolicy?: TemplatePolicy;
  readonly servesPages: boolean;
}

export interface TemplateApi {
  readonly kind: "http" | "rest" | "functionUrl";
  /** Construct ids from the stack down. */
  readonly path: readonly string[];
  readonly policy?: TemplatePolicy;
  readonly routes: readonly TemplateRoute[];
  /** Response type -> header -> mapping expression. */
  readonly gatewayResponses: ReadonlyMap<string, ReadonlyMap<string, Text>>;
  readonly binaryMediaTypes?: readonly Text[];
  readonly authType?: string;
  /** Function URL: logical id of its function. */
  readonly functionId?: string;
  readonly doors: readonly TemplateDoor[];
  /** An OpenAPI document describes it, here or elsewhere. */
  readonly document: boolean;
}

export interface TemplateModel {
  readonly apis: readonly TemplateApi[];
  readonly buckets: readonly TemplatePolicy[];
  readonly headersPolicies: readonly TemplatePolicy[];
}

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly path: readonly string[];
  readonly properties: Json;
}

export type Json = Readonly<Record<string, unknown>>;

export const record = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};

export const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : [];

export const text = (value: unknown): Text => {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
};

/** The logical id that a value refers to, at any depth; the first one. */
export function referred(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = referred(item);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { Ref: ref, "Fn::GetAtt": attribute } = value as { Ref?: unknown; "Fn::GetAtt"?: unknown };
  if (typeof ref === "string" && !ref.startsWith("AWS::")) return ref;
  if (Array.isArray(attribute)) return text(attribute[0]);
  return referred(Object.values(value));
}

export function resourcesOf(template: Json): readonly Resource[] {
  return Object.entries(record(template["Resources"])).map(([id, value]) => {
    const resource = record(value);
    const path = text(record(resource["Metadata"])["aws:cdk:path"]) ?? id;
    return {
      id,
      type: text(resource["Type"]) ?? "",
      path: path.split("/"),
      properties: record(resource["Properties"]),
    };
  });
}

export function ofType(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter((resource) => resource.type === type);
}
