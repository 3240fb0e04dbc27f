/** Who may call an operation of an OpenAPI document with API Gateway's extensions. */
import { entriesOf, entryOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeEntry, TreeNode } from "../../ir/tree";
import type { Span } from "../../ir/span";
import type { Authorization, Value } from "../../model/model";
import { headersInSources, sigV4, some } from "./reader";

/** What one scheme asks for: an authorizer, or an API key. */
export type Scheme = Authorization | { readonly kind: "key" };

/** By name: `securityDefinitions` of Swagger 2, `components.securitySchemes` of OpenAPI 3. */
export type Schemes = ReadonlyMap<string, Scheme>;

export function schemesOf(document: TreeNode): Schemes {
  const all = [
    ...entriesOf(valueAt(document, "securityDefinitions")),
    ...entriesOf(valueAt(document, "components", "securitySchemes")),
  ];
  return new Map(all.map((entry) => [entry.key, schemeOf(entry)]));
}

const types: Readonly<Record<string, string>> = {
  jwt: "jwt",
  token: "lambda",
  request: "lambda",
  cognito_user_pools: "cognito",
};

function schemeOf({ value, keyAt }: TreeEntry): Scheme {
  const authType = scalarText(valueAt(value, "x-amazon-apigateway-authtype"));
  if (authType?.toLowerCase() === "awssigv4") return some(sigV4.type, sigV4.headers, keyAt);
  const authorizer = entryOf(value, "x-amazon-apigateway-authorizer");
  const name = (scalarText(valueAt(value, "name")) ?? "").toLowerCase();
  if (!authorizer) {
    if (scalarText(valueAt(value, "type")) !== "apiKey") return noAuthorizer(keyAt);
    return name === "x-api-key" ? { kind: "key" } : noAuthorizer(keyAt);
  }
  const written = scalarText(valueAt(authorizer.value, "type"));
  const type = types[written ?? ""];
  if (written === undefined || type === undefined)
    return { kind: "unknown", because: "an authorizer of a kind that is not known", at: keyAt };
  return some(type, identityHeaders(authorizer.value, name, written), keyAt);
}

/** A scheme that API Gateway does not enforce. */
const noAuthorizer = (at: Span): Authorization => ({ kind: "none", at });

function identityHeaders(authorizer: TreeNode, name: string, type: string): readonly string[] {
  const source = valueAt(authorizer, "identitySource");
  const texts = source?.k === "list" ? source.items : source ? [source] : [];
  const headers = headersInSources(texts.map((text) => scalarText(text) ?? ""));
  if (headers.length > 0 || type === "request") return headers;
  if (source) return [];
  return name !== "" && name !== "unused" ? [name] : [];
}

export interface Access {
  readonly authorization: Authorization;
  readonly apiKeyRequired?: Value<boolean>;
}

/** What `security` of an operation, or of the whole document, comes to. */
export function accessOf(security: TreeEntry | undefined, schemes: Schemes): Access {
  if (!security) return { authorization: { kind: "none" } };
  if (security.value.k !== "list")
    return {
      authorization: {
        kind: "unknown",
        because: "its security is decided elsewhere",
        at: security.keyAt,
      },
    };
  const names = itemsOf(security.value).flatMap((item) => entriesOf(item));
  const found = names.map(({ key, keyAt }): Scheme => {
    const scheme = schemes.get(key);
    if (scheme) return scheme;
    // SAM writes this where nobody is asked.
    if (key === "NONE") return noAuthorizer(keyAt);
    return { kind: "unknown", because: `the document has no scheme ${key}`, at: keyAt };
  });
  const key = found.findIndex(({ kind }) => kind === "key");
  const others = found.filter((scheme) => scheme.kind !== "key");
  const asked =
    others.find(({ kind }) => kind === "some") ?? others.find(({ kind }) => kind === "unknown");
  return {
    authorization: asked ? { ...asked, at: security.keyAt } : { kind: "none", at: security.keyAt },
    ...(key >= 0
      ? { apiKeyRequired: { kind: "known", value: true, at: names[key]?.keyAt ?? security.keyAt } }
      : {}),
  };
}
