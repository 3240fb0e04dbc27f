/** Clients that pages use besides `fetch`, axios, ky and Angular's: jQuery, Amplify, ofetch; and hooks that call a fetcher. */
import type {
  AbstractValue,
  CallArgs,
  ExternValue,
  ObjectValue,
} from "../../interpreter/core/values";
import { known, object, unknown } from "../../interpreter/core/values";
import type { Call } from "./call-draft";
import { objectOf } from "./call-draft";
import { isString, toValue } from "../library-value";
import type { Value } from "../../model/model";
import type { Span } from "../../ir/span";

type Request = Omit<Call, "at" | "through" | "response">;

/** The request that a call of one of these libraries makes; `undefined` for other calls. */
export function otherCall(callee: ExternValue, args: CallArgs): Request | undefined {
  return jqueryCall(callee, args) ?? amplifyCall(callee, args) ?? ofetchCall(callee, args);
}

const jquery =
  /^(?:npm:jquery(?:\.default)?|global:(?:window\.)?(?:\$|jQuery))\.(ajax|get|post|getJSON)$/;

/** `$.ajax({ url, type, headers, contentType, xhrFields })`, `$.ajax(url, { … })`, `$.get(url)`, `$.post(url, data)` */
function jqueryCall({ path }: ExternValue, { positional, at }: CallArgs): Request | undefined {
  const name = jquery.exec(path)?.[1];
  if (name === undefined) return undefined;
  const [first, second] = positional;
  const given = objectOf(first) ?? (name === "ajax" ? objectOf(second) : undefined);
  const options = given && jqueryOptions(given);
  const url = objectOf(first) ? given?.props.get("url")?.value : first;
  return {
    via: "XMLHttpRequest",
    url,
    options: [options],
    ...(name === "ajax" ? {} : { method: verb(name === "post" ? "POST" : "GET", at) }),
  };
}

/** As options of `fetch`: `type` is the method, `contentType` a header, `xhrFields` hold what XMLHttpRequest has. */
function jqueryOptions(given: ObjectValue): ObjectValue {
  const props = new Map(given.props);
  const method = props.get("type") ?? props.get("method");
  if (method) props.set("method", method);
  const fields = objectOf(props.get("xhrFields")?.value)?.props.get("withCredentials");
  if (fields) props.set("withCredentials", fields);
  const type = props.get("contentType");
  if (type?.value.t === "const" && typeof type.value.value === "string") {
    const headers = objectOf(props.get("headers")?.value) ?? object(type.entry);
    const all = { ...headers, props: new Map(headers.props) };
    all.props.set("content-type", type);
    props.set("headers", { ...type, value: all });
  }
  return { ...given, props };
}

const amplify6 =
  /^npm:(?:@aws-amplify\/api(?:-rest)?|aws-amplify\/api)\.(get|post|put|patch|del|head)$/;
const amplify5 =
  /^npm:(?:aws-amplify|@aws-amplify\/api(?:-rest)?)\.(?:API|RestAPI|default)\.(get|post|put|patch|del|head)$/;

/** `get({ apiName, path, options })` since version 6, `API.get(apiName, path, init)` before. */
function amplifyCall({ path }: ExternValue, { positional, at }: CallArgs): Request | undefined {
  const name = amplify6.exec(path)?.[1] ?? amplify5.exec(path)?.[1];
  if (name === undefined) return undefined;
  const input = objectOf(positional[0])?.props;
  const [api, route, init] = input
    ? [input.get("apiName")?.value, input.get("path")?.value, input.get("options")?.value]
    : positional;
  const body = objectOf(init)?.props.get("body")?.value;
  return {
    via: "fetch",
    url: route,
    base: endpointOf(api, at),
    options: [init],
    method: verb(name === "del" ? "DELETE" : name.toUpperCase(), at),
    json: body,
    // It signs requests, or sends a token, as its configuration says.
    open: "Amplify may add headers",
  };
}

/** The address that Amplify's configuration gives for a name. */
function endpointOf(api: AbstractValue | undefined, at: Span): AbstractValue {
  const name = api?.t === "const" && typeof api.value === "string" ? { name: api.value } : {};
  return unknown("Amplify's configuration", at, name);
}

const ofetch = /^(?:npm:(?:ofetch|ohmyfetch)\.(?:ofetch|\$fetch)|global:\$fetch)(?:\.raw)?$/;

/** `ofetch(url, { method, baseURL, headers, body })`: an object as body is sent as JSON. */
function ofetchCall({ path }: ExternValue, { positional }: CallArgs): Request | undefined {
  if (!ofetch.test(path)) return undefined;
  const [url, init] = positional;
  const base = objectOf(init)?.props.get("baseURL")?.value;
  return {
    via: "fetch",
    url,
    options: [init],
    ...(base ? { base } : {}),
    json: objectOf(init)?.props.get("body")?.value,
  };
}

/** `useSWR(key, fetcher)` calls the fetcher with the key. */
export function fetcherOf(
  { path }: ExternValue,
  { positional }: CallArgs,
): AbstractValue | undefined {
  const [key, fetcher] = positional;
  const isHook = /^npm:swr(\/immutable|\/mutation)?\.default$/.test(path);
  return isHook && key && fetcher?.t === "function" ? fetcher : undefined;
}

function verb(name: string, at: Span): Value<string> {
  return toValue(known(name, at), isString);
}
