/**
 * Components of SST 3, which stand in the global `sst`: `ApiGatewayV2`, `ApiGatewayV1` and a `Function` with a URL. As in
 * SST 2 their policy is SST's own, unless it is switched off.
 */
import type { AbstractValue, ExternValue } from "../../interpreter/core/values";
import type { Api, Authorization, Route, Value } from "../../model/model";
import {
  argument,
  callProps,
  classOf,
  isBoolean,
  methodCall,
  toProps,
  toValue,
} from "../library-value";
import { textOf } from "./handler-file";
import type { Reader } from "./reader";
import { conditionalMark, packagedBase } from "./reader";
import { isNothing } from "./rest-preflight";
import { corsOf, keyOf, linkOf } from "./sst";

/** Reads every API that the components make. */
export function readSstComponents(reader: Reader): Api[] {
  return reader.calls.all.flatMap((call) => {
    switch (classOf(call)) {
      case "global:sst.aws.ApiGatewayV2":
        return [readApi(reader, call, "http")];
      case "global:sst.aws.ApiGatewayV1":
        return [readApi(reader, call, "rest")];
      case "global:sst.aws.Function":
        return readUrl(reader, call);
      default:
        return [];
    }
  });
}

function readApi(reader: Reader, call: ExternValue, kind: "http" | "rest"): Api {
  const props = callProps(call, 1);
  const routes = (reader.calls.on.get(call) ?? []).flatMap((later) => routeOf(reader, later, kind));
  return {
    ...packagedBase(reader, call, kind),
    ...nameOf(call),
    cors: corsOf(props),
    routes,
    routesComplete: props.open === undefined && reader.escaped(call) === undefined,
    gatewayResponsesComplete: false,
  };
}

/** `api.route("GET /orders", "src/orders.handler", { auth: … })` */
function routeOf(reader: Reader, call: ExternValue, kind: "http" | "rest"): Route[] {
  if (methodCall(call)?.name !== "route") return [];
  const key = argument(call, 0, "rawRoute");
  const handler = argument(call, 1, "handler");
  const text = textOf(key);
  const at = call.at;
  const unknown: Value<string> = { kind: "unknown", because: "the route cannot be seen", at };
  return [
    {
      ...(text === undefined ? { method: unknown, path: unknown } : keyOf(text, key?.at ?? at)),
      at,
      authorization: authorizationOf(call),
      integration: { kind: "lambda", ...(kind === "http" ? { payload: "2.0" as const } : {}) },
      ...linkTo(reader, handler),
      ...conditionalMark(reader, call),
    },
  ];
}

function linkTo(reader: Reader, handler: AbstractValue | undefined): ReturnType<typeof linkOf> {
  return handler
    ? linkOf(reader, handler)
    : { handlers: [], unlinked: "the function cannot be seen" };
}

function authorizationOf(call: ExternValue): Authorization {
  const options = callProps(call, 2);
  if (options.open !== undefined) return { kind: "unknown", because: options.open };
  const auth = options.slots.get("auth");
  return auth && !isNothing(auth.value)
    ? { kind: "unknown", because: "an authorizer of SST", at: auth.name }
    : { kind: "none" };
}

/** `new sst.aws.Function("Orders", { handler, url: true })` */
function readUrl(reader: Reader, call: ExternValue): Api[] {
  const props = callProps(call, 1);
  const slot = props.slots.get("url");
  if (!slot || isNothing(slot.value)) return [];
  const given = toValue(slot.value, isBoolean);
  if (given.kind === "known" && !given.value) return [];
  const own = toProps(slot.value);
  const { at } = call;
  return [
    {
      ...packagedBase(reader, call, "functionUrl"),
      ...nameOf(call),
      cors: corsOf(own ?? { slots: new Map(), at }),
      routes: [
        {
          method: { kind: "known", value: "ANY", at },
          path: { kind: "known", value: "$default", at },
          at,
          authorization: { kind: "unknown", because: "who may call is said to SST" },
          integration: { kind: "lambda", payload: "2.0", at },
          ...linkTo(reader, props.slots.get("handler")?.value),
          ...conditionalMark(reader, call),
        },
      ],
      routesComplete: true,
    },
  ];
}

function nameOf(call: ExternValue): Pick<Api, "name"> | undefined {
  const name = textOf(argument(call, 0, "name"));
  return name === undefined ? undefined : { name };
}
