/** REST APIs in CloudFormation's own terms: `CfnRestApi`, `CfnResource`, `CfnMethod`. */
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { Api, Integration, Route, Value } from "../../model/model";
import { sigV4Headers } from "./authorizers";
import {
  argument,
  callProps,
  classOf,
  isBoolean,
  isString,
  methodCall,
  toProps,
  toStrings,
  toValue,
} from "../library-value";
import type { Props } from "../library-value";
import { readGatewayResponses } from "./gateway-responses";
import { withDocument } from "./open-api";
import { apiBase, conditionalMark, linkHandler } from "./reader";
import type { Reader } from "./reader";
import type { IntegrationReading } from "./rest-integrations";
import { functionInUri, withResponses } from "./rest-integrations";
import { joinPath } from "./rest-tree";
import { madeOf } from "./traces";

const cfnRestApi = /^cdk\.aws_apigateway\.CfnRestApi$/;
const cfnMethod = /^cdk\.aws_apigateway\.CfnMethod$/;

/** Reads every `CfnRestApi`. */
export function readCfnRestApis(reader: Reader): Api[] {
  return reader.calls.all
    .filter((value) => cfnRestApi.test(classOf(value) ?? ""))
    .map((value) => readCfnRestApi(reader, value));
}

function readCfnRestApi(reader: Reader, value: ExternValue): Api {
  const props = callProps(value, 2);
  const responses = readGatewayResponses(reader);
  const document = props.slots.has("body") || props.slots.has("bodyS3Location");
  const isSeen = !document && props.open === undefined && reader.escaped(value) === undefined;
  const binary = props.slots.get("binaryMediaTypes");
  const api: Api = {
    ...apiBase(reader, value, "rest", props),
    cors: document
      ? { kind: "unknown", because: "an OpenAPI document describes the API" }
      : { kind: "none" },
    routes: [],
    routesComplete: isSeen,
    gatewayResponses: responses.of.get(value) ?? [],
    gatewayResponsesComplete: isSeen && !responses.astray,
    ...(binary
      ? {
          binaryMediaTypes: {
            name: binary.name,
            entry: binary.entry,
            value: toStrings(binary.value),
          },
        }
      : {}),
  };
  return document ? withDocument(reader, value, props, api) : api;
}

/** The REST APIs with the methods that `CfnMethod` adds to them, whatever construct made the API. */
export function withCfnMethods(reader: Reader, apis: readonly Api[]): readonly Api[] {
  const methods = reader.calls.all.filter((value) => cfnMethod.test(classOf(value) ?? ""));
  if (methods.length === 0) return apis;
  const found = methods.map((call) => {
    const props = callProps(call, 2);
    const [api] = madeOf(props.slots.get("restApiId")?.value ?? call, (value) =>
      reader.apis.has(value),
    );
    return { id: api && reader.apis.get(api), route: readMethod(reader, call, props) };
  });
  const isAstray = found.some(({ id }) => id === undefined);
  return apis.map((api) => {
    if (api.kind !== "rest") return api;
    const routes = found.flatMap(({ id, route }) => (id === api.id ? [route] : []));
    const isKnown = routes.every(
      (route) => route.path.kind === "known" && route.method.kind === "known",
    );
    return {
      ...api,
      routes: [...api.routes, ...routes],
      routesComplete: api.routesComplete && isKnown && !isAstray,
    };
  });
}

function readMethod(reader: Reader, call: ExternValue, props: Props): Route {
  const method = props.slots.get("httpMethod");
  const key = props.slots.get("apiKeyRequired");
  const because = props.open ?? "it is not given";
  return {
    method: method ? toValue(method.value, isString) : { kind: "unknown", because, at: call.at },
    path: pathOf(props.slots.get("resourceId")?.value, call),
    at: call.at,
    ...(method ? { methods: method.value.at } : {}),
    ...(call.made.by === "call" ? { call: call.made.args.at } : {}),
    ...(call.statement ? { statement: call.statement } : {}),
    authorization: authorizationOf(props),
    ...(key ? { apiKeyRequired: toValue(key.value, isBoolean) } : {}),
    ...integrationOf(reader, props),
    ...conditionalMark(reader, call),
  };
}

/** The path of the resource whose id a value is: `items.ref`, `items.resourceId`, `api.attrRootResourceId`. */
function pathOf(id: AbstractValue | undefined, on: ExternValue, depth = 0): Value<string> {
  const { at } = on;
  const unseen: Value<string> = { kind: "unknown", because: "the resource cannot be told", at };
  const root: Value<string> = { kind: "known", value: "/", at };
  if (id?.t !== "extern" || id.made.by !== "member" || depth > maxDepth) return unseen;
  if (/^(attrRootResourceId|restApiRootResourceId)$/.test(id.made.name)) return root;
  const resource = id.made.of;
  if (resource.made.by === "member") return resource.made.name === "root" ? root : unseen;
  const added = methodCall(resource);
  if (added?.name === "resourceForPath" || added?.name === "addResource") {
    const part = argument(resource, 0, added.name === "addResource" ? "pathPart" : "path");
    const text = part ? toValue(part, isString) : unseen;
    if (added.name === "resourceForPath")
      return text.kind === "known" ? { ...text, value: `/${text.value.replace(/^\//, "")}` } : text;
    return joinPath(pathOf(idOf(added.on), on, depth + 1), text);
  }
  if (!/\.CfnResource$/.test(classOf(resource) ?? "")) return unseen;
  const { slots } = callProps(resource, 2);
  const part = slots.get("pathPart");
  return joinPath(
    pathOf(slots.get("parentId")?.value, on, depth + 1),
    part ? toValue(part.value, isString) : unseen,
  );
}

const maxDepth = 20;

/** `resource.resourceId`, as the code could have written it. */
function idOf(resource: ExternValue): ExternValue {
  return { ...resource, made: { by: "member", of: resource, name: "resourceId" } };
}

const types: Readonly<Record<string, { type: string; headers: readonly string[] }>> = {
  AWS_IAM: { type: "iam", headers: sigV4Headers },
  COGNITO_USER_POOLS: { type: "cognito", headers: ["authorization"] },
  // Members of `AuthorizationType`, which stand for the texts above.
  COGNITO: { type: "cognito", headers: ["authorization"] },
  IAM: { type: "iam", headers: sigV4Headers },
  CUSTOM: { type: "lambda", headers: [] },
};

function authorizationOf(props: Props): Route["authorization"] {
  const slot = props.slots.get("authorizationType");
  if (!slot)
    return props.open === undefined ? { kind: "none" } : { kind: "unknown", because: props.open };
  const text = toValue(slot.value, isString);
  if (text.kind === "known" && text.value === "NONE") return { kind: "none", at: slot.name };
  const found = text.kind === "known" && !slot.maybe ? types[text.value] : undefined;
  return found
    ? { kind: "some", ...found, at: slot.name }
    : { kind: "unknown", because: "the authorization is decided elsewhere", at: slot.name };
}

function integrationOf(reader: Reader, props: Props): IntegrationReading {
  const slot = props.slots.get("integration");
  const options = toProps(slot?.value);
  const type = options?.slots.get("type");
  const text = type && toValue(type.value, isString);
  if (!slot || text?.kind !== "known") {
    return {
      integration: { kind: "unknown" },
      handlers: [],
      unlinked: "the integration cannot be seen",
    };
  }
  const base = (kind: Integration["kind"]): Integration => ({ kind, at: slot.name });
  const mapped = (kind: Integration["kind"]): IntegrationReading =>
    withResponses(base(kind), options, props.slots.get("methodResponses"), []);
  switch (text.value) {
    case "MOCK":
      return mapped("mock");
    case "HTTP":
      return mapped("http");
    case "HTTP_PROXY":
      return { integration: base("http"), handlers: [] };
    case "AWS_PROXY":
      return {
        integration: { ...base("lambda"), payload: "1.0" },
        ...linkHandler(reader, options && functionInUri(options)),
      };
    default:
      return mapped(options && functionInUri(options) ? "lambdaCustom" : "aws");
  }
}
