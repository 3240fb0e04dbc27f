/** What stands behind the methods of a REST API, and the mappings of integrations that are no proxies. */
import type { ExternValue, Property, AbstractValue } from "../../interpreter/core/values";
import type { Integration, MappedResponse, Value } from "../../model/model";
import {
  argument,
  callProps,
  classOf,
  enumText,
  externOf,
  isBoolean,
  isString,
  toProps,
  toValue,
} from "../library-value";
import type { Props } from "../library-value";
import type { Reader } from "./reader";
import { linkHandler } from "./reader";
import { functionIn } from "./traces";
import { isNothing } from "./rest-preflight";

export interface IntegrationReading {
  readonly integration: Integration;
  readonly handlers: readonly string[];
  readonly unlinked?: string;
}

/** The integration of a method; `methodResponses` is its option of that name, `added` what `addMethodResponse` added. */
export function restIntegration(
  reader: Reader,
  val: AbstractValue | undefined,
  methodResponses: Property | undefined,
  added: readonly AbstractValue[],
): IntegrationReading {
  if (!val || isNothing(val))
    return withResponses({ kind: "mock" }, undefined, methodResponses, added);
  const extern = externOf(val);
  const cls = (extern && classOf(extern)) ?? "";
  if (!extern) return unseen(val, "the integration cannot be seen");
  if (/\.LambdaIntegration$/.test(cls))
    return lambdaIntegration(reader, extern, methodResponses, added);
  if (/\.StepFunctionsIntegration(\.startExecution)?$/.test(cls)) {
    return { integration: { kind: "stepFunctions", at: extern.at }, handlers: [] };
  }
  const byUri = functionByUri(reader, extern, cls, methodResponses, added);
  if (byUri) return byUri;
  const found = otherIntegration(extern, cls);
  if (!found) return unseen(val, `\`${extern.path}\` is not an integration with readable options`);
  if (found.proxy === undefined) return unseen(val, "options that cannot be seen");
  return found.proxy
    ? { integration: { ...found.base, payload: "1.0", ...ignored(found.options) }, handlers: [] }
    : withResponses(found.base, found.options, methodResponses, added);
}

function unseen(val: AbstractValue, because: string): IntegrationReading {
  return { integration: { kind: "unknown", at: val.at }, handlers: [], unlinked: because };
}

/** `new LambdaIntegration(fn, { proxy, integrationResponses })`: a proxy unless told otherwise. */
function lambdaIntegration(
  reader: Reader,
  extern: ExternValue,
  methodResponses: Property | undefined,
  added: readonly AbstractValue[],
): IntegrationReading {
  const props = callProps(extern, 1);
  const proxy = flag(props, "proxy", true);
  if (proxy === undefined)
    return unseen(extern, props.open ?? "whether it is a proxy is decided elsewhere");
  const link = linkHandler(reader, argument(extern, 0, "handler"));
  if (proxy)
    return {
      integration: { kind: "lambda", payload: "1.0", at: extern.at, ...ignored(props) },
      ...link,
    };
  const custom = withResponses(
    { kind: "lambdaCustom", at: extern.at },
    props,
    methodResponses,
    added,
  );
  return { ...custom, ...link };
}

/** `LambdaRestApi`'s own integration: the function and `integrationOptions`. */
export function handlerIntegration(
  reader: Reader,
  props: Props,
  methodResponses: Property | undefined,
): IntegrationReading {
  const slot = props.slots.get("integrationOptions");
  const options: Props = (slot && toProps(slot.value)) ?? { slots: new Map(), at: props.at };
  const proxy = flag(options, "proxy", true);
  const handler = props.slots.get("handler");
  const at = handler ? { at: handler.name } : {};
  if (proxy === undefined)
    return {
      integration: { kind: "unknown", ...at },
      handlers: [],
      unlinked: "options that cannot be seen",
    };
  const link = linkHandler(reader, handler?.value);
  if (proxy)
    return { integration: { kind: "lambda", payload: "1.0", ...at, ...ignored(options) }, ...link };
  return {
    ...withResponses({ kind: "lambdaCustom", ...at }, options, methodResponses, []),
    ...link,
  };
}

interface OtherIntegration {
  readonly base: Integration;
  readonly options: Props | undefined;
  readonly proxy: boolean | undefined;
}

function otherIntegration(extern: ExternValue, cls: string): OtherIntegration | undefined {
  const at = extern.at;
  if (/\.MockIntegration$/.test(cls))
    return { base: { kind: "mock", at }, options: callProps(extern, 0), proxy: false };
  if (/\.HttpIntegration$/.test(cls)) {
    const props = callProps(extern, 1);
    return {
      base: { kind: "http", at },
      options: nested(props),
      proxy: flag(props, "proxy", true),
    };
  }
  if (/\.(AwsIntegration|SagemakerIntegration)$/.test(cls)) {
    const props = callProps(extern, 0);
    return {
      base: { kind: "aws", at },
      options: nested(props),
      proxy: flag(props, "proxy", false),
    };
  }
  return /\.Integration$/.test(cls) ? plainIntegration(extern) : undefined;
}

/** `new Integration({ type: IntegrationType.HTTP, uri, options })` */
function plainIntegration(extern: ExternValue): OtherIntegration | undefined {
  const props = callProps(extern, 0);
  const type = externOf(props.slots.get("type")?.value);
  const text = type && enumText(type);
  if (text === undefined || text === "AWS_PROXY") return undefined;
  const kind = text === "MOCK" ? "mock" : text.startsWith("HTTP") ? "http" : "aws";
  return { base: { kind, at: extern.at }, options: nested(props), proxy: text.endsWith("_PROXY") };
}

/** `new Integration({ type: AWS_PROXY, uri })` whose URI holds a function's ARN: that function is behind it. */
function functionByUri(
  reader: Reader,
  extern: ExternValue,
  cls: string,
  methodResponses: Property | undefined,
  added: readonly AbstractValue[],
): IntegrationReading | undefined {
  if (!/\.(Integration|AwsIntegration)$/.test(cls)) return undefined;
  const props = callProps(extern, 0);
  const type = externOf(props.slots.get("type")?.value);
  const kind = cls.endsWith(".AwsIntegration") ? "AWS" : type && enumText(type);
  const fn = kind?.startsWith("AWS") === true ? functionInUri(props) : undefined;
  if (!fn) return undefined;
  const link = linkHandler(reader, fn);
  const proxy = kind === "AWS_PROXY" || flag(props, "proxy", false) === true;
  if (proxy)
    return {
      integration: {
        kind: "lambda",
        payload: "1.0",
        at: extern.at,
        ...ignored(nested(props)),
      },
      ...link,
    };
  const base: Integration = { kind: "lambdaCustom", at: extern.at };
  return { ...withResponses(base, nested(props), methodResponses, added), ...link };
}

/** The function in `arn:…/functions/${fn.functionArn}/invocations`, or in the path of an `AwsIntegration`. */
export function functionInUri({ slots }: Props): ExternValue | undefined {
  return functionIn(slots.get("uri")?.value ?? slots.get("path")?.value);
}

function nested(props: Props): Props | undefined {
  const slot = props.slots.get("options");
  if (!slot || isNothing(slot.value))
    return props.open === undefined ? { slots: new Map(), at: props.at } : undefined;
  return toProps(slot.value);
}

function flag(props: Props, name: string, absent: boolean): boolean | undefined {
  const slot = props.slots.get(name);
  if (!slot || isNothing(slot.value)) return props.open === undefined ? absent : undefined;
  const value = toValue(slot.value, isBoolean);
  return value.kind === "known" && !slot.maybe ? value.value : undefined;
}

function ignored(options: Props | undefined): { ignoredResponses?: Property["entry"] } {
  const slot = options?.slots.get("integrationResponses");
  return slot && !isNothing(slot.value) ? { ignoredResponses: slot.entry } : {};
}

/** A non-proxy integration with the header mappings of its options. */
export function withResponses(
  base: Integration,
  options: Props | undefined,
  methodResponses: Property | undefined,
  added: readonly AbstractValue[],
): IntegrationReading {
  const integration = mappedResponses(options?.slots.get("integrationResponses"), "integration");
  const method = mappedResponses(methodResponses, "method");
  const late = added.flatMap((val) => mappedResponse(val, "method") ?? []);
  const unseenOptions = options?.open !== undefined && !options.slots.has("integrationResponses");
  const complete =
    integration.complete && method.complete && late.length === added.length && !unseenOptions;
  const responses = [...integration.responses, ...method.responses, ...late];
  return { integration: { ...base, responses, responsesComplete: complete }, handlers: [] };
}

interface Mapped {
  readonly responses: readonly MappedResponse[];
  readonly complete: boolean;
}

function mappedResponses(slot: Property | undefined, of: MappedResponse["of"]): Mapped {
  if (!slot || isNothing(slot.value)) return { responses: [], complete: true };
  if (slot.value.t !== "array") return { responses: [], complete: false };
  const { items, open } = slot.value;
  const responses = items.flatMap((item) => mappedResponse(item, of) ?? []);
  return {
    responses,
    complete: open === undefined && !slot.maybe && responses.length === items.length,
  };
}

function mappedResponse(val: AbstractValue, of: MappedResponse["of"]): MappedResponse | undefined {
  const props = toProps(val);
  const status = props?.slots.get("statusCode");
  const code = status && toValue(status.value, isStatus);
  if (!props || code?.kind !== "known") return undefined;
  const map = headerMap(props.slots.get("responseParameters"), "method.response.header.");
  const complete = map.complete && props.open === undefined;
  return {
    statusCode: String(code.value),
    of,
    headers: map.headers,
    complete,
    at: status?.entry ?? props.at,
  };
}

function isStatus(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

/** Header names (lower case) and their mapping expressions, of parameters whose names begin with `prefix`. */
export function headerMap(
  slot: Property | undefined,
  prefix: string,
): Pick<MappedResponse, "headers" | "complete"> {
  if (!slot || isNothing(slot.value)) return { headers: [], complete: true };
  const { value } = slot;
  if (value.t !== "object" || value.cls || slot.maybe) return { headers: [], complete: false };
  const entries = [...value.props].filter(([key]) => key.toLowerCase().startsWith(prefix));
  return {
    headers: entries.map(([key, entry]) => ({
      name: key.slice(prefix.length).toLowerCase(),
      value: mappingOf(entry),
      at: entry.name,
      ...(entry.written ? { written: entry.written } : {}),
    })),
    complete: value.open === undefined && ![...value.props.values()].some((entry) => entry.maybe),
  };
}

/** The declaration of a method response is `true` or `false`, a mapping is text. */
function mappingOf({ value }: Property): Value<string> {
  if (value.t === "const" && typeof value.value === "boolean") {
    return { kind: "known", value: String(value.value), at: value.at };
  }
  return toValue(value, isString);
}
