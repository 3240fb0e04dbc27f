/** `CfnRoute`: routes of HTTP APIs without the constructs of higher levels. */
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { Authorization, Integration, Route, Value } from "../../model/model";
import type { Span } from "../../ir/span";
import { sigV4Headers } from "./authorizers";
import { callProps, classOf, isString, toValue } from "../library-value";
import type { Props } from "../library-value";
import { constructsOf } from "./program";
import type { Reader } from "./reader";
import { conditionalMark, linkHandler } from "./reader";
import { functionIn, madeOf } from "./traces";

/** The routes that name the API by its id; not complete when there is one whose API cannot be told. */
export function cfnRoutes(
  reader: Reader,
  api: ExternValue,
): { routes: Route[]; complete: boolean } {
  const routes: Route[] = [];
  let complete = true;
  for (const call of constructsOf(reader.calls, "cdk.aws_apigatewayv2.CfnRoute")) {
    const props = callProps(call, 2);
    const id = props.slots.get("apiId")?.value;
    const owner = id && madeOf(id, isApi)[0];
    if (owner === api) routes.push(readRoute(reader, call, props));
    else if (!owner) complete = false;
  }
  return { routes, complete };
}

function isApi(value: ExternValue): boolean {
  return /^cdk\.aws_apigatewayv2\.(CfnApi|HttpApi|WebSocketApi)$/.test(classOf(value) ?? "");
}

function readRoute(reader: Reader, call: ExternValue, props: Props): Route {
  const key = props.slots.get("routeKey");
  const at = key?.name ?? call.at;
  const text: Value<string> = key
    ? toValue(key.value, isString)
    : { kind: "unknown", because: props.open ?? "no key", at };
  return {
    ...methodAndPath(text),
    at: call.at,
    ...(key ? { methods: key.value.at } : {}),
    ...(call.made.by === "call" ? { call: call.made.args.at } : {}),
    ...(call.statement ? { statement: call.statement } : {}),
    authorization: authorizationOf(props, call.at),
    ...integrationOf(reader, props.slots.get("target")?.value),
    ...conditionalMark(reader, call),
  };
}

/** `GET /orders`, `ANY /{proxy+}`, `$default` */
function methodAndPath(key: Value<string>): { method: Value<string>; path: Value<string> } {
  const { at } = key;
  if (key.kind !== "known") {
    const unseen: Value<string> = {
      kind: "unknown",
      because: "the route key is decided elsewhere",
      at,
    };
    return { method: unseen, path: unseen };
  }
  const [method = "", path] = key.value === "$default" ? ["ANY", "$default"] : key.value.split(" ");
  return {
    method: { kind: "known", value: method, at },
    path: { kind: "known", value: path ?? "", at },
  };
}

const types: Readonly<Record<string, { type: string; headers: readonly string[] }>> = {
  JWT: { type: "jwt", headers: ["authorization"] },
  AWS_IAM: { type: "iam", headers: sigV4Headers },
  CUSTOM: { type: "lambda", headers: [] },
};

function authorizationOf(props: Props, at: Span): Authorization {
  const slot = props.slots.get("authorizationType");
  if (!slot)
    return props.open === undefined ? { kind: "none" } : { kind: "unknown", because: props.open };
  const text = toValue(slot.value, isString);
  if (text.kind !== "known" || slot.maybe)
    return { kind: "unknown", because: "the authorization is decided elsewhere", at };
  if (text.value === "NONE") return { kind: "none", at: slot.name };
  const found = types[text.value];
  return found
    ? { kind: "some", ...found, at: slot.name }
    : { kind: "unknown", because: "an unknown kind of authorization", at: slot.name };
}

/** `target: "integrations/" + integration.ref` */
function integrationOf(
  reader: Reader,
  target: AbstractValue | undefined,
): { integration: Integration; handlers: readonly string[]; unlinked?: string } {
  const unseen = {
    integration: { kind: "unknown" } as const,
    handlers: [],
    unlinked: "the integration cannot be seen",
  };
  const made =
    target && madeOf(target, (value) => /\.CfnIntegration$/.test(classOf(value) ?? ""))[0];
  if (!target || !made) return unseen;
  const { slots } = callProps(made, 2);
  const type = slots.get("integrationType");
  const kind = type && toValue(type.value, isString);
  if (kind?.kind !== "known") return unseen;
  if (/^HTTP/.test(kind.value))
    return { integration: { kind: "http", at: target.at }, handlers: [] };
  if (slots.has("integrationSubtype"))
    return { integration: { kind: "aws", at: target.at }, handlers: [] };
  const version = slots.get("payloadFormatVersion");
  const payload = version && toValue(version.value, isString);
  return {
    integration: {
      kind: "lambda",
      payload: payload?.kind === "known" && payload.value === "1.0" ? "1.0" : "2.0",
      at: target.at,
    },
    ...linkHandler(reader, functionIn(slots.get("integrationUri")?.value)),
  };
}
