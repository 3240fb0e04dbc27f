/** Policies as CloudFormation spells them, one reader for each resource type that has CORS. */
import { list, record, text, type Json, type TemplatePolicy, type Text } from "./template";

const texts = (value: unknown): readonly Text[] => list(value).map(text);

const given = (source: Json, name: string): boolean => source[name] !== undefined;

/** `CorsConfiguration` of AWS::ApiGatewayV2::Api. */
export function httpPolicy(cors: Json): TemplatePolicy {
  return {
    ...(given(cors, "AllowOrigins") ? { allowOrigins: texts(cors["AllowOrigins"]) } : {}),
    ...(given(cors, "AllowMethods") ? { allowMethods: texts(cors["AllowMethods"]) } : {}),
    ...(given(cors, "AllowHeaders") ? { allowHeaders: texts(cors["AllowHeaders"]) } : {}),
    ...(given(cors, "ExposeHeaders") ? { exposeHeaders: texts(cors["ExposeHeaders"]) } : {}),
    ...(given(cors, "AllowCredentials")
      ? { allowCredentials: cors["AllowCredentials"] === true }
      : {}),
    ...(given(cors, "MaxAge") ? { maxAge: Number(cors["MaxAge"]) } : {}),
  };
}

/** `x-amazon-apigateway-cors` of a document in `Body`, in the words of `CorsConfiguration`. */
export function documentCors(body: unknown): Json | undefined {
  const cors = record(body)["x-amazon-apigateway-cors"];
  if (cors === undefined) return undefined;
  const names = Object.entries(record(cors)).map(
    ([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value] as const,
  );
  return Object.fromEntries(names);
}

/** `CorsRules` of AWS::S3::Bucket. */
export function bucketPolicies(properties: Json): readonly TemplatePolicy[] {
  return list(record(properties["CorsConfiguration"])["CorsRules"]).map((value) => {
    const rule = record(value);
    return {
      ...(given(rule, "AllowedOrigins") ? { allowOrigins: texts(rule["AllowedOrigins"]) } : {}),
      ...(given(rule, "AllowedMethods") ? { allowMethods: texts(rule["AllowedMethods"]) } : {}),
      ...(given(rule, "AllowedHeaders") ? { allowHeaders: texts(rule["AllowedHeaders"]) } : {}),
      ...(given(rule, "ExposedHeaders") ? { exposeHeaders: texts(rule["ExposedHeaders"]) } : {}),
      ...(given(rule, "MaxAge") ? { maxAge: Number(rule["MaxAge"]) } : {}),
    };
  });
}

/** `CorsConfig` of AWS::CloudFront::ResponseHeadersPolicy; `undefined` when it has none. */
export function headersPolicy(properties: Json): TemplatePolicy | undefined {
  const config = record(properties["ResponseHeadersPolicyConfig"]);
  if (!given(config, "CorsConfig")) return undefined;
  const cors = record(config["CorsConfig"]);
  const items = (name: string): readonly Text[] => texts(record(cors[name])["Items"]);
  return {
    allowOrigins: items("AccessControlAllowOrigins"),
    allowMethods: items("AccessControlAllowMethods"),
    allowHeaders: items("AccessControlAllowHeaders"),
    ...(given(cors, "AccessControlExposeHeaders")
      ? { exposeHeaders: items("AccessControlExposeHeaders") }
      : {}),
    allowCredentials: cors["AccessControlAllowCredentials"] === true,
    ...(given(cors, "AccessControlMaxAgeSec")
      ? { maxAge: Number(cors["AccessControlMaxAgeSec"]) }
      : {}),
    originOverride: cors["OriginOverride"] === true,
  };
}

/** `'a,b'` of a mapping expression, without its quotes, as a list. */
function mapped(value: unknown): readonly Text[] {
  const literal = /^'(.*)'$/s.exec(text(value) ?? "")?.[1];
  return literal === undefined ? [undefined] : literal.split(",");
}

/** What the mock OPTIONS method of a REST resource answers; `undefined` when it sends no CORS headers. */
export function mockPolicy(properties: Json): TemplatePolicy | undefined {
  const integration = record(properties["Integration"]);
  if (integration["Type"] !== "MOCK") return undefined;
  const response = record(list(integration["IntegrationResponses"])[0]);
  const parameters = record(response["ResponseParameters"]);
  const header = (name: string): unknown =>
    Object.entries(parameters).find(
      ([key]) => key.toLowerCase() === `method.response.header.${name}`,
    )?.[1];
  const origin = header("access-control-allow-origin");
  if (origin === undefined) return undefined;
  const script = text(record(response["ResponseTemplates"])["application/json"]) ?? "";
  const others = [...script.matchAll(/\$origin == "([^"]+)"/g)].map((match) => match[1]);
  const [methods, headers, exposed, age] = [
    "allow-methods",
    "allow-headers",
    "expose-headers",
    "max-age",
  ].map((name) => header(`access-control-${name}`));
  return {
    allowOrigins: [...mapped(origin), ...others],
    ...(methods === undefined ? {} : { allowMethods: mapped(methods) }),
    ...(headers === undefined ? {} : { allowHeaders: mapped(headers) }),
    ...(exposed === undefined ? {} : { exposeHeaders: mapped(exposed) }),
    allowCredentials: header("access-control-allow-credentials") === "'true'",
    ...(age === undefined ? {} : { maxAge: Number(mapped(age)[0]) }),
    statusCode: Number(response["StatusCode"]),
  };
}
