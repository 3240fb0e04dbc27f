/** HTTP APIs: `HttpApi`, its routes and its policy. */
import type { ExternValue, Property, AbstractValue } from "../../interpreter/core/values";
import type {
  Api,
  ApiCors,
  Authorization,
  Integration,
  PolicyForm,
  Route,
  Value,
} from "../../model/model";
import type { Span } from "../../ir/span";
import { readAuthorizer } from "./authorizers";
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
import { cfnRoutes } from "./cfn-routes";
import { withOverrides } from "./overrides";
import { readPolicies } from "./policy";
import { constructsOf } from "./program";
import type { Reader } from "./reader";
import { apiBase, conditionalMark, linkHandler } from "./reader";

const httpApi = /^cdk\.aws_apigatewayv2\.HttpApi$/;

const importedHttpApi = /^cdk\.aws_apigatewayv2\.HttpApi\.fromHttpApiAttributes$/;

/** Reads every HTTP API of the program. */
export function readHttpApis(reader: Reader): Api[] {
  return reader.calls.all
    .filter((value) => httpApi.test(classOf(value) ?? ""))
    .map((value) => readHttpApi(reader, value))
    .concat(importedApis(reader));
}

function readHttpApi(reader: Reader, value: ExternValue): Api {
  const props = callProps(value, 2);
  const defaultAuthorizer = props.slots.get("defaultAuthorizer");
  const inherited: Authorization =
    props.open !== undefined && !defaultAuthorizer
      ? { kind: "unknown", because: props.open }
      : defaultAuthorizer
        ? asInherited(readAuthorizer(defaultAuthorizer.value, defaultAuthorizer.name))
        : { kind: "none" };
  const routes = [
    ...defaultRoute(reader, value, props, inherited),
    ...reader.callsOn(value).flatMap((call) => addedRoutes(reader, call, inherited)),
    ...constructedRoutes(reader, value, inherited),
  ];
  const raw = cfnRoutes(reader, value);
  const escaped = reader.escaped(value);
  return {
    ...apiBase(reader, value, "http", props),
    cors: readCors(reader, value, props),
    routes: [...routes, ...raw.routes],
    routesComplete: escaped === undefined && props.open === undefined && raw.complete,
    ...(defaultAuthorizer
      ? {
          defaultAuthorizer: {
            name: defaultAuthorizer.name,
            entry: defaultAuthorizer.entry,
            value: inherited,
          },
        }
      : {}),
  };
}

/** APIs of other applications, to which this one adds routes: what they say about CORS is said elsewhere. */
function importedApis(reader: Reader): Api[] {
  const foreign = reader.calls.all.filter(
    (value) => importedHttpApi.test(classOf(value) ?? "") && reader.original(value) === value,
  );
  return foreign.flatMap((value) => {
    const none: Authorization = { kind: "unknown", because: "the API is imported" };
    const routes = [
      ...reader.callsOn(value).flatMap((call) => addedRoutes(reader, call, none)),
      ...constructedRoutes(reader, value, none),
    ];
    if (routes.length === 0) return [];
    const base = apiBase(reader, value, "http", { slots: new Map(), at: value.at });
    const cors: ApiCors = { kind: "unknown", because: "an imported API is configured elsewhere" };
    return [{ ...base, construct: "HttpApi", cors, routes, routesComplete: false }];
  });
}

function asInherited(authorization: Authorization): Authorization {
  return authorization.kind === "some" ? { ...authorization, inherited: true } : authorization;
}

function readCors(reader: Reader, value: ExternValue, props: Props): ApiCors {
  return withOverrides(reader.run, value, readOption(value, props));
}

function readOption(value: ExternValue, props: Props): ApiCors {
  const slot = props.slots.get("corsPreflight");
  if (!slot || (slot.value.t === "const" && slot.value.value === undefined)) {
    return props.open === undefined ? { kind: "none" } : { kind: "unknown", because: props.open };
  }
  return policiesIn(slot, "httpApi", value);
}

/** The policies that an option's value may be. */
export function policiesIn(slot: Property, form: PolicyForm, on: ExternValue): ApiCors {
  const policies = readPolicies(slot.value, form, on.language, slot.name);
  if (!policies) return { kind: "unknown", because: reasonOf(slot.value) };
  const mayBeAbsent =
    slot.maybe === true ||
    (slot.value.t === "oneOf" && slot.value.of.some((branch) => branch.t === "const"));
  return {
    kind: "policy",
    of: mayBeAbsent ? policies.map((policy) => ({ ...policy, conditional: true })) : policies,
  };
}

function reasonOf(val: AbstractValue): string {
  return val.t === "unknown" ? val.because : "the policy is made elsewhere";
}

function defaultRoute(
  reader: Reader,
  value: ExternValue,
  props: Props,
  authorization: Authorization,
): Route[] {
  const slot = props.slots.get("defaultIntegration");
  if (!slot || slot.value.t === "const") return [];
  const at = slot.name;
  return [
    {
      method: { kind: "known", value: "ANY", at },
      path: { kind: "known", value: "$default", at },
      at,
      ...(value.statement ? { statement: value.statement } : {}),
      authorization,
      ...written(integrationOf(reader, slot.value), slot, value),
      ...conditionalMark(reader, value, value),
    },
  ];
}

/** `api.addRoutes({ path, methods, integration, authorizer })`: one route a method. */
function addedRoutes(reader: Reader, call: ExternValue, inherited: Authorization): Route[] {
  if (methodCall(call)?.name !== "addRoutes") return [];
  const props = callProps(call, 0);
  return methodsOf(props, call.at).map((method) =>
    routeOf(reader, call, props, method, pathOf(props), inherited),
  );
}

function pathOf(props: Props): Value<string> {
  const slot = props.slots.get("path");
  return slot
    ? toValue(slot.value, isString)
    : { kind: "unknown", because: props.open ?? "no path", at: props.at };
}

/** Without `methods` a route takes ANY. */
function methodsOf(props: Props, at: Span): Value<string>[] {
  const slot = props.slots.get("methods");
  if (!slot) {
    return props.open === undefined
      ? [{ kind: "known", value: "ANY", at }]
      : [{ kind: "unknown", because: props.open, at }];
  }
  if (slot.value.t !== "array")
    return [{ kind: "unknown", because: reasonOf(slot.value), at: slot.value.at }];
  const methods = slot.value.items.map((item) => toValue(item, isString));
  return slot.value.open === undefined
    ? methods
    : [...methods, { kind: "unknown", because: slot.value.open, at: slot.value.at }];
}

function routeOf(
  reader: Reader,
  call: ExternValue,
  props: Props,
  method: Value<string>,
  path: Value<string>,
  inherited: Authorization,
): Route {
  const authorizer = props.slots.get("authorizer");
  const unseen = !authorizer && props.open !== undefined;
  return {
    method,
    path,
    at: call.at,
    ...spanOfSlot(props.slots.get("methods")),
    ...(call.made.by === "call" ? { call: call.made.args.at } : {}),
    ...(call.statement ? { statement: call.statement } : {}),
    authorization: unseen
      ? { kind: "unknown", because: props.open ?? "" }
      : authorizer
        ? readAuthorizer(authorizer.value, authorizer.name)
        : inherited,
    ...written(
      integrationOf(reader, props.slots.get("integration")?.value),
      props.slots.get("integration"),
      call,
    ),
    ...conditionalMark(reader, call),
  };
}

function spanOfSlot(slot: Property | undefined): { methods?: Span } {
  return slot ? { methods: slot.value.at } : {};
}

/** `new HttpRoute(this, id, { httpApi, routeKey: HttpRouteKey.with("/x", HttpMethod.GET), integration })` */
function constructedRoutes(reader: Reader, api: ExternValue, inherited: Authorization): Route[] {
  const routes: Route[] = [];
  for (const call of constructsOf(reader.calls, "cdk.aws_apigatewayv2.HttpRoute")) {
    const props = callProps(call, 2);
    const owner = externOf(props.slots.get("httpApi")?.value);
    if (!owner || reader.original(owner) !== api) continue;
    const { method, path } = routeKey(props.slots.get("routeKey")?.value, call.at);
    routes.push(routeOf(reader, call, props, method, path, inherited));
  }
  return routes;
}

function routeKey(
  val: AbstractValue | undefined,
  at: Span,
): { method: Value<string>; path: Value<string> } {
  const extern = externOf(val);
  const unknown: Value<string> = { kind: "unknown", because: "the route key cannot be seen", at };
  if (extern?.made.by === "member" && extern.made.name === "DEFAULT") {
    return {
      method: { kind: "known", value: "ANY", at },
      path: { kind: "known", value: "$default", at },
    };
  }
  if (!extern || classOf(extern)?.endsWith("HttpRouteKey.with") !== true)
    return { method: unknown, path: unknown };
  const path = argument(extern, 0, "path");
  const method = argument(extern, 1, "method");
  return {
    path: path ? toValue(path, isString) : unknown,
    method: method ? toValue(method, isString) : { kind: "known", value: "ANY", at },
  };
}

/** With the integration's expression, when it stands in the call itself: names in it mean the same in the next statement. */
function written(
  reading: ReturnType<typeof integrationOf>,
  slot: Property | undefined,
  { made }: ExternValue,
): ReturnType<typeof integrationOf> {
  const expression = slot?.written;
  const call = made.by === "call" ? made.args.at : undefined;
  const inside =
    expression &&
    call &&
    expression.file === call.file &&
    expression.start >= call.start &&
    expression.end <= call.end;
  return inside ? { ...reading, integration: { ...reading.integration, expression } } : reading;
}

/** What stands behind a route, and the handler when it is a function. */
export function integrationOf(
  reader: Reader,
  val: AbstractValue | undefined,
): { integration: Integration; handlers: readonly string[]; unlinked?: string } {
  const extern = externOf(val);
  const cls = (extern && classOf(extern)) ?? "";
  const at = val?.at;
  const place = at ? { at } : {};
  if (
    extern &&
    /\.(HttpLambdaIntegration|LambdaProxyIntegration|LambdaWebSocketIntegration)$/.test(cls)
  ) {
    const old = cls.endsWith("LambdaProxyIntegration");
    const props = callProps(extern, old ? 0 : 2);
    const handler = old ? props.slots.get("handler")?.value : argument(extern, 1, "handler");
    const version = props.slots.get("payloadFormatVersion");
    const payload =
      version === undefined
        ? "2.0"
        : /VERSION_1_0$/.test(externOf(version.value)?.path ?? "")
          ? "1.0"
          : "2.0";
    return { integration: { kind: "lambda", payload, ...place }, ...linkHandler(reader, handler) };
  }
  if (
    /\.(HttpUrlIntegration|HttpProxyIntegration|HttpAlbIntegration|HttpNlbIntegration|HttpServiceDiscoveryIntegration)$/.test(
      cls,
    )
  ) {
    return { integration: { kind: "http", ...place }, handlers: [] };
  }
  if (/\.HttpStepFunctionsIntegration$/.test(cls))
    return { integration: { kind: "stepFunctions", ...place }, handlers: [] };
  if (/\.Http\w+Integration$/.test(cls))
    return { integration: { kind: "aws", ...place }, handlers: [] };
  return {
    integration: { kind: "unknown", ...place },
    handlers: [],
    unlinked: "the integration cannot be seen",
  };
}
