/** What a REST API adds to the answers that API Gateway makes by itself. */
import type { ExternValue, Property, AbstractValue } from "../../interpreter/core/values";
import type { GatewayResponse, Value } from "../../model/model";
import {
  argument,
  callProps,
  classOf,
  externOf,
  isString,
  methodCall,
  toValue,
} from "../library-value";
import type { Props } from "../library-value";
import type { Reader } from "./reader";
import { headerMap } from "./rest-integrations";

export interface GatewayResponses {
  readonly of: ReadonlyMap<ExternValue, readonly GatewayResponse[]>;
  /** Some gateway response belongs to an API that cannot be told. */
  readonly astray: boolean;
}

/** Every gateway response of the program, by its API. */
export function readGatewayResponses(reader: Reader): GatewayResponses {
  const of = new Map<ExternValue, GatewayResponse[]>();
  let astray = false;
  for (const call of reader.calls.all) {
    const found = readOne(reader, call);
    if (!found) continue;
    const api = found.api && reader.original(found.api);
    if (api) of.set(api, [...(of.get(api) ?? []), found.response]);
    else astray = true;
  }
  return { of, astray };
}

function readOne(
  reader: Reader,
  call: ExternValue,
): { api: ExternValue | undefined; response: GatewayResponse } | undefined {
  const cls = classOf(call) ?? "";
  if (!/^cdk\b/.test(cls)) return undefined;
  if (/aws_apigateway\.CfnGatewayResponse$/.test(cls)) {
    const props = callProps(call, 2);
    return {
      api: apiOfId(props.slots.get("restApiId")?.value),
      response: response(reader, call, props, "l1"),
    };
  }
  if (/aws_apigateway\.GatewayResponse$/.test(cls)) {
    const props = callProps(call, 2);
    return {
      api: externOf(props.slots.get("restApi")?.value),
      response: response(reader, call, props, "l2"),
    };
  }
  const method = methodCall(call);
  if (method?.name !== "addGatewayResponse") return undefined;
  return { api: method.on, response: response(reader, call, callProps(call, 1), "l2") };
}

/** The API whose `restApiId` (or `ref`) a value is. */
function apiOfId(val: AbstractValue | undefined): ExternValue | undefined {
  if (val?.t !== "extern" || val.made.by !== "member") return undefined;
  return /^(restApiId|ref)$/.test(val.made.name) ? val.made.of : undefined;
}

function response(
  reader: Reader,
  call: ExternValue,
  props: Props,
  level: "l1" | "l2",
): GatewayResponse {
  const slot = props.slots.get(level === "l1" ? "responseType" : "type");
  const map =
    level === "l1"
      ? headerMap(props.slots.get("responseParameters"), "gatewayresponse.header.")
      : headerMap(props.slots.get("responseHeaders"), "");
  const known =
    props.open === undefined && reader.overridden(call, "ResponseParameters") === undefined;
  return {
    type: typeOf(slot, call),
    headers: map.headers,
    complete: map.complete && known,
    at: call.at,
  };
}

/** `ResponseType.DEFAULT_4XX`, `ResponseType.of("DEFAULT_4XX")`, or its text. */
function typeOf(slot: Property | undefined, call: ExternValue): Value<string> {
  if (!slot) return { kind: "unknown", because: "no type is given", at: call.at };
  const extern = externOf(slot.value);
  const made =
    extern && classOf(extern)?.endsWith("ResponseType.of")
      ? argument(extern, 0, "type")
      : undefined;
  return toValue(made ?? slot.value, isString);
}
