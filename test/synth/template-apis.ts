/** The APIs of a template, each with everything that refers to it. */
import { doorsOf } from "./template-doors";
import {
  bucketPolicies,
  documentCors,
  headersPolicy,
  httpPolicy,
  mockPolicy,
} from "./template-policies";
import { list, ofType, record, referred, resourcesOf, text } from "./template";
import type { Json, Resource, TemplateApi, TemplateModel, TemplateRoute, Text } from "./template";

type Mapping = ReadonlyMap<string, Text>;

export function templateModel(templates: readonly Json[]): TemplateModel {
  const models = templates.map((template) => {
    const resources = resourcesOf(template);
    return {
      apis: [...httpApis(resources), ...restApis(resources), ...functionUrls(resources)],
      buckets: ofType(resources, "AWS::S3::Bucket").flatMap(({ properties }) =>
        bucketPolicies(properties),
      ),
      headersPolicies: ofType(resources, "AWS::CloudFront::ResponseHeadersPolicy").flatMap(
        ({ properties }) => headersPolicy(properties) ?? [],
      ),
    };
  });
  return {
    apis: models.flatMap((model) => model.apis),
    buckets: models.flatMap((model) => model.buckets),
    headersPolicies: models.flatMap((model) => model.headersPolicies),
  };
}

function httpApis(resources: readonly Resource[]): TemplateApi[] {
  const apis = ofType(resources, "AWS::ApiGatewayV2::Api");
  return apis
    .filter(({ properties }) => properties["ProtocolType"] !== "WEBSOCKET")
    .map((api) => {
      const routes = ofType(resources, "AWS::ApiGatewayV2::Route").filter(
        ({ properties }) => referred(properties["ApiId"]) === api.id,
      );
      const cors = api.properties["CorsConfiguration"] ?? documentCors(api.properties["Body"]);
      return {
        ...common("http", api, resources),
        ...(cors === undefined ? {} : { policy: httpPolicy(record(cors)) }),
        routes: routes.map((route) => httpRoute(route.properties, resources)),
        document:
          api.properties["Body"] !== undefined || api.properties["BodyS3Location"] !== undefined,
      };
    });
}

function httpRoute(properties: Json, resources: readonly Resource[]): TemplateRoute {
  const key = text(properties["RouteKey"]) ?? "";
  const [method = "", path = ""] = key === "$default" ? ["ANY", "$default"] : key.split(" ");
  const target = referred(properties["Target"]);
  const integration = resources.find((resource) => resource.id === target)?.properties ?? {};
  return {
    method,
    path,
    authorized: isAuthorized(properties),
    apiKeyRequired: properties["ApiKeyRequired"] === true,
    integration: text(integration["IntegrationType"]) ?? "",
    mapped: new Map(),
    ...authorizationOf(properties),
    ...functionOf(integration["IntegrationUri"], resources),
    payload: text(integration["PayloadFormatVersion"]) ?? "1.0",
  };
}

function authorizationOf(properties: Json): Pick<TemplateRoute, "authorizationType"> {
  const type = isAuthorized(properties) ? text(properties["AuthorizationType"]) : undefined;
  return type === undefined ? {} : { authorizationType: type };
}

/** The function that an integration's address, or a URL's target, is made of. */
function functionOf(address: unknown, resources: readonly Resource[]): { functionId?: string } {
  const id = referred(address);
  const found = ofType(resources, "AWS::Lambda::Function").some((resource) => resource.id === id);
  return found && id !== undefined ? { functionId: id } : {};
}

const isAuthorized = (properties: Json): boolean =>
  properties["AuthorizationType"] !== undefined && properties["AuthorizationType"] !== "NONE";

function restApis(resources: readonly Resource[]): TemplateApi[] {
  return ofType(resources, "AWS::ApiGateway::RestApi").map((api) => {
    const own = (type: string): readonly Resource[] =>
      ofType(resources, type).filter(
        ({ properties }) => referred(properties["RestApiId"]) === api.id,
      );
    const types = api.properties["BinaryMediaTypes"];
    return {
      ...common("rest", api, resources),
      routes: own("AWS::ApiGateway::Method").map((method) =>
        restRoute(method.properties, resources),
      ),
      gatewayResponses: new Map(
        own("AWS::ApiGateway::GatewayResponse").map(({ properties }) => [
          text(properties["ResponseType"]) ?? "",
          mapping(properties["ResponseParameters"], "gatewayresponse.header."),
        ]),
      ),
      ...(types === undefined ? {} : { binaryMediaTypes: list(types).map(text) }),
      document:
        api.properties["Body"] !== undefined || api.properties["BodyS3Location"] !== undefined,
    };
  });
}

function restRoute(properties: Json, resources: readonly Resource[]): TemplateRoute {
  const method = (text(properties["HttpMethod"]) ?? "").toUpperCase();
  const integration = record(properties["Integration"]);
  const preflight = method === "OPTIONS" ? mockPolicy(properties) : undefined;
  return {
    method,
    path: resourcePath(properties["ResourceId"], resources),
    authorized: isAuthorized(properties),
    apiKeyRequired: properties["ApiKeyRequired"] === true,
    integration: text(integration["Type"]) ?? "",
    ...authorizationOf(properties),
    ...functionOf(integration["Uri"], resources),
    mapped: new Map(
      list(integration["IntegrationResponses"]).map((value) => {
        const response = record(value);
        return [
          text(response["StatusCode"]) ?? "",
          mapping(response["ResponseParameters"], "method.response.header."),
        ];
      }),
    ),
    ...(preflight === undefined ? {} : { preflight }),
  };
}

/** `/orders/{id}`: the resource's part below its parents'. */
function resourcePath(id: unknown, resources: readonly Resource[]): string {
  const parts: string[] = [];
  let current = id;
  for (let depth = 0; depth < 20; depth++) {
    const attribute = list(record(current)["Fn::GetAtt"]);
    if (attribute[1] === "RootResourceId") break;
    const resource = resources.find((candidate) => candidate.id === referred(current));
    if (resource?.type !== "AWS::ApiGateway::Resource") break;
    parts.unshift(text(resource.properties["PathPart"]) ?? "");
    current = resource.properties["ParentId"];
  }
  return `/${parts.join("/")}`;
}

/** Header -> mapping expression, without the prefix of the parameter names. */
function mapping(parameters: unknown, prefix: string): Mapping {
  return new Map(
    Object.entries(record(parameters)).map(([name, value]) => [
      name.toLowerCase().replace(prefix, ""),
      text(value),
    ]),
  );
}

function functionUrls(resources: readonly Resource[]): TemplateApi[] {
  return ofType(resources, "AWS::Lambda::Url").map((url) => {
    const cors = url.properties["Cors"];
    const authType = text(url.properties["AuthType"]);
    return {
      ...common("functionUrl", url, resources),
      ...(cors === undefined ? {} : { policy: httpPolicy(record(cors)) }),
      ...(authType === undefined ? {} : { authType }),
      ...functionOf(url.properties["TargetFunctionArn"], resources),
    };
  });
}

function common(
  kind: TemplateApi["kind"],
  api: Resource,
  resources: readonly Resource[],
): TemplateApi {
  return {
    kind,
    path: api.path.slice(1),
    routes: [],
    gatewayResponses: new Map(),
    doors: doorsOf(api, resources),
    document: false,
  };
}
