/** A call of a page, read from the arguments of a client library at the moment of the call. */
import { isBoolean, isString, toValue } from "../library-value";
import type {
  ExternValue,
  ObjectValue,
  Property,
  AbstractValue,
} from "../../interpreter/core/values";
import { readHeaders } from "../handler/headers";
import type { BrowserRequest, HeaderField, HeaderRead, Value } from "../../model/model";
import type { Span } from "../../ir/span";
import { urlParts, type UrlParts } from "./url";

export interface Draft {
  readonly request: Omit<BrowserRequest, "readsResponse" | "readsHeaders" | "api">;
  readonly parts: UrlParts;
  /** The URL, as it was given. */
  readonly target: AbstractValue | undefined;
  /** What the call gave, to see whether the response is read. */
  readonly response: ExternValue | undefined;
  /** Headers of the response that the code reads; complete when all code has run. */
  readonly reads: readonly HeaderRead[];
}

export interface Call {
  readonly via: string;
  readonly at: Span;
  readonly through: readonly Span[];
  readonly url: AbstractValue | undefined;
  readonly base?: AbstractValue | undefined;
  /** Options in order of growing weight: defaults of a client, then those of the call. */
  readonly options: readonly (AbstractValue | undefined)[];
  /** Of the call's name (`axios.post`), when the method is not among the options. */
  readonly method?: Value<string>;
  /** The library makes JSON of it: the content type comes by itself. */
  readonly json?: AbstractValue | undefined;
  /** Where options say that there is a body for certain. */
  readonly body?: Span | undefined;
  readonly extra?: readonly HeaderField[];
  /** Headers that are taken away again before the request is sent. */
  readonly without?: readonly string[];
  /** Why there may be other headers. */
  readonly open?: string | undefined;
  readonly response?: ExternValue;
  readonly reads?: HeaderRead[];
}

type Credentials = "omit" | "same-origin" | "include";
type Mode = "cors" | "no-cors" | "same-origin";

export function draftOf(call: Call): Draft {
  const { at } = call;
  const parts = urlParts(call.url, call.base);
  const method = lastField(call.options, "method", isString, at);
  const headers = headersOf(call);
  const request = {
    at,
    via: call.via,
    ...(call.through.length > 0 ? { through: call.through } : {}),
    url: parts.url,
    ...(parts.path === undefined ? {} : { path: parts.path }),
    ...(parts.base === undefined ? {} : { base: parts.base }),
    method: upper(call.via, method ?? call.method ?? known<string>("GET", at)),
    ...headers,
    ...(call.body ? { body: call.body } : {}),
    ...redirectsOf(call),
    credentials: credentialsOf(call),
    mode: modeOf(call),
  };
  return { request, parts, target: call.url, response: call.response, reads: call.reads ?? [] };
}

const known = <T>(value: T, at: Span): Value<T> => ({ kind: "known", value, at });

/** Libraries other than `fetch` write methods in upper case. */
function upper(via: string, method: Value<string>): Value<string> {
  return via !== "fetch" && via !== "ky" && method.kind === "known"
    ? { ...method, value: method.value.toUpperCase() }
    : method;
}

function credentialsOf({ options, at }: Call): Value<Credentials> {
  const isCredentials = (value: unknown): value is Credentials =>
    value === "omit" || value === "same-origin" || value === "include";
  const written = lastField(options, "credentials", isCredentials, at);
  if (written) return written;
  const flag = lastField(options, "withCredentials", isBoolean, at);
  if (flag === undefined) return known<Credentials>("same-origin", at);
  if (flag.kind === "known")
    return { kind: "known", value: flag.value ? "include" : "same-origin", at: flag.at };
  return { kind: "unknown", because: "decided at run time", at: flag.at };
}

function modeOf({ options, at }: Call): Value<Mode> {
  const isMode = (value: unknown): value is Mode =>
    value === "cors" || value === "no-cors" || value === "same-origin";
  return lastField(options, "mode", isMode, at) ?? known<Mode>("cors", at);
}

function redirectsOf({ options, at }: Call): Pick<BrowserRequest, "followsRedirects"> {
  const written = lastField(options, "redirect", isString, at);
  const follows = written === undefined || (written.kind === "known" && written.value === "follow");
  return follows ? {} : { followsRedirects: false };
}

/** The option as the last of the objects gives it; unknown when one of them cannot be seen. */
function lastField<T extends string | boolean>(
  options: readonly (AbstractValue | undefined)[],
  name: string,
  accept: (value: unknown) => value is T,
  at: Span,
): Value<T> | undefined {
  for (const given of [...options].reverse()) {
    if (given === undefined || given.t === "const") continue;
    const object = objectOf(given);
    if (!object) return { kind: "unknown", because: "the options cannot be seen", at };
    const slot = object.props.get(name);
    if (slot && !isUndefined(slot)) {
      const value = toValue(slot.value, accept);
      return slot.maybe || object.open !== undefined
        ? { kind: "unknown", because: object.open ?? "set on some ways only", at: slot.name }
        : value;
    }
    if (object.open !== undefined) return { kind: "unknown", because: object.open, at };
  }
  return undefined;
}

const isUndefined = (slot: Property): boolean =>
  slot.value.t === "const" && slot.value.value === undefined;

/** `{ … }`, or what `new Request(url, { … })` was given. */
export function objectOf(value: AbstractValue | undefined): ObjectValue | undefined {
  if (value?.t === "object" && !value.cls) return value;
  return undefined;
}

function headersOf(call: Call): Pick<BrowserRequest, "headers" | "headersComplete"> {
  const fields = new Map<string, HeaderField>();
  let complete = call.open === undefined;
  for (const given of call.options) {
    if (given === undefined || given.t === "const") continue;
    const object = objectOf(given);
    if (!object) {
      complete = false;
      continue;
    }
    const read = readHeaders(object, new Map());
    if (!read.complete) complete = false;
    for (const field of read.fields)
      put(fields, object.open === undefined ? field : { ...field, maybe: true });
  }
  for (const field of call.extra ?? []) put(fields, field);
  const type = jsonType(call, fields);
  if (type) put(fields, type);
  for (const name of call.without ?? []) fields.delete(name.toLowerCase());
  return { headers: [...fields.values()], headersComplete: complete };
}

function put(fields: Map<string, HeaderField>, field: HeaderField): void {
  const key = field.name.toLowerCase();
  const old = fields.get(key);
  // A header that may be replaced by another value is sent either way.
  if (field.maybe !== true || old === undefined || old.maybe === true) fields.set(key, field);
}

function jsonType(
  { json }: Call,
  fields: ReadonlyMap<string, HeaderField>,
): HeaderField | undefined {
  const isJson =
    json !== undefined && (json.t === "array" || (json.t === "object" && !json.cls && !json.map));
  if (!isJson || fields.has("content-type")) return undefined;
  return { name: "content-type", value: known<string>("application/json", json.at), at: json.at };
}
