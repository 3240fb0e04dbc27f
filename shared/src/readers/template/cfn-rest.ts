/** REST APIs in CloudFormation's own terms: `AWS::ApiGateway::RestApi` with resources and methods, or a document. */
import { entryOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeNode } from "../../ir/tree";
import type {
  Api,
  Authorization,
  Integration,
  MappedResponse,
  Route,
  Value,
} from "../../model/model";
import { notForBrowsers } from "./audience";
import { openDocument } from "./document-file";
import { listField, readDocument, restExtras, routeOf, startsExecution, textIn } from "./document";
import type { DocumentHost } from "./document";
import { linkFunction } from "./functions";
import { choicesOf, textOf } from "./intrinsics";
import { intrinsicOf, mentionsOf } from "./mentions";
import { booleanOf } from "./scalars";
import { gatewayResponse, headerMap, responsePrefix } from "./mappings";
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

/** Reads every REST API of the template that is written without SAM. */
export function readCfnRestApis(reader: TemplateReader): readonly Api[] {
  const { template } = reader;
  const methods = existing(template, "AWS::ApiGateway::Method");
  const apis = existing(template, "AWS::ApiGateway::RestApi");
  const ids = new Set(apis.map(({ id }) => id));
  const astray = methods.some((method) => !ids.has(ownerOf(method) ?? ""));
  return apis.map((resource) => {
    const own = methods.filter((method) => ownerOf(method) === resource.id);
    const found = openDocument(reader, resource.props);
    const described = found.k === "document" ? documentRoutes(reader, found.node) : undefined;
    const extras = found.k === "document" ? restExtras(template, found.node) : undefined;
    const routes = [
      ...(described?.routes ?? []),
      ...own.map((method) => methodRoute(reader, method)),
    ];
    const binary = propertyOf(resource, "BinaryMediaTypes");
    const isSeen =
      found.k !== "unknown" && openProps(resource) === undefined && template.open === undefined;
    const api: Api = {
      ...apiBase(reader, resource, "rest"),
      cors: found.k === "unknown" ? unseen : { kind: "none" },
      routes: routes.map((route) => ({ ...route, ...conditionalMark(template, resource) })),
      routesComplete:
        isSeen && !astray && (described?.complete ?? true) && !isHandedOn(template, resource.id),
      gatewayResponses: [...responsesOf(reader, resource.id), ...(extras?.gatewayResponses ?? [])],
      gatewayResponsesComplete: isSeen && (extras?.gatewayResponsesComplete ?? true),
      ...(binary
        ? { binaryMediaTypes: listField(template, binary) }
        : extras?.binaryMediaTypes
          ? { binaryMediaTypes: extras.binaryMediaTypes }
          : {}),
    };
    return { ...api, ...notForBrowsers(resource.props, api) };
  });
}

const unseen: Api["cors"] = {
  kind: "unknown",
  because: "a document that is not seen describes the API",
};

function ownerOf(resource: Resource): string | undefined {
  return mentionsOf(valueAt(resource.props, "RestApiId"))[0];
}

function documentRoutes(
  reader: TemplateReader,
  document: TreeNode,
): { readonly routes: readonly Route[]; readonly complete: boolean } {
  const host: DocumentHost = {
    template: reader.template,
    link: (node) => linkFunction(reader, node),
    kind: "rest",
  };
  const { operations, schemes, complete } = readDocument(host, document);
  return { routes: operations.map((each) => routeOf(host, document, each, schemes)), complete };
}

/** `AWS::ApiGateway::GatewayResponse`; those of APIs that SAM makes too. */
export function responsesOf(reader: TemplateReader, api: string): Api["gatewayResponses"] {
  const { template } = reader;
  return existing(template, "AWS::ApiGateway::GatewayResponse")
    .filter((each) => ownerOf(each) === api)
    .map((each) => {
      const type = propertyOf(each, "ResponseType");
      return gatewayResponse(
        template,
        type ? textOf(template, type.value) : { kind: "unknown", because: "no type", at: each.at },
        valueAt(each.props, "ResponseParameters"),
        type?.keyAt ?? each.at,
      );
    });
}

function methodRoute(reader: TemplateReader, method: Resource): Route {
  const { template } = reader;
  const verb = propertyOf(method, "HttpMethod");
  const key = propertyOf(method, "ApiKeyRequired");
  const because = "it is not given";
  return {
    method: verb ? textOf(template, verb.value) : { kind: "unknown", because, at: method.at },
    path: pathOf(reader, valueAt(method.props, "ResourceId"), method),
    at: method.at,
    ...(verb ? { methods: verb.value.at } : {}),
    call: method.entry,
    statement: method.entry,
    authorization: authorizationOf(reader, method),
    ...(key ? { apiKeyRequired: booleanOf(template, key.value) } : {}),
    ...integrationOf(reader, method),
    ...conditionalMark(template, method),
  };
}

/** The path of the resource that an id means; the root is `RootResourceId` of the API. */
function pathOf(
  reader: TemplateReader,
  id: TreeNode | undefined,
  on: Resource,
  depth = 0,
): Value<string> {
  const { template } = reader;
  const { at } = on;
  const lost: Value<string> = { kind: "unknown", because: "the resource cannot be told", at };
  const [only, ...others] = choicesOf(template, id);
  if (!only?.node || others.length > 0 || depth > 30) return lost;
  if (/RootResourceId/.test(textIn(only.node))) return { kind: "known", value: "/", at };
  const resource = template.resources.get(mentionsOf(only.node)[0] ?? "");
  if (resource?.type !== "AWS::ApiGateway::Resource") return lost;
  const part = propertyOf(resource, "PathPart");
  const text = part ? textOf(template, part.value) : lost;
  const above = pathOf(reader, valueAt(resource.props, "ParentId"), on, depth + 1);
  if (above.kind !== "known" || text.kind !== "known") return lost;
  return { kind: "known", value: `${above.value === "/" ? "" : above.value}/${text.value}`, at };
}

function authorizationOf({ template }: TemplateReader, method: Resource): Authorization {
  const entry = propertyOf(method, "AuthorizationType");
  const open = openProps(method);
  if (!entry) return open === undefined ? { kind: "none" } : { kind: "unknown", because: open };
  const type = textOf(template, entry.value);
  const at = entry.keyAt;
  if (type.kind !== "known")
    return { kind: "unknown", because: "the authorization is decided elsewhere", at };
  switch (type.value) {
    case "NONE":
      return { kind: "none", at };
    case "AWS_IAM":
      return some(sigV4.type, sigV4.headers, at);
    case "COGNITO_USER_POOLS":
      return some("cognito", ["authorization"], at);
    case "CUSTOM": {
      const [id] = mentionsOf(valueAt(method.props, "AuthorizerId"));
      const authorizer = template.resources.get(id ?? "");
      const source = scalarText(valueAt(authorizer?.props, "IdentitySource"));
      return some("lambda", source === undefined ? [] : headersInSources([source]), at);
    }
    default:
      return { kind: "unknown", because: "an unknown kind of authorization", at };
  }
}

type IntegrationReading = Pick<Route, "integration"> & HandlerLink;

function integrationOf(reader: TemplateReader, method: Resource): IntegrationReading {
  const { template } = reader;
  const entry = propertyOf(method, "Integration");
  const [choice, ...others] = choicesOf(template, entry?.value);
  const node = choice?.node;
  const type = scalarText(valueAt(node, "Type"))?.toUpperCase();
  const lost: IntegrationReading = {
    integration: { kind: "unknown", at: method.at },
    handlers: [],
    unlinked: "the integration cannot be seen",
  };
  if (!entry || !node || others.length > 0 || type === undefined) return lost;
  const base = (kind: Integration["kind"]): Integration => ({ kind, at: entry.keyAt });
  const mapped = (kind: Integration["kind"]): Integration => ({
    ...base(kind),
    ...responsesIn(reader, node, method),
  });
  const uri = valueAt(node, "Uri");
  switch (type) {
    case "MOCK":
      return { integration: mapped("mock"), handlers: [] };
    case "HTTP":
      return { integration: mapped("http"), handlers: [] };
    case "HTTP_PROXY":
      return { integration: base("http"), handlers: [] };
    case "AWS_PROXY":
      return {
        integration: { ...base("lambda"), payload: "1.0", ...ignored(node) },
        ...linkFunction(reader, uri),
      };
    case "AWS":
      if (startsExecution(uri)) return { integration: base("stepFunctions"), handlers: [] };
      return /lambda:path/.test(textIn(uri))
        ? { integration: mapped("lambdaCustom"), ...linkFunction(reader, uri) }
        : { integration: mapped("aws"), handlers: [] };
    default:
      return lost;
  }
}

function ignored(node: TreeNode): Pick<Integration, "ignoredResponses"> {
  const entry = entryOf(node, "IntegrationResponses");
  return entry && itemsOf(entry.value).length > 0 ? { ignoredResponses: entry.at } : {};
}

function responsesIn(
  reader: TemplateReader,
  integration: TreeNode,
  method: Resource,
): Pick<Integration, "responses" | "responsesComplete"> {
  const all = [
    ...mappedResponses(reader, valueAt(integration, "IntegrationResponses"), "integration"),
    ...mappedResponses(reader, valueAt(method.props, "MethodResponses"), "method"),
  ];
  const responses = all.flatMap((response) => response ?? []);
  return { responses, responsesComplete: responses.length === all.length };
}

function mappedResponses(
  { template }: TemplateReader,
  node: TreeNode | undefined,
  of: MappedResponse["of"],
): readonly (MappedResponse | undefined)[] {
  if (node && node.k !== "list") return [undefined];
  return itemsOf(node).map((item) => {
    const status = entryOf(item, "StatusCode");
    const code = scalarText(status?.value);
    if (!status || code === undefined || intrinsicOf(item)) return undefined;
    const map = headerMap(template, valueAt(item, "ResponseParameters"), responsePrefix);
    return { statusCode: code, of, ...map, at: status.at };
  });
}
