/** OpenAPI documents with API Gateway's extensions: what an API is made of where a document describes it. */
import type { Span } from "../../ir/span";
import { entriesOf, entryOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeEntry, TreeNode } from "../../ir/tree";
import type {
  Api,
  ApiKind,
  Field,
  GatewayResponse,
  Integration,
  Route,
  Strings,
} from "../../model/model";
import { accessOf, schemesOf } from "./document-security";
import type { Access, Schemes } from "./document-security";
import { choicesOf, stringsOf } from "./intrinsics";
import { intrinsicOf } from "./mentions";
import { documentResponses, integrationResponses, methodResponses } from "./mappings";
import type { HandlerLink, LinkFunction } from "./reader";
import type { Template } from "./template";

export interface DocumentHost {
  /** The template whose functions the document may use. */
  readonly template: Template;
  readonly link: LinkFunction;
  readonly kind: Extract<ApiKind, "http" | "rest">;
}

export interface Operation {
  readonly path: TreeEntry;
  readonly method: TreeEntry;
  /** The operation's body, conditions unfolded. */
  readonly node: TreeNode;
  /** `GET`, …, `ANY`. */
  readonly verb: string;
  readonly conditional?: true;
}

export interface DocumentReading {
  readonly operations: readonly Operation[];
  readonly schemes: Schemes;
  readonly complete: boolean;
}

const verbs: Readonly<Record<string, string>> = {
  get: "GET",
  put: "PUT",
  post: "POST",
  delete: "DELETE",
  options: "OPTIONS",
  head: "HEAD",
  patch: "PATCH",
  "x-amazon-apigateway-any-method": "ANY",
};

/** The operations of a document. */
export function readDocument(host: DocumentHost, document: TreeNode): DocumentReading {
  const paths = entryOf(document, "paths");
  const schemes = schemesOf(document);
  const isOpen = (node: TreeNode | undefined): boolean =>
    entriesOf(node).some(({ key }) => key.startsWith("Fn::") || key === "$ref");
  if (!paths) return { operations: [], schemes, complete: !isOpen(document) };
  let complete = !isOpen(document) && !isOpen(paths.value);
  const operations = entriesOf(paths.value).flatMap((path) =>
    choicesOf(host.template, path.value).flatMap((choice): readonly Operation[] => {
      if (isOpen(choice.node)) complete = false;
      const { conditional } = choice;
      return entriesOf(choice.node).flatMap((method) =>
        operationsOf(host, path, method).map((operation) =>
          conditional ? { ...operation, conditional } : operation,
        ),
      );
    }),
  );
  return { operations, schemes, complete };
}

function operationsOf(
  host: DocumentHost,
  path: TreeEntry,
  method: TreeEntry,
): readonly Operation[] {
  const verb = verbs[method.key.toLowerCase()];
  if (verb === undefined) return [];
  return choicesOf(host.template, method.value).flatMap(({ node, conditional }) =>
    node?.k === "map"
      ? [{ path, method, node, verb, ...(conditional ? { conditional } : {}) }]
      : [],
  );
}

/** The operation as a route. */
export function routeOf(
  host: DocumentHost,
  document: TreeNode,
  operation: Operation,
  schemes: Schemes,
): Route {
  const { path, method, node, verb, conditional } = operation;
  const security = entryOf(node, "security") ?? entryOf(document, "security");
  const access: Access = accessOf(security, schemes);
  const isDefault = host.kind === "http" && /^\/?\$default$/.test(path.key);
  return {
    method: { kind: "known", value: verb, at: method.keyAt },
    path: { kind: "known", value: isDefault ? "$default" : path.key, at: path.keyAt },
    at: method.keyAt,
    methods: method.keyAt,
    call: method.at,
    ...access,
    ...integrationOf(host, node, method.keyAt),
    ...(conditional ? { conditional: true } : {}),
  };
}

type IntegrationReading = Pick<Route, "integration"> & HandlerLink;

/** What stands behind an operation. */
export function integrationOf(
  host: DocumentHost,
  operation: TreeNode,
  at: Span,
): IntegrationReading {
  const entry = entryOf(operation, "x-amazon-apigateway-integration");
  const unseen = (because: string): IntegrationReading => ({
    integration: { kind: "unknown", at },
    handlers: [],
    unlinked: because,
  });
  if (!entry) return unseen("the document gives the operation no integration");
  const [choice, ...others] = choicesOf(host.template, entry.value);
  const node = choice?.node;
  if (!node || others.length > 0 || intrinsicOf(node))
    return unseen("the integration cannot be seen");
  if (entryOf(node, "$ref")) return unseen("the integration is defined elsewhere in the document");
  const type = scalarText(valueAt(node, "type"))?.toLowerCase();
  const base = (kind: Integration["kind"]): Integration => ({ kind, at: entry.keyAt });
  const mapped = (kind: Integration["kind"]): Integration => {
    const { responses, complete } = integrationResponses(host.template, node);
    const declared = methodResponses(operation);
    return { ...base(kind), responses: [...responses, ...declared], responsesComplete: complete };
  };
  const uri = valueAt(node, "uri");
  switch (type) {
    case "mock":
      return { integration: mapped("mock"), handlers: [] };
    case "http":
      return { integration: mapped("http"), handlers: [] };
    case "http_proxy":
      return { integration: base("http"), handlers: [] };
    case "aws_proxy":
      if (entryOf(node, "integrationSubtype")) return { integration: base("aws"), handlers: [] };
      return {
        integration: { ...base("lambda"), payload: payloadOf(host, node), ...ignored(host, node) },
        ...host.link(uri),
      };
    case "aws": {
      if (startsExecution(uri)) return { integration: base("stepFunctions"), handlers: [] };
      const isLambda = /lambda:path/.test(textIn(uri));
      return isLambda
        ? { integration: mapped("lambdaCustom"), ...host.link(uri) }
        : { integration: mapped("aws"), handlers: [] };
    }
    default:
      return unseen("the integration cannot be seen");
  }
}

/** Header mappings that a proxy integration does nothing with. */
function ignored(host: DocumentHost, integration: TreeNode): Pick<Integration, "ignoredResponses"> {
  const { responses } = integrationResponses(host.template, integration);
  const entry = entryOf(integration, "responses");
  return entry && responses.some(({ headers }) => headers.length > 0) && host.kind === "rest"
    ? { ignoredResponses: entry.at }
    : {};
}

function payloadOf({ kind }: DocumentHost, integration: TreeNode): "1.0" | "2.0" {
  if (kind === "rest") return "1.0";
  return scalarText(valueAt(integration, "payloadFormatVersion"))?.startsWith("2") ? "2.0" : "1.0";
}

/** A state machine is started. */
export function startsExecution(uri: TreeNode | undefined): boolean {
  return textIn(uri).includes(":states:action/");
}

/** All texts in a node, to look for what an ARN names. */
export function textIn(node: TreeNode | undefined): string {
  if (!node) return "";
  if (node.k === "scalar") return node.text;
  const parts = node.k === "list" ? itemsOf(node) : node.entries.map(({ value }) => value);
  return parts.slice(0, 50).map(textIn).join(" ");
}

/** What a document says of a REST API besides its operations. */
export function restExtras(
  template: Template,
  document: TreeNode,
): {
  readonly gatewayResponses: readonly GatewayResponse[];
  readonly gatewayResponsesComplete: boolean;
  readonly binaryMediaTypes?: Api["binaryMediaTypes"];
} {
  const { responses, complete } = documentResponses(template, document);
  const binary = entryOf(document, "x-amazon-apigateway-binary-media-types");
  const types = binary && listField(template, binary);
  return {
    gatewayResponses: responses,
    gatewayResponsesComplete: complete,
    ...(types ? { binaryMediaTypes: types } : {}),
  };
}

export function listField(template: Template, entry: TreeEntry): Field<Strings> {
  return { name: entry.keyAt, entry: entry.at, value: stringsOf(template, entry.value) };
}
