/**
 * `Api` of SST 1 and 2 (and of `@serverless-stack/resources` before them): an HTTP API with its routes in an object. SST
 * configures CORS by itself, with any origin, unless it is told otherwise (read from sst 2.49: `buildCorsConfig`).
 */
import type { AbstractValue, ExternValue } from "../../interpreter/core/values";
import { alternatives } from "../../interpreter/core/values";
import type { Api, ApiCors, Authorization, Route } from "../../model/model";
import {
  callProps,
  classOf,
  externOf,
  isBoolean,
  methodCall,
  toProps,
  toValue,
} from "../library-value";
import type { Props } from "../library-value";
import type { FunctionCode } from "./functions";
import { handlerFile, partsOf, textOf } from "./handler-file";
import { joinPath, withoutExtension } from "../../base/file-paths";
import type { Reader } from "./reader";
import { conditionalMark, linkCode, linkHandler, packagedBase } from "./reader";
import { isNothing } from "./rest-preflight";

const kinds: Readonly<Record<string, "http" | "rest">> = {
  "cdk.sst.Api": "http",
  "cdk.sst.ApiGatewayV1Api": "rest",
};

/** Reads every API that SST's constructs make. */
export function readSstApis(reader: Reader): Api[] {
  return reader.calls.all.flatMap((call) => {
    const kind = kinds[classOf(call) ?? ""];
    return kind ? [readApi(reader, call, kind)] : [];
  });
}

function readApi(reader: Reader, call: ExternValue, kind: "http" | "rest"): Api {
  const props = callProps(call, 2);
  const added = (reader.calls.on.get(call) ?? []).filter(
    (later) => methodCall(later)?.name === "addRoutes",
  );
  const tables = [
    ...(props.slots.has("routes") ? [{ table: props.slots.get("routes")?.value, by: call }] : []),
    ...added.map((later) => ({
      table: later.made.by === "call" ? later.made.args.positional[1] : undefined,
      by: later,
    })),
  ];
  const read = tables.map(({ table, by }) => ({ by, props: toProps(table) }));
  const routes = read.flatMap(({ by, props: table }) =>
    [...(table?.slots ?? [])].map(([key, slot]) =>
      routeOf(reader, { key, slot, by, api: props, kind }),
    ),
  );
  const isSeen = read.every(({ props: table }) => table !== undefined && table.open === undefined);
  return {
    ...packagedBase(reader, call, kind),
    cors: corsOf(props),
    routes,
    routesComplete: isSeen && props.open === undefined && reader.escaped(call) === undefined,
    gatewayResponsesComplete: false,
  };
}

/** `cors: false` is none; whatever else it is, SST writes the policy. */
export function corsOf(props: Props): ApiCors {
  const slot = props.slots.get("cors");
  const value = slot && !isNothing(slot.value) ? toValue(slot.value, isBoolean) : undefined;
  return value?.kind === "known" && !value.value && slot?.maybe !== true
    ? { kind: "none" }
    : {
        kind: "unknown",
        because: "SST writes the policy, by its own option `cors`",
      };
}

interface Entry {
  /** `GET /notes/{id}`, `$default` */
  readonly key: string;
  readonly slot: {
    readonly value: AbstractValue;
    readonly name: Route["at"];
    readonly maybe?: true | undefined;
  };
  readonly by: ExternValue;
  readonly api: Props;
  readonly kind: "http" | "rest";
}

function routeOf(reader: Reader, { key, slot, by, api, kind }: Entry): Route {
  const at = slot.name;
  const detail = toProps(slot.value);
  return {
    ...keyOf(key, at),
    at,
    authorization: authorizationOf(api, detail),
    integration: integrationOf(detail, kind),
    ...linkOf(reader, slot.value, detail),
    ...(slot.maybe ? { conditional: true as const } : conditionalMark(reader, by)),
  };
}

/** `GET /notes/{id}`, `$default`; without a method any. */
export function keyOf(key: string, at: Route["at"]): Pick<Route, "method" | "path"> {
  const [first = "", second] = key.trim().split(/\s+/);
  return {
    method: { kind: "known", value: second === undefined ? "ANY" : first.toUpperCase(), at },
    path: { kind: "known", value: second ?? first, at },
  };
}

function integrationOf(detail: Props | undefined, kind: Entry["kind"]): Route["integration"] {
  const type = detail && textOf(detail.slots.get("type")?.value);
  if (type !== undefined && type !== "function" && type !== "graphql") return { kind: "http" };
  return { kind: "lambda", ...(kind === "http" ? { payload: "2.0" as const } : {}) };
}

/** By name: `iam`, one of `authorizers`, `none`; the defaults of the API else. */
function authorizationOf(api: Props, detail: Props | undefined): Authorization {
  const defaults = toProps(api.slots.get("defaults")?.value);
  const own = detail?.slots.get("authorizer") ?? defaults?.slots.get("authorizer");
  const old = detail?.slots.get("authorizationType") ?? api.slots.get("defaultAuthorizationType");
  const slot = own ?? old;
  if (!slot) {
    const open = detail?.open ?? defaults?.open ?? api.open;
    return open === undefined ? { kind: "none" } : { kind: "unknown", because: open };
  }
  return textOf(slot.value)?.toLowerCase() === "none"
    ? { kind: "none", at: slot.name }
    : { kind: "unknown", because: "an authorizer of SST", at: slot.name };
}

/** `"src/list.main"`, `{ function: "src/list.main" }`, `{ function: { handler: "src/list.main" } }`, or a `Function`. */
export function linkOf(
  reader: Reader,
  value: AbstractValue,
  detail = toProps(value),
): ReturnType<typeof linkHandler> {
  const given = detail?.slots.get("function")?.value ?? value;
  const inner = externOf(given);
  const own = inner && classOf(inner) === "cdk.sst.Function" ? callProps(inner, 2) : toProps(given);
  const handler = textOf(own ? own.slots.get("handler")?.value : given);
  if (handler === undefined) return linkHandler(reader, undefined);
  return linkCode(reader, codeOf(reader, handler, own, given.at));
}

function codeOf(
  reader: Reader,
  handler: string,
  own: Props | undefined,
  at: Route["at"],
): FunctionCode {
  const { path, name } = partsOf(handler);
  const source = own && textOf(own.slots.get("srcPath")?.value);
  for (const folder of source === undefined ? ["", ...sourceFolders(reader)] : [source]) {
    const file = handlerFile(reader.project, joinPath(reader.project.root, folder), path);
    if (file !== undefined) return { k: "file", file, name, at };
  }
  const file = source === undefined ? onlyFile(reader, path) : undefined;
  if (file !== undefined) return { k: "file", file, name, at };
  return { k: "unknown", because: `no source for \`${handler}\``, at };
}

/** The one file of the application that ends so, where the folder of all sources is set in code that is not seen. */
function onlyFile({ project }: Reader, path: string): string | undefined {
  const end = `/${path.replace(/^(\.?\/)+/, "")}`;
  const [file, ...others] = project.candidates.filter((one) => withoutExtension(one).endsWith(end));
  return others.length === 0 ? file : undefined;
}

/** `app.setDefaultFunctionProps({ srcPath: "services" })`, `defaultFunctionProps`. */
function sourceFolders(reader: Reader): readonly string[] {
  return reader.calls.all.flatMap((call) => {
    if (methodCall(call)?.name !== "setDefaultFunctionProps") return [];
    const [given] = call.made.by === "call" ? call.made.args.positional : [];
    return given
      ? alternatives(given).flatMap(
          (one) => textOf(toProps(one)?.slots.get("srcPath")?.value) ?? [],
        )
      : [];
  });
}
