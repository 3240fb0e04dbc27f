/** APIs of SAM, those among them that it makes by itself for events that name none. */
import { entriesOf, entryOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeEntry, TreeNode } from "../../ir/tree";
import type { Api, Route } from "../../model/model";
import { constantOf } from "../../model/value";
import { notForBrowsers } from "./audience";
import { openDocument } from "./document-file";
import { listField, readDocument, restExtras, routeOf } from "./document";
import type { DocumentHost, Operation } from "./document";
import { linkFunction } from "./functions";
import { onlyNode } from "./intrinsics";
import { booleanOf } from "./scalars";
import { samGatewayResponses } from "./mappings";
import { generatedRoutes } from "./sam-preflights";
import { documentNames, gatewayNames, policiesOf, readPolicy, samPolicies } from "./policy";
import { apiBase, conditionalMark, existing, isHandedOn } from "./reader";
import type { TemplateReader } from "./reader";
import type { Access } from "./document-security";
import { defaultAccess, eventAccess, namedAccess, preflightAccess, samAuth } from "./sam-auth";
import type { SamAuth } from "./sam-auth";
import { eventRoute, samEvents } from "./sam-events";
import type { EventKind, SamEvent } from "./sam-events";
import { withGlobals } from "./sam-globals";
import type { Resource } from "./template";

interface SamApi {
  readonly resource: Resource;
  /** With `Globals`. */
  readonly props: TreeNode | undefined;
  readonly events: readonly SamEvent[];
  /** An event may name it that cannot be told. */
  readonly astray: boolean;
}

const kinds: Readonly<Record<EventKind, { type: string; implicit: string }>> = {
  Api: { type: "AWS::Serverless::Api", implicit: "ServerlessRestApi" },
  HttpApi: { type: "AWS::Serverless::HttpApi", implicit: "ServerlessHttpApi" },
};

/** Reads every API of SAM. */
export function readSamApis(reader: TemplateReader): readonly Api[] {
  return [
    ...samApis(reader, "Api").map((api) => readRest(reader, api)),
    ...samApis(reader, "HttpApi").map((api) => readHttp(reader, api)),
  ];
}

function samApis(reader: TemplateReader, kind: EventKind): readonly SamApi[] {
  const { template } = reader;
  const { type, implicit } = kinds[kind];
  // An event of the other kind may name an API all the same.
  const others = samEvents(reader, kind === "Api" ? "HttpApi" : "Api").filter(
    ({ api }) => api !== undefined,
  );
  const events = [...samEvents(reader, kind), ...others];
  const astray = events.some((event) => event.astray);
  const owner = (event: SamEvent): string => event.api ?? implicit;
  const own = existing(template, type);
  const made = events.filter((event) => !event.astray && owner(event) === implicit);
  const [first] = made;
  const isOwn = own.some(({ id }) => id === implicit);
  const resources = first && !isOwn ? [...own, implicitApi(reader, first, kind)] : own;
  return resources.map((resource) => ({
    resource,
    props: withGlobals(template, type, resource.props),
    events: events.filter((event) => !event.astray && owner(event) === resource.id),
    astray,
  }));
}

/** The API that SAM makes; it stands where `Globals` speak of it, else at the first event. */
function implicitApi(
  { template }: TemplateReader,
  { entry, target }: SamEvent,
  kind: EventKind,
): Resource {
  const { type, implicit } = kinds[kind];
  const section = entryOf(template.globals, kind);
  const place = section ?? entry;
  return {
    id: implicit,
    type,
    at: place.keyAt,
    entry: place.at,
    body: place.value,
    props: undefined,
    condition: target.condition,
  };
}

/** Routes that a document or events give. */
interface Routes {
  readonly routes: readonly Route[];
  readonly complete: boolean;
  readonly document?: TreeNode;
}

function routesOf(
  reader: TemplateReader,
  api: SamApi,
  auth: SamAuth,
  kind: "rest" | "http",
): Routes {
  const { props, events } = api;
  const found = openDocument(reader, props);
  const merge = valueAt(props, "MergeDefinitions");
  const isMerged = merge !== undefined && constantOf(booleanOf(reader.template, merge)) === true;
  // Where a document describes a REST API, its events only let it call their functions.
  const isPlain = found.k === "document" && entryOf(found.node, "paths")?.value.k === "map";
  const own = events.filter(
    (event) => found.k === "none" || (isPlain && (isMerged || event.kind === "HttpApi")),
  );
  const made = own.map((event) => routeOfEvent(reader, event, auth));
  if (found.k === "none") return { routes: made, complete: true };
  if (found.k === "unknown") return { routes: made, complete: false };
  const host: DocumentHost = {
    template: reader.template,
    link: (node) => linkFunction(reader, node),
    kind,
  };
  const reading = readDocument(host, found.node);
  const written = reading.operations.map((operation) => {
    const route = withDefault(
      auth,
      routeOf(host, found.node, operation, reading.schemes),
      operation,
    );
    const event = made.find((other) => isSameKey(other, route));
    const ruling = events.find((each) => isSameKey(each, route) && overridesAuth(reader, each));
    if (!event && ruling) return { ...route, ...eventAccess(auth, ruling.props) };
    const isBare = entryOf(operation.node, "x-amazon-apigateway-integration") === undefined;
    if (!event) return route;
    // Of an HTTP API what the document says stands, of a REST API what the event says.
    if (host.kind === "rest") return completed(route, event, event.authorization);
    return isBare ? completed(route, event, route.authorization) : route;
  });
  const others = made.filter((event) => !written.some((route) => isSameKey(event, route)));
  return { routes: [...written, ...others], complete: reading.complete, document: found.node };
}

/** The default authorizer of an HTTP API leaves OPTIONS alone. */
function routeOfEvent(reader: TemplateReader, event: SamEvent, auth: SamAuth): Route {
  const route = { ...eventRoute(reader, event), ...eventAccess(auth, event.props) };
  const isOptions = event.kind === "HttpApi" && constantOf(route.method) === "OPTIONS";
  const isInherited = route.authorization.kind === "some" && route.authorization.inherited === true;
  return isOptions && isInherited ? { ...route, authorization: { kind: "none" } } : route;
}

/** An operation with the integration of an event; `first` is asked first who may call. */
function completed(route: Route, event: Route, first: Route["authorization"]): Route {
  const { unlinked: before, ...rest } = route;
  void before;
  const other = first === event.authorization ? route.authorization : event.authorization;
  return {
    ...rest,
    integration: event.integration,
    handlers: event.handlers,
    ...(event.unlinked === undefined ? {} : { unlinked: event.unlinked }),
    authorization: first.kind === "none" ? other : first,
  };
}

/** The event says who may call even where a document describes the API. */
function overridesAuth({ template }: TemplateReader, { props }: SamEvent): boolean {
  const node = valueAt(props, "Auth", "OverrideApiAuth");
  return node !== undefined && constantOf(booleanOf(template, node)) === true;
}

function isSameKey(a: Pick<Route, "path" | "method">, b: Pick<Route, "path" | "method">): boolean {
  return constantOf(a.path) === constantOf(b.path) && constantOf(a.method) === constantOf(b.method);
}

/** An operation of the document that names no authorizer gets the API's. */
function withDefault(auth: SamAuth, route: Route, { node, verb }: Operation): Route {
  const optionsAccess: Access =
    auth.kind === "http" ? { authorization: { kind: "none" } } : preflightAccess(auth);
  const access = verb === "OPTIONS" ? optionsAccess : defaultAccess(auth);
  const security = entryOf(node, "security");
  if (!security)
    return access.authorization.kind === "none"
      ? { ...route, ...keyOnly(access) }
      : { ...route, ...access };
  const names = itemsOf(security.value).flatMap((item) => entriesOf(item).map(({ key }) => key));
  if (names.includes("NONE"))
    return { ...route, authorization: { kind: "none", at: security.keyAt } };
  const named = names.find((name) => auth.authorizers.has(name));
  if (named !== undefined) return { ...route, authorization: namedAccess(auth, named, security) };
  return route.authorization.kind === "none" ? { ...route, ...access } : route;
}

function keyOnly({ apiKeyRequired }: Access): Partial<Route> {
  return apiKeyRequired ? { apiKeyRequired } : {};
}

function readRest(reader: TemplateReader, api: SamApi): Api {
  const { template } = reader;
  const { resource, props } = api;
  const auth = samAuth(template, props, "rest");
  const { routes, complete, document } = routesOf(reader, api, auth, "rest");
  const cors = entryOf(props, "Cors");
  const policy = cors ? samPolicies(template, cors) : ({ kind: "none" } as const);
  const policies = policy.kind === "policy" ? policy.of : [];
  const made = cors ? generatedRoutes({ reader, resource, auth, cors }, routes, policies) : [];
  const extras = document ? restExtras(template, document) : undefined;
  const own = samGatewayResponses(template, props);
  const binary = entryOf(props, "BinaryMediaTypes");
  const found: Api = {
    ...apiBase(reader, resource, "rest"),
    cors: policy,
    routes: [...routes, ...made],
    routesComplete:
      complete && !api.astray && template.open === undefined && !isHandedOn(template, resource.id),
    ...defaultAuthorizer(auth),
    gatewayResponses: [...own.responses, ...(extras?.gatewayResponses ?? [])],
    gatewayResponsesComplete:
      own.complete &&
      complete &&
      (extras?.gatewayResponsesComplete ?? true) &&
      template.open === undefined,
    ...(binary
      ? { binaryMediaTypes: slashes(listField(template, binary)) }
      : extras?.binaryMediaTypes
        ? { binaryMediaTypes: extras.binaryMediaTypes }
        : {}),
  };
  return { ...found, ...notForBrowsers(props, found) };
}

/** SAM writes `~1` for the slash of a media type; `*~1*` is `*`+`/*`. */
function slashes(
  field: NonNullable<Api["binaryMediaTypes"]>,
): NonNullable<Api["binaryMediaTypes"]> {
  const { value } = field;
  if (value.kind !== "known") return field;
  const items = value.value.map((item) =>
    item.kind === "known" ? { ...item, value: item.value.replaceAll("~1", "/") } : item,
  );
  return { ...field, value: { ...value, value: items } };
}

function defaultAuthorizer(auth: SamAuth): Pick<Api, "defaultAuthorizer"> {
  if (!auth.byDefault) return {};
  const { keyAt, at } = auth.byDefault.entry;
  return {
    defaultAuthorizer: { name: keyAt, entry: at, value: defaultAccess(auth).authorization },
  };
}

function readHttp(reader: TemplateReader, api: SamApi): Api {
  const { template } = reader;
  const { resource, props } = api;
  const auth = samAuth(template, props, "http");
  const { routes, complete, document } = routesOf(reader, api, auth, "http");
  return {
    ...apiBase(reader, resource, "http"),
    cors: corsOfHttp(reader, props, document, complete),
    routes: routes.map((route) => ({ ...route, ...conditionalMark(template, resource) })),
    routesComplete:
      complete && !api.astray && template.open === undefined && !isHandedOn(template, resource.id),
    ...defaultAuthorizer(auth),
  };
}

/** `CorsConfiguration`; `true` stands for every origin. */
function corsOfHttp(
  { template }: TemplateReader,
  props: TreeNode | undefined,
  document: TreeNode | undefined,
  complete: boolean,
): Api["cors"] {
  const entry = entryOf(props, "CorsConfiguration");
  if (scalarText(entry?.value)?.toLowerCase() === "true" && entry) return everyOrigin(entry);
  if (scalarText(entry?.value)?.toLowerCase() === "false") return { kind: "none" };
  const inDocument = entryOf(document, "x-amazon-apigateway-cors");
  if (entry)
    return policiesOf(template, entry, (block, at) => {
      const policy = readPolicy(template, block, "cfnApi", gatewayNames, at);
      const other = inDocument && onlyNode(template, inDocument.value);
      if (other?.k !== "map") return policy;
      // SAM puts what is given into what the document says.
      return { ...readPolicy(template, other, "cfnApi", documentNames, at), ...policy };
    });
  if (!inDocument && !complete)
    return { kind: "unknown", because: "a document that is not seen describes the API" };
  return policiesOf(template, inDocument, (block, at) =>
    readPolicy(template, block, "cfnApi", documentNames, at),
  );
}

function everyOrigin({ keyAt, at, value }: TreeEntry): Api["cors"] {
  const origins = {
    name: keyAt,
    entry: at,
    value: {
      kind: "known" as const,
      value: [{ kind: "known" as const, value: "*", at: value.at }],
      at: value.at,
    },
  };
  return {
    kind: "policy",
    of: [
      {
        form: "cfnApi",
        language: "template",
        at: keyAt,
        allowOrigins: origins,
        ignored: [],
        complete: true,
      },
    ],
  };
}
