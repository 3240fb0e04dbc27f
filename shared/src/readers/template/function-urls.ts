/** Function URLs: `AWS::Lambda::Url`, and `FunctionUrlConfig` of SAM's functions. */
import type { TreeEntry, TreeNode } from "../../ir/tree";
import { entryOf, valueAt } from "../../ir/tree";
import type { Api, Authorization, Value } from "../../model/model";
import { linkFunction, linkResource } from "./functions";
import { choicesOf, textOf } from "./intrinsics";
import { intrinsicOf } from "./mentions";
import { gatewayNames, policiesOf, readPolicy } from "./policy";
import { apiBase, conditionalMark, existing, sigV4, some } from "./reader";
import type { HandlerLink, TemplateReader } from "./reader";
import { samProps } from "./sam-globals";
import { openProps } from "./template";
import type { Resource } from "./template";

/** Reads every Function URL. */
export function readFunctionUrls(reader: TemplateReader): readonly Api[] {
  const { template } = reader;
  const plain = existing(template, "AWS::Lambda::Url").map((resource) =>
    urlOf(reader, {
      resource,
      config: resource.props,
      link: linkFunction(reader, valueAt(resource.props, "TargetFunctionArn")),
    }),
  );
  const own = existing(template, "AWS::Serverless::Function").flatMap((resource) => {
    const entry = entryOf(samProps(template, resource), "FunctionUrlConfig");
    return entry ? samUrls(reader, resource, entry) : [];
  });
  return [...plain, ...own];
}

function samUrls(reader: TemplateReader, fn: Resource, entry: TreeEntry): readonly Api[] {
  const choices = choicesOf(reader.template, entry.value);
  return choices.slice(0, 1).flatMap(({ node, conditional }) => {
    if (!node) return [];
    const resource = { ...fn, at: entry.keyAt, entry: fn.entry };
    return [
      urlOf(reader, {
        resource,
        config: intrinsicOf(node) ? undefined : node,
        link: linkResource(reader, fn),
        ...(conditional ? { conditional } : {}),
      }),
    ];
  });
}

interface Url {
  readonly resource: Resource;
  readonly config: TreeNode | undefined;
  readonly link: HandlerLink;
  readonly conditional?: true;
}

function urlOf(reader: TemplateReader, { resource, config, link, conditional }: Url): Api {
  const { template } = reader;
  const { at } = resource;
  const auth = entryOf(config, "AuthType");
  const authType: Value<string> = auth
    ? textOf(template, auth.value)
    : { kind: "unknown", because: "it is not given", at };
  const authorization = authorizationOf(authType, auth?.keyAt ?? at);
  const open = config ? openProps(resource) : "a function of the template gives the URL";
  const cors = policiesOf(
    template,
    entryOf(config, "Cors"),
    (block, place) => readPolicy(template, block, "functionUrl", gatewayNames, place),
    open,
  );
  const base = apiBase(reader, resource, "functionUrl");
  const isSigned = authorization.kind === "some" && cors.kind === "none";
  return {
    ...base,
    id: `${base.id}.url`,
    aliases: [resource.id],
    cors,
    authType,
    routes: [
      {
        method: { kind: "known", value: "ANY", at },
        path: { kind: "known", value: "$default", at },
        at,
        call: resource.entry,
        authorization,
        integration: { kind: "lambda", payload: "2.0", at },
        ...link,
        ...(conditional ? { conditional } : conditionalMark(template, resource)),
      },
    ],
    routesComplete: true,
    ...(isSigned
      ? { notForBrowsers: "it asks for a signature of IAM, and nothing is said about CORS" }
      : {}),
  };
}

function authorizationOf(type: Value<string>, at: Resource["at"]): Authorization {
  if (type.kind !== "known")
    return { kind: "unknown", because: "the URL's `AuthType` is decided elsewhere" };
  return type.value === "NONE" ? { kind: "none", at } : some(sigV4.type, sigV4.headers, at);
}
