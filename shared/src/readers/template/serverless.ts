/** `serverless.yml` of the Serverless Framework: `http` and `httpApi` events, function URLs, and what CORS they have. */
import { dirname, joinPath } from "../../base/file-paths";
import type { Project } from "../../ir/project";
import { entriesOf, entryOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeEntry, TreeNode } from "../../ir/tree";
import type { Api, ApiCors, Authorization, CorsPolicy, Route } from "../../model/model";
import { constantOf } from "../../model/value";
import type { CdkReading } from "../cdk/read";
import { sourceOfBuilt } from "../cdk/built-source";
import { handlerFile, partsOf } from "../cdk/handler-file";
import { handlerId } from "../cdk/reader";
import type { EnvironmentText } from "../cdk/function-settings";
import { responsesOf } from "./cfn-rest";
import { unreadLanguage } from "./functions";
import { apiBase, headersInSources, sigV4, some } from "./reader";
import type { HandlerLink, ReadCode, TemplateReader } from "./reader";
import {
  httpApiForm,
  likelyText,
  resolved,
  restForm,
  slsItems,
  slsPolicy,
  slsText,
  urlForm,
} from "./serverless-values";
import { templateOf } from "./template";
import type { Template } from "./template";

interface Service {
  readonly file: string;
  readonly root: TreeNode;
  readonly project: Project;
  readonly functions: Map<string, ReadCode>;
  /** Functions or events that are in other files, or come from variables. */
  readonly open: boolean;
}

interface Event {
  readonly fn: TreeEntry;
  readonly entry: TreeEntry;
  /** `GET /orders` or a map. */
  readonly node: TreeNode;
}

/** Whether a data file is a service on AWS. */
export function isService(root: TreeNode | undefined): root is TreeNode {
  return (
    entryOf(root, "functions") !== undefined &&
    scalarText(valueAt(root, "provider", "name")) === "aws"
  );
}

/** What a service deploys, in the form in which CDK code is read. */
export function readService(project: Project, file: string, root: TreeNode): CdkReading {
  const functions = new Map<string, ReadCode>();
  const written = entryOf(root, "functions")?.value;
  const all = entriesOf(written);
  const open =
    written?.k !== "map" ||
    all.some(({ value }) => resolved(root, value)?.k !== "map" || hasUnseenEvents(root, value));
  const service: Service = { file, root, project, functions, open };
  const apis = [
    ...restApi(service, all),
    ...httpApi(service, all),
    ...all.flatMap((fn) => functionUrl(service, fn)),
  ];
  const made = all.flatMap((fn) => linkOf(service, fn).handlers);
  const routed = new Set(apis.flatMap(({ routes }) => routes.flatMap(({ handlers }) => handlers)));
  const linked = new Map([...functions].filter(([id]) => routed.has(id)));
  const closed = !open && apis.length > 0;
  return {
    apis,
    policies: [],
    functions: linked,
    unrouted: new Set(closed ? made.filter((id) => !routed.has(id)) : []),
    made: new Set(made),
    gaps: [],
  };
}

function hasUnseenEvents(root: TreeNode, fn: TreeNode): boolean {
  const events = entryOf(resolved(root, fn), "events");
  return events !== undefined && resolved(root, events.value)?.k !== "list";
}

function eventsOf(
  { root }: Service,
  all: readonly TreeEntry[],
  kind: "http" | "httpApi",
): readonly Event[] {
  return all.flatMap((fn) =>
    slsItems(root, valueAt(resolved(root, fn.value), "events")).flatMap((item) => {
      const entry = entryOf(item, kind);
      const node = entry && resolved(root, entry.value);
      return entry && node ? [{ fn, entry, node }] : [];
    }),
  );
}

/** `GET /orders`, `{ method, path }`, `*` */
function keyOf({ root }: Service, { node, entry }: Event): Pick<Route, "method" | "path"> {
  const text = scalarText(node);
  const [method, path] =
    text === undefined
      ? [slsText(root, valueAt(node, "method")), slsText(root, valueAt(node, "path"))]
      : text === "*"
        ? ["*", "*"]
        : text.split(/\s+/);
  const at = entry.keyAt;
  const lost = { kind: "unknown", because: "a variable decides it", at } as const;
  if (path === "*")
    return {
      method: { kind: "known", value: "ANY", at },
      path: { kind: "known", value: "$default", at },
    };
  const verb = method?.toUpperCase() === "*" ? "ANY" : method?.toUpperCase();
  return {
    method: verb === undefined ? lost : { kind: "known", value: verb, at },
    path:
      path === undefined ? lost : { kind: "known", value: `/${path.replace(/^\/|\/$/g, "")}`, at },
  };
}

function restApi(service: Service, all: readonly TreeEntry[]): readonly Api[] {
  const events = eventsOf(service, all, "http");
  const [first] = events;
  if (!first) return [];
  const policies = new Map<string, CorsPolicy | "unseen">();
  const routes = events.map((event): Route => {
    const route = routeOf(service, event, "1.0");
    const cors = entryOf(event.node, "cors");
    const policy = cors && slsPolicy(service.root, cors, restForm);
    const path = constantOf(route.path);
    if (policy && path !== undefined) policies.set(path, policy);
    const isPrivate = scalarText(valueAt(event.node, "private")) === "true";
    return isPrivate
      ? { ...route, apiKeyRequired: { kind: "known", value: true, at: route.at } }
      : route;
  });
  const made = [...policies].map(([path, policy]): Route => {
    const at = policy === "unseen" ? first.entry.keyAt : policy.at;
    return {
      method: { kind: "known", value: "OPTIONS", at },
      path: { kind: "known", value: path, at },
      at,
      authorization: { kind: "none" },
      integration: { kind: "mock" },
      handlers: [],
      generated: true,
      ...(policy === "unseen" ? { conditional: true } : { preflight: policy }),
    };
  });
  const template = templateOf(service.file, valueAt(service.root, "resources"));
  return [
    {
      ...base(service, first, "ApiGatewayRestApi", "rest"),
      cors: corsOf([...policies.values()]),
      routes: [...routes, ...made],
      routesComplete: !service.open,
      gatewayResponses: template
        ? responsesOf(readerOf(service, template), "ApiGatewayRestApi")
        : [],
      // Further resources may lie in other files.
      gatewayResponsesComplete: !service.open && isWhole(service),
    },
  ];
}

function corsOf(policies: readonly (CorsPolicy | "unseen")[]): ApiCors {
  if (policies.includes("unseen")) return { kind: "unknown", because: "a variable decides it" };
  const of = policies.flatMap((policy) => (policy === "unseen" ? [] : [policy]));
  return of.length > 0 ? { kind: "policy", of } : { kind: "none" };
}

/** `resources` are all in this file, and no plugin may add to them. */
function isWhole({ root }: Service): boolean {
  const resources = entryOf(root, "resources")?.value;
  const inFile = resources === undefined || valueAt(resources, "Resources")?.k === "map";
  return inFile && entryOf(root, "plugins") === undefined;
}

function readerOf({ project, functions }: Service, template: Template): TemplateReader {
  return { project, template, functions, routed: new Set() };
}

function httpApi(service: Service, all: readonly TreeEntry[]): readonly Api[] {
  const events = eventsOf(service, all, "httpApi");
  const [first] = events;
  const settings = valueAt(service.root, "provider", "httpApi");
  // An API with an id is configured elsewhere.
  if (!first || entryOf(settings, "id")) return [];
  const routes = events.map((event) => routeOf(service, event, "2.0"));
  const methods = routes.map(({ method }) =>
    constantOf(method) === "ANY" ? "*" : (constantOf(method) ?? "*"),
  );
  const cors = entryOf(settings, "cors");
  const policy =
    cors && slsPolicy(service.root, cors, httpApiForm([...new Set(["OPTIONS", ...methods])]));
  return [
    {
      ...base(service, first, "HttpApi", "http"),
      cors: policy ? corsOf([policy]) : { kind: "none" },
      routes,
      routesComplete: !service.open,
    },
  ];
}

function functionUrl(service: Service, fn: TreeEntry): readonly Api[] {
  const { root } = service;
  const entry = entryOf(resolved(root, fn.value), "url");
  const node = entry && resolved(root, entry.value);
  if (!entry || !node || (node.k === "scalar" && node.value !== true)) return [];
  const cors = entryOf(node, "cors");
  const policy = cors && slsPolicy(root, cors, urlForm);
  const isSigned = slsText(root, valueAt(node, "authorizer"))?.toLowerCase() === "aws_iam";
  const at = entry.keyAt;
  const event: Event = { fn, entry, node };
  return [
    {
      ...base(service, event, fn.key, "functionUrl"),
      id: `${service.file}#${fn.key}.url`,
      cors: policy ? corsOf([policy]) : { kind: "none" },
      authType: { kind: "known", value: isSigned ? "AWS_IAM" : "NONE", at },
      routes: [
        {
          method: { kind: "known", value: "ANY", at },
          path: { kind: "known", value: "$default", at },
          at,
          authorization: isSigned ? some(sigV4.type, sigV4.headers, at) : { kind: "none" },
          integration: { kind: "lambda", payload: "2.0", at },
          ...linkOf(service, fn),
        },
      ],
      routesComplete: true,
    },
  ];
}

/** The framework makes the API: it stands at its first event, and has no block of its own to write to. */
function base(
  { file, root }: Service,
  { entry }: Event,
  id: string,
  kind: Api["kind"],
): ReturnType<typeof apiBase> {
  const template: Template = { file, root, resources: new Map(), isSam: false, globals: undefined };
  const reader = { template } as TemplateReader;
  const { statement, variable, ...rest } = apiBase(
    reader,
    { id, type: `serverless.${kind}`, at: entry.keyAt, entry: entry.at },
    kind,
  );
  void [statement, variable];
  return rest;
}

function routeOf(service: Service, event: Event, payload: "1.0" | "2.0"): Route {
  const { entry, node, fn } = event;
  const integration = slsText(service.root, valueAt(node, "integration"))?.toLowerCase();
  const isProxy =
    integration === undefined || /^(lambda-proxy|lambda_proxy|aws_proxy)$/.test(integration);
  return {
    ...keyOf(service, event),
    at: entry.keyAt,
    call: entry.at,
    authorization: authorizationOf(service, node),
    integration: isProxy
      ? { kind: "lambda", payload, at: entry.keyAt }
      : { kind: integration === "lambda" ? "lambdaCustom" : "unknown", at: entry.keyAt },
    ...linkOf(service, fn),
  };
}

function authorizationOf({ root }: Service, node: TreeNode): Authorization {
  const entry = entryOf(node, "authorizer");
  if (!entry) return { kind: "none" };
  const at = entry.keyAt;
  const found = resolved(root, entry.value);
  if (!found) return { kind: "unknown", because: "a variable decides it", at };
  const name = scalarText(found) ?? slsText(root, valueAt(found, "name")) ?? "";
  const declared = valueAt(root, "provider", "httpApi", "authorizers", name);
  const type = (
    slsText(root, valueAt(found, "type") ?? valueAt(declared, "type")) ?? name
  ).toLowerCase();
  if (type === "aws_iam") return some(sigV4.type, sigV4.headers, at);
  const source = slsText(
    root,
    valueAt(found, "identitySource") ?? valueAt(declared, "identitySource"),
  );
  const headers = source === undefined ? ["authorization"] : headersInSources([source]);
  return some(type === "jwt" ? "jwt" : /cognito/.test(type) ? "cognito" : "lambda", headers, at);
}

/** `handler: src/orders.handler`, from the service's folder; the runtime is the function's or the provider's. */
function linkOf(service: Service, { value }: TreeEntry): HandlerLink {
  const { root, project, file, functions } = service;
  const fn = resolved(root, value);
  const handler = likelyText(root, valueAt(fn, "handler"));
  const runtime =
    slsText(root, valueAt(fn, "runtime") ?? valueAt(root, "provider", "runtime")) ?? "";
  if (entryOf(fn, "image")) return { handlers: [], unlinked: "the image cannot be seen" };
  if (handler === undefined) return { handlers: [], unlinked: "the handler's name is not known" };
  const language = unreadLanguage(runtime);
  if (language !== undefined)
    return { handlers: [], unlinked: `handlers in ${language} are not read` };
  const { path, name } = partsOf(handler, runtime.startsWith("python") ? "python" : "node");
  const source =
    handlerFile(project, dirname(file), path) ??
    sourceOfBuilt(project, joinPath(dirname(file), path), name.split(".")[0] ?? name);
  if (source === undefined) return { handlers: [], unlinked: `no source for \`${handler}\`` };
  const at = valueAt(fn, "handler")?.at ?? value.at;
  const environment = {
    ...environmentOf(root, valueAt(root, "provider")),
    ...environmentOf(root, fn),
  };
  const code: ReadCode = {
    k: "file",
    file: source,
    name,
    at,
    ...(Object.keys(environment).length > 0 ? { environment } : {}),
  };
  const id = handlerId(code);
  functions.set(id, functions.get(id) ?? code);
  return { handlers: [id] };
}

function environmentOf(
  root: TreeNode,
  of: TreeNode | undefined,
): Readonly<Record<string, EnvironmentText>> {
  const entries = entriesOf(resolved(root, valueAt(of, "environment")));
  return Object.fromEntries(
    entries.flatMap(({ key, value }) => {
      const text = slsText(root, value);
      return text === undefined ? [] : [[key, { text, at: value.at }] as const];
    }),
  );
}
