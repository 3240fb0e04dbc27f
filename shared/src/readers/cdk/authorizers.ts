/** Who may call a route. */
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { Authorization } from "../../model/model";
import type { Span } from "../../ir/span";
import { callProps, classOf, enumText, externOf, toProps, toStrings } from "../library-value";

/** SigV4 in a browser: what signed requests carry. Some signers also send x-amz-content-sha256, which only S3 asks for. */
export const sigV4Headers = ["authorization", "x-amz-date", "x-amz-security-token"];

const kinds: readonly (readonly [RegExp, string])[] = [
  [/\.HttpJwtAuthorizer$/, "jwt"],
  [/\.HttpUserPoolAuthorizer$/, "jwt"],
  [/\.HttpIamAuthorizer$/, "iam"],
  [/\.HttpLambdaAuthorizer$/, "lambda"],
  [/\.CognitoUserPoolsAuthorizer$/, "cognito"],
  [/\.(TokenAuthorizer|RequestAuthorizer)$/, "lambda"],
];

/** What an authorizer construct asks of a request. */
export function readAuthorizer(val: AbstractValue | undefined, at: Span): Authorization {
  if (!val || (val.t === "const" && val.value === undefined)) return { kind: "none" };
  if (val.t === "object" && !val.base) return authorizerObject(val, at);
  const extern = externOf(val);
  const cls = extern && classOf(extern);
  if (!extern || cls === undefined)
    return { kind: "unknown", because: "the authorizer cannot be seen", at };
  if (/\.HttpNoneAuthorizer$/.test(cls)) return { kind: "none", at };
  const type = kinds.find(([pattern]) => pattern.test(cls))?.[1];
  if (type !== undefined)
    return { kind: "some", type, headers: identityHeaders(extern, cls, type), at };
  if (/\.(CfnAuthorizer|HttpAuthorizer|Authorizer|IdentityAuthorizer)$/.test(cls))
    return { kind: "some", type: "custom", headers: [], at };
  return { kind: "unknown", because: "an authorizer of a library", at };
}

const objectTypes: Readonly<Record<string, { type: string; headers: readonly string[] }>> = {
  COGNITO: { type: "cognito", headers: ["authorization"] },
  COGNITO_USER_POOLS: { type: "cognito", headers: ["authorization"] },
  CUSTOM: { type: "lambda", headers: [] },
  IAM: { type: "iam", headers: sigV4Headers },
  AWS_IAM: { type: "iam", headers: sigV4Headers },
};

/** `{ authorizationType, authorizerId }`, as `IAuthorizer` asks of an object: the type says it all. */
function authorizerObject(val: AbstractValue, at: Span): Authorization {
  const props = toProps(val);
  const type = authorizationType(props?.slots.get("authorizationType")?.value);
  if (type === "NONE") return { kind: "none", at };
  const found = type === undefined ? undefined : objectTypes[type];
  if (found) return { kind: "some", ...found, at };
  return props?.slots.has("authorizerId") === true
    ? { kind: "some", type: "custom", headers: [], at }
    : { kind: "unknown", because: "the authorizer cannot be seen", at };
}

/** Lower-case headers that carry the identity; empty when the identity may come from elsewhere. */
function identityHeaders(extern: ExternValue, cls: string, type: string): string[] {
  if (type === "iam") return sigV4Headers;
  const props = callProps(extern, 2);
  const source = props.slots.get("identitySource") ?? props.slots.get("identitySources");
  if (!source)
    return cls.endsWith("RequestAuthorizer") || props.open !== undefined ? [] : ["authorization"];
  const names: string[] = [];
  const items = source.value.t === "array" ? source.value.items : [source.value];
  for (const item of items) names.push(...headerOf(item));
  return names;
}

/** `$request.header.X`, `method.request.header.X`, `IdentitySource.header("X")` */
function headerOf(item: AbstractValue): string[] {
  const extern = externOf(item);
  if (extern?.made.by === "call" && extern.made.callee.path.endsWith("IdentitySource.header")) {
    const [name] = extern.made.args.positional;
    return name?.t === "const" ? [String(name.value).toLowerCase()] : [];
  }
  const list = toStrings({ t: "array", items: [item], at: item.at });
  const text = list.kind === "known" ? list.value[0] : undefined;
  const header =
    text?.kind === "known"
      ? /^(?:\$|method\.)request\.header\.([\w-]+)$/i.exec(text.value)?.[1]
      : undefined;
  return header === undefined ? [] : [header.toLowerCase()];
}

/** `authorizationType` of a REST method: its name, or `undefined` when not written. */
export function authorizationType(val: AbstractValue | undefined): string | undefined {
  const extern = externOf(val);
  if (extern) return enumText(extern);
  return val?.t === "const" && typeof val.value === "string" ? val.value : undefined;
}
