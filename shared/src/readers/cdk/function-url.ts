/** Function URLs: `fn.addFunctionUrl(…)` and `new FunctionUrl(…)`. */
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { Api, ApiCors, Authorization, Value } from "../../model/model";
import { sigV4Headers } from "./authorizers";
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
import { readPolicies } from "./policy";
import { apiBase, conditionalMark, linkHandler } from "./reader";
import type { Reader } from "./reader";
import { isNothing } from "./rest-preflight";

/** Reads every Function URL of the program. */
export function readFunctionUrls(reader: Reader): Api[] {
  return reader.calls.all.flatMap((call) => {
    const method = methodCall(call);
    if (method?.name === "addFunctionUrl" && /^cdk\b/.test(call.path)) {
      return [readUrl(reader, call, callProps(call, 0), method.on, nameOf(method.on))];
    }
    if (!/^cdk\.aws_lambda\.FunctionUrl$/.test(classOf(call) ?? "")) return [];
    const props = callProps(call, 2);
    return [readUrl(reader, call, props, props.slots.get("function")?.value, undefined)];
  });
}

/** The construct id of the function (the name of the alias), or its variable. */
function nameOf(fn: ExternValue): string | undefined {
  const id =
    methodCall(fn)?.name === "addAlias" ? argument(fn, 0, "aliasName") : argument(fn, 1, "id");
  const text = id && toValue(id, isString);
  return text?.kind === "known" ? text.value : fn.name;
}

function readUrl(
  reader: Reader,
  call: ExternValue,
  props: Props,
  fn: AbstractValue | undefined,
  name: string | undefined,
): Api {
  const base = apiBase(reader, call, "functionUrl", props);
  const cors = readCors(props, call);
  const authType = authTypeOf(props, call);
  const authorization = authorizationOf(authType);
  const isSigned = authorization.kind === "some" && cors.kind === "none";
  return {
    ...base,
    name: call.name === undefined && name !== undefined ? name : base.name,
    ...(name === undefined ? {} : { aliases: [name] }),
    cors,
    authType,
    routes: [
      {
        method: { kind: "known", value: "ANY", at: call.at },
        path: { kind: "known", value: "$default", at: call.at },
        at: call.at,
        call: base.call,
        ...(call.statement ? { statement: call.statement } : {}),
        authorization,
        integration: { kind: "lambda", payload: "2.0", at: call.at },
        ...linkHandler(reader, externOf(fn) ?? fn),
        ...conditionalMark(reader, call),
      },
    ],
    routesComplete: true,
    ...(isSigned
      ? { notForBrowsers: "it asks for a signature of IAM, and nothing is said about CORS" }
      : {}),
  };
}

function readCors(props: Props, call: ExternValue): ApiCors {
  const slot = props.slots.get("cors");
  if (!slot)
    return props.open === undefined ? { kind: "none" } : { kind: "unknown", because: props.open };
  if (isNothing(slot.value)) return { kind: "none" };
  const policies = readPolicies(slot.value, "functionUrl", call.language, slot.name);
  if (!policies) {
    const because =
      slot.value.t === "unknown" ? slot.value.because : "the policy is made elsewhere";
    return { kind: "unknown", because };
  }
  const isMaybe = slot.maybe === true || slot.value.t === "oneOf";
  return {
    kind: "policy",
    of: isMaybe ? policies.map((policy) => ({ ...policy, conditional: true })) : policies,
  };
}

/** `AWS_IAM` unless told otherwise. */
function authTypeOf(props: Props, call: ExternValue): Value<string> {
  const slot = props.slots.get("authType");
  if (slot && !isNothing(slot.value)) {
    return slot.maybe
      ? { kind: "unknown", because: "set on some ways only", at: slot.value.at }
      : toValue(slot.value, isString);
  }
  return props.open === undefined
    ? { kind: "known", value: "AWS_IAM", at: call.at }
    : { kind: "unknown", because: props.open, at: call.at };
}

function authorizationOf(authType: Value<string>): Authorization {
  if (authType.kind !== "known")
    return { kind: "unknown", because: "the URL's `authType` is decided elsewhere" };
  if (authType.value === "NONE") return { kind: "none", at: authType.at };
  return { kind: "some", type: "iam", headers: sigV4Headers, at: authType.at };
}
