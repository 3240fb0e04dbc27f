/** `CfnApi`: HTTP APIs in CloudFormation's own terms. */
import type { ExternValue } from "../../interpreter/core/values";
import type { Api, ApiCors } from "../../model/model";
import { cfnRoutes } from "./cfn-routes";
import { callProps, classOf, isString, toValue } from "../library-value";
import type { Props } from "../library-value";
import { policiesIn } from "./http-api";
import { withDocument } from "./open-api";
import { withOverrides } from "./overrides";
import { apiBase } from "./reader";
import type { Reader } from "./reader";

/** Reads every `CfnApi` that is no WebSocket API. */
export function readCfnApis(reader: Reader): Api[] {
  return reader.calls.all
    .filter((value) => /^cdk\.aws_apigatewayv2\.CfnApi$/.test(classOf(value) ?? ""))
    .filter((value) => !isWebSocket(callProps(value, 2)))
    .map((value) => readCfnApi(reader, value));
}

function isWebSocket(props: Props): boolean {
  const slot = props.slots.get("protocolType");
  const protocol = slot && toValue(slot.value, isString);
  return protocol?.kind === "known" && protocol.value === "WEBSOCKET";
}

function readCfnApi(reader: Reader, value: ExternValue): Api {
  const props = callProps(value, 2);
  const document = props.slots.get("body") ?? props.slots.get("bodyS3Location");
  const { routes, complete } = cfnRoutes(reader, value);
  const isQuick = props.slots.has("target") || props.slots.has("routeKey");
  const isSeen =
    !document && !isQuick && props.open === undefined && reader.escaped(value) === undefined;
  const api: Api = {
    ...apiBase(reader, value, "http", props),
    cors: withOverrides(reader.run, value, document ? inDocument : readOption(value, props)),
    routes,
    routesComplete: complete && isSeen,
  };
  return document ? withDocument(reader, value, props, api) : api;
}

/** `x-amazon-apigateway-cors` of an OpenAPI document may configure CORS. */
const inDocument: ApiCors = { kind: "unknown", because: "an OpenAPI document describes the API" };

function readOption(value: ExternValue, props: Props): ApiCors {
  const slot = props.slots.get("corsConfiguration");
  if (slot && !(slot.value.t === "const" && slot.value.value === undefined))
    return policiesIn(slot, "cfnApi", value);
  return props.open === undefined ? { kind: "none" } : { kind: "unknown", because: props.open };
}
