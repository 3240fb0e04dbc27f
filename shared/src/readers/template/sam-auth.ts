/** `Auth` of SAM's APIs and events: authorizers, the default one, and API keys. */
import { entriesOf, entryOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeEntry, TreeNode } from "../../ir/tree";
import type { Authorization, Value } from "../../model/model";
import { constantOf } from "../../model/value";
import { intrinsicOf } from "./mentions";
import { booleanOf } from "./scalars";
import type { Access } from "./document-security";
import { headersInSources, sigV4, some } from "./reader";
import type { Template } from "./template";

export interface SamAuth {
  readonly template: Template;
  readonly kind: "rest" | "http";
  readonly entry: TreeEntry | undefined;
  readonly authorizers: ReadonlyMap<string, Authorization>;
  /** The name of the default authorizer. */
  readonly byDefault?: { readonly name: string; readonly entry: TreeEntry };
  readonly apiKeyRequired?: Value<boolean>;
  /** Why the whole cannot be seen. */
  readonly open?: string;
}

export function samAuth(
  template: Template,
  props: TreeNode | undefined,
  kind: "rest" | "http",
): SamAuth {
  const entry = entryOf(props, "Auth");
  const auth = entry?.value;
  if (auth && intrinsicOf(auth))
    return {
      template,
      kind,
      entry,
      authorizers: new Map(),
      open: "a function of the template gives `Auth`",
    };
  const authorizers = new Map(
    entriesOf(valueAt(auth, "Authorizers")).map((each) => [each.key, authorizerOf(each, kind)]),
  );
  const byDefault = entryOf(auth, "DefaultAuthorizer");
  const name = scalarText(byDefault?.value);
  const key = entryOf(auth, "ApiKeyRequired");
  return {
    template,
    kind,
    entry,
    authorizers,
    ...(byDefault && name !== undefined && name !== "NONE"
      ? { byDefault: { name, entry: byDefault } }
      : {}),
    ...(byDefault && name === undefined
      ? { open: "the default authorizer is decided elsewhere" }
      : {}),
    ...(key ? { apiKeyRequired: booleanOf(template, key.value) } : {}),
  };
}

function authorizerOf({ value, keyAt }: TreeEntry, kind: "rest" | "http"): Authorization {
  const source = texts(
    valueAt(value, "IdentitySource") ?? valueAt(value, "Identity", "IdentitySource"),
  );
  const header = texts(valueAt(value, "Identity", "Header"));
  const headers = texts(valueAt(value, "Identity", "Headers"));
  const named = (fallback: readonly string[]): readonly string[] => {
    const all = [...headersInSources(source), ...header, ...headers].map((name) =>
      name.toLowerCase(),
    );
    return all.length > 0 || source.length > 0 ? all : fallback;
  };
  if (entryOf(value, "JwtConfiguration")) return some("jwt", named(["authorization"]), keyAt);
  if (entryOf(value, "UserPoolArn")) return some("cognito", named(["authorization"]), keyAt);
  const isToken =
    kind === "rest" && (scalarText(valueAt(value, "FunctionPayloadType")) ?? "TOKEN") === "TOKEN";
  if (entryOf(value, "FunctionArn"))
    return some("lambda", named(isToken ? ["authorization"] : []), keyAt);
  return { kind: "unknown", because: "an authorizer of a kind that is not known", at: keyAt };
}

function texts(node: TreeNode | undefined): readonly string[] {
  const items = node?.k === "list" ? itemsOf(node) : node ? [node] : [];
  return items.flatMap((item) => scalarText(item) ?? []);
}

/** What an authorizer asks for, by its name; `AWS_IAM` needs no declaration. */
export function namedAccess(
  auth: SamAuth,
  name: string,
  entry: TreeEntry,
  inherited = false,
): Authorization {
  if (name === "NONE") return { kind: "none", at: entry.keyAt };
  const found = auth.authorizers.get(name);
  if (!found && name === "AWS_IAM") return some(sigV4.type, sigV4.headers, entry.keyAt, inherited);
  if (!found)
    return { kind: "unknown", because: `there is no authorizer ${name}`, at: entry.keyAt };
  return {
    ...found,
    at: entry.keyAt,
    ...(inherited && found.kind === "some" ? { inherited: true } : {}),
  };
}

/** What the API asks for where nothing else is said. */
export function defaultAccess(auth: SamAuth): Access {
  const { byDefault, open, apiKeyRequired } = auth;
  const authorization: Authorization = byDefault
    ? namedAccess(auth, byDefault.name, byDefault.entry, true)
    : open === undefined
      ? { kind: "none" }
      : { kind: "unknown", because: open };
  return { authorization, ...keyOf(apiKeyRequired) };
}

function keyOf(required: Value<boolean> | undefined): Pick<Access, "apiKeyRequired"> {
  return required === undefined || constantOf(required) === false
    ? {}
    : { apiKeyRequired: required };
}

/** What an event asks for: its own `Auth`, else the API's. */
export function eventAccess(auth: SamAuth, props: TreeNode | undefined): Access {
  const own = valueAt(props, "Auth");
  const authorizer = entryOf(own, "Authorizer");
  const name = scalarText(authorizer?.value);
  const key = entryOf(own, "ApiKeyRequired");
  const fallback = defaultAccess(auth);
  return {
    authorization:
      authorizer && name !== undefined
        ? namedAccess(auth, name, authorizer)
        : fallback.authorization,
    ...keyOf(key ? booleanOf(auth.template, key.value) : fallback.apiKeyRequired),
  };
}

/** What the OPTIONS methods that SAM makes ask for: what the API asks for by default, unless told otherwise. */
export function preflightAccess(auth: SamAuth): Access {
  const { template, entry } = auth;
  const access = defaultAccess(auth);
  const flag = (name: string): boolean | undefined => {
    const found = entryOf(entry?.value, name);
    return found ? constantOf(booleanOf(template, found.value)) : true;
  };
  const [authorizer, key] = [
    flag("AddDefaultAuthorizerToCorsPreflight"),
    flag("AddApiKeyRequiredToCorsPreflight"),
  ];
  const { apiKeyRequired } = access;
  return {
    authorization:
      authorizer === false
        ? { kind: "none" }
        : authorizer === undefined && access.authorization.kind !== "none"
          ? { kind: "unknown", because: "whether preflights are let through is decided elsewhere" }
          : access.authorization,
    ...(key === true && apiKeyRequired ? { apiKeyRequired } : {}),
  };
}
