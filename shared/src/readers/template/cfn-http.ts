/** HTTP APIs in CloudFormation's own terms: `AWS::ApiGatewayV2::Api` with routes and integrations, or a document. */
import { entryOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeNode } from "../../ir/tree";
import type { Api, Authorization, Route, Value } from "../../model/model";
import { openDocument } from "./document-file";
import { readDocument, routeOf } from "./document";
import type { DocumentHost } from "./document";
import { linkFunction } from "./functions";
import { choicesOf, textOf } from "./intrinsics";
import { mentionsOf } from "./mentions";
import { documentNames, gatewayNames, policiesOf, readPolicy } from "./policy";
import {
  apiBase,
  conditionalMark,
  existing,
  headersInSources,
  isHandedOn,
  sigV4,
  some,
} from "./reader";
import type { HandlerLink, TemplateReader } from "./reader";
import { openProps, propertyOf } from "./template";
import type { Resource } from "./template";

/** Reads every HTTP API of the template that is written without SAM. */
export function readCfnHttpApis(reader: TemplateReader): readonly Api[] {
  const { template } = reader;
  const routes = existing(template, "AWS::ApiGatewayV2::Route");
  const all = existing(template, "AWS::ApiGatewayV2::Api");
  const ids = new Set(all.map(({ id }) => id));
  const astray = routes.some((route) => !ids.has(ownerOf(route) ?? ""));
  const http = all.filter(
    (api) => scalarText(valueAt(api.props, "ProtocolType"))?.toUpperCase() !== "WEBSOCKET",
  );
  return http.map((resource) => readApi(reader, resource, routes, astray));
}

function ownerOf(resource: Resource): string | undefined {
  return mentionsOf(valueAt(resource.props, "ApiId"))[0];
}

function readApi(
  reader: TemplateReader,
  resource: Resource,
  all: readonly Resource[],
  astray: boolean,
): Api {
  const { template } = reader;
  const found = openDocument(reader, resource.props);
  const document = found.k === "document" ? found.node : undefined;
  const host: DocumentHost = {
    template,
    link: (node) => linkFunction(reader, node),
    kind: "http",
  };
  const reading = document && readDocument(host, document);
  const described = document
    ? (reading?.operations ?? []).map((each) =>
        routeOf(host, document, each, reading?.schemes ?? new Map()),
      )
    : [];
  const own = all.filter((route) => ownerOf(route) === resource.id);
  const routes = [
    ...described,
    ...quickRoute(reader, resource),
    ...own.map((route) => readRoute(reader, route)),
  ];
  const open = openProps(resource) ?? template.open;
  return {
    ...apiBase(reader, resource, "http"),
    cors: corsOf(reader, resource, document, found.k === "unknown"),
    routes: routes.map((route) => ({ ...route, ...conditionalMark(template, resource) })),
    routesComplete:
      found.k !== "unknown" &&
      (reading?.complete ?? true) &&
      open === undefined &&
      !astray &&
      !isHandedOn(template, resource.id),
  };
}

/** `CorsConfiguration` stands before what a document says. */
function corsOf(
  { template }: TemplateReader,
  resource: Resource,
  document: TreeNode | undefined,
  isUnseen: boolean,
): Api["cors"] {
  const own = propertyOf(resource, "CorsConfiguration");
  if (own)
    return policiesOf(template, own, (block, at) =>
      readPolicy(template, block, "cfnApi", gatewayNames, at),
    );
  if (isUnseen)
    return { kind: "unknown", because: "a document that is not seen describes the API" };
  return policiesOf(
    template,
    entryOf(document, "x-amazon-apigateway-cors"),
    (block, at) => readPolicy(template, block, "cfnApi", documentNames, at),
    openProps(resource),
  );
}

/** `Target` makes an API with one route, `$default` unless `RouteKey` says otherwise. */
function quickRoute(reader: TemplateReader, resource: Resource): readonly Route[] {
  const target = propertyOf(resource, "Target");
  if (!target) return [];
  const key = propertyOf(resource, "RouteKey");
  const text: Value<string> = key
    ? textOf(reader.template, key.value)
    : { kind: "known", value: "$default", at: target.keyAt };
  return [
    {
      ...methodAndPath(text),
      at: target.keyAt,
      authorization: { kind: "none" },
      integration: { kind: "lambda", payload: "2.0", at: target.keyAt },
      ...linkFunction(reader, target.value),
    },
  ];
}

function readRoute(reader: TemplateReader, route: Resource): Route {
  const key = propertyOf(route, "RouteKey");
  const text: Value<string> = key
    ? textOf(reader.template, key.value)
    : { kind: "unknown", because: "no key", at: route.at };
  return {
    ...methodAndPath(text),
    at: route.at,
    ...(key ? { methods: key.value.at } : {}),
    call: route.entry,
    statement: route.entry,
    authorization: authorizationOf(reader, route),
    ...integrationOf(reader, valueAt(route.props, "Target"), route),
    ...conditionalMark(reader.template, route),
  };
}

/** `GET /orders`, `ANY /{proxy+}`, `$default` */
function methodAndPath(key: Value<string>): { method: Value<string>; path: Value<string> } {
  const { at } = key;
  if (key.kind !== "known") {
    const lost: Value<string> = {
      kind: "unknown",
      because: "the route key is decided elsewhere",
      at,
    };
    return { method: lost, path: lost };
  }
  const [method = "", path = ""] =
    key.value === "$default" ? ["ANY", "$default"] : key.value.split(" ");
  return { method: { kind: "known", value: method, at }, path: { kind: "known", value: path, at } };
}

function authorizationOf({ template }: TemplateReader, route: Resource): Authorization {
  const entry = propertyOf(route, "AuthorizationType");
  if (!entry) {
    const open = openProps(route);
    return open === undefined ? { kind: "none" } : { kind: "unknown", because: open };
  }
  const type = textOf(template, entry.value);
  const at = entry.keyAt;
  if (type.kind !== "known")
    return { kind: "unknown", because: "the authorization is decided elsewhere", at };
  if (type.value === "NONE") return { kind: "none", at };
  if (type.value === "AWS_IAM") return some(sigV4.type, sigV4.headers, at);
  const [id] = mentionsOf(valueAt(route.props, "AuthorizerId"));
  const authorizer = template.resources.get(id ?? "");
  const source = valueAt(authorizer?.props, "IdentitySource");
  const texts = source?.k === "list" ? itemsOf(source) : source ? [source] : [];
  const headers = headersInSources(texts.map((each) => scalarText(each) ?? ""));
  if (type.value === "JWT")
    return some("jwt", headers.length > 0 ? headers : ["authorization"], at);
  if (type.value === "CUSTOM") return some("lambda", headers, at);
  return { kind: "unknown", because: "an unknown kind of authorization", at };
}

/** `Target: integrations/${Integration}` */
function integrationOf(
  reader: TemplateReader,
  target: TreeNode | undefined,
  route: Resource,
): Pick<Route, "integration"> & HandlerLink {
  const { template } = reader;
  const lost = {
    integration: { kind: "unknown", at: route.at } as const,
    handlers: [],
    unlinked: "the integration cannot be seen",
  };
  const [only, ...others] = choicesOf(template, target);
  if (others.length > 0) return lost;
  const made = mentionsOf(only?.node)
    .map((id) => template.resources.get(id))
    .find((each) => each?.type === "AWS::ApiGatewayV2::Integration");
  if (!made) return lost;
  const { at } = made;
  const type = scalarText(valueAt(made.props, "IntegrationType"));
  if (type === undefined) return lost;
  if (type.startsWith("HTTP")) return { integration: { kind: "http", at }, handlers: [] };
  if (propertyOf(made, "IntegrationSubtype"))
    return { integration: { kind: "aws", at }, handlers: [] };
  const version = scalarText(valueAt(made.props, "PayloadFormatVersion"));
  return {
    integration: { kind: "lambda", payload: version?.startsWith("1") ? "1.0" : "2.0", at },
    ...linkFunction(reader, valueAt(made.props, "IntegrationUri")),
  };
}
