/** CORS options in the words of CloudFormation, SAM and OpenAPI. */
import type { Span } from "../../ir/span";
import { entryOf, valueAt } from "../../ir/tree";
import type { MapNode, TreeEntry, TreeNode } from "../../ir/tree";
import type { ApiCors, CorsPolicy, Field, PolicyForm, Strings, Value } from "../../model/model";
import { branches } from "../../model/value";
import { choicesOf, oneOf, stringsOf, textOf } from "./intrinsics";
import { intrinsicOf } from "./mentions";
import { booleanOf, numberOf } from "./scalars";
import type { Template } from "./template";

type ListOption = "allowOrigins" | "allowMethods" | "allowHeaders" | "exposeHeaders";

/** Where a form has its options; a path leads through maps. */
export interface OptionNames extends Readonly<Partial<Record<ListOption, readonly string[]>>> {
  readonly allowCredentials?: string;
  readonly maxAge?: string;
  readonly originOverride?: string;
}

/** `AWS::ApiGatewayV2::Api`, `AWS::Lambda::Url` and SAM's kin of them. */
export const gatewayNames: OptionNames = {
  allowOrigins: ["AllowOrigins"],
  allowMethods: ["AllowMethods"],
  allowHeaders: ["AllowHeaders"],
  exposeHeaders: ["ExposeHeaders"],
  allowCredentials: "AllowCredentials",
  maxAge: "MaxAge",
};

/** `x-amazon-apigateway-cors` */
export const documentNames: OptionNames = {
  allowOrigins: ["allowOrigins"],
  allowMethods: ["allowMethods"],
  allowHeaders: ["allowHeaders"],
  exposeHeaders: ["exposeHeaders"],
  allowCredentials: "allowCredentials",
  maxAge: "maxAge",
};

export const bucketNames: OptionNames = {
  allowOrigins: ["AllowedOrigins"],
  allowMethods: ["AllowedMethods"],
  allowHeaders: ["AllowedHeaders"],
  exposeHeaders: ["ExposedHeaders"],
  maxAge: "MaxAge",
};

/** `CorsConfig` of a response headers policy */
export const cdnNames: OptionNames = {
  allowOrigins: ["AccessControlAllowOrigins", "Items"],
  allowMethods: ["AccessControlAllowMethods", "Items"],
  allowHeaders: ["AccessControlAllowHeaders", "Items"],
  exposeHeaders: ["AccessControlExposeHeaders", "Items"],
  allowCredentials: "AccessControlAllowCredentials",
  maxAge: "AccessControlMaxAgeSec",
  originOverride: "OriginOverride",
};

/** What an option says about CORS: the policies that conditions choose from, or none. */
export function policiesOf(
  template: Template,
  entry: TreeEntry | undefined,
  read: (block: MapNode, at: Span) => CorsPolicy,
  open?: string,
): ApiCors {
  if (!entry) return open === undefined ? { kind: "none" } : { kind: "unknown", because: open };
  const choices = choicesOf(template, entry.value);
  const blocks = choices.flatMap(({ node }) =>
    node?.k === "map" && !intrinsicOf(node) ? [read(node, entry.keyAt)] : [],
  );
  if (blocks.length === 0 && choices.every(({ node }) => node === undefined))
    return { kind: "none" };
  if (blocks.length === 0)
    return { kind: "unknown", because: "a function of the template gives it" };
  const isMaybe = choices.length > 1;
  return {
    kind: "policy",
    of: isMaybe ? blocks.map((policy) => ({ ...policy, conditional: true })) : blocks,
  };
}

/** A block of options whose lists are lists. */
export function readPolicy(
  template: Template,
  block: MapNode,
  form: PolicyForm,
  names: OptionNames,
  at: Span,
): CorsPolicy {
  const list = (option: ListOption): Field<Strings> | undefined => {
    const path = names[option];
    const entry = path && entryAt(block, path);
    return entry && fieldOf(entry, stringsOf(template, entry.value));
  };
  const single = <T>(
    name: string | undefined,
    read: (template: Template, node: TreeNode) => Value<T>,
  ): Field<Value<T>> | undefined => {
    const entry = name === undefined ? undefined : entryOf(block, name);
    return entry && isPresent(template, entry)
      ? fieldOf(entry, read(template, entry.value))
      : undefined;
  };
  return withoutAbsent({
    form,
    language: "template",
    at,
    block: block.at,
    allowOrigins: list("allowOrigins"),
    allowMethods: list("allowMethods"),
    allowHeaders: list("allowHeaders"),
    exposeHeaders: list("exposeHeaders"),
    allowCredentials: single(names.allowCredentials, booleanOf),
    maxAge: single(names.maxAge, numberOf),
    originOverride: single(names.originOverride, booleanOf),
    ignored: [],
    ...completeness(block),
  });
}

type Loose<T> = { [K in keyof T]: T[K] | undefined };

function withoutAbsent(policy: Loose<CorsPolicy>): CorsPolicy {
  return Object.fromEntries(
    Object.entries(policy).filter(([, value]) => value !== undefined),
  ) as unknown as CorsPolicy;
}

function completeness(block: MapNode): Pick<CorsPolicy, "complete" | "because"> {
  const isOpen = block.entries.some(({ key }) => key.startsWith("Fn::"));
  return isOpen
    ? { complete: false, because: "a function of the template adds to it" }
    : { complete: true };
}

function isPresent(template: Template, entry: TreeEntry): boolean {
  return choicesOf(template, entry.value).some(({ node }) => node !== undefined);
}

/** The entry that holds a list; its name is the one below which it stands. */
function entryAt(block: MapNode, [first = "", ...rest]: readonly string[]): TreeEntry | undefined {
  const outer = entryOf(block, first);
  if (!outer || rest.length === 0) return outer;
  const value = valueAt(outer.value, ...rest);
  return value && { ...outer, value };
}

/** A named option of a template. */
export function fieldOf<T>({ keyAt, at }: TreeEntry, value: T): Field<T> {
  return { name: keyAt, entry: at, value };
}

/**
 * `Cors` of `AWS::Serverless::Api`: an origin, or a map whose texts are mapping expressions. A literal has single quotes
 * of its own, and lists are one text with commas. The origin is `'*'` unless told otherwise.
 */
export function samPolicies(template: Template, entry: TreeEntry): ApiCors {
  const choices = choicesOf(template, entry.value);
  const policies = choices.flatMap(({ node, conditional }) => {
    if (node === undefined) return [];
    const policy = samPolicy(template, node, entry);
    return [conditional ? { ...policy, conditional } : policy];
  });
  return policies.length === 0 ? { kind: "none" } : { kind: "policy", of: policies };
}

function samPolicy(template: Template, node: TreeNode, entry: TreeEntry): CorsPolicy {
  const isBlock = node.k === "map" && !intrinsicOf(node);
  const option = (name: string): TreeEntry | undefined =>
    isBlock ? entryOf(node, name) : name === "AllowOrigin" ? { ...entry, value: node } : undefined;
  const list = (name: string, separator?: string): Field<Strings> | undefined => {
    const found = option(name);
    return found && isPresent(template, found)
      ? fieldOf(found, quotedList(template, found.value, separator))
      : undefined;
  };
  const credentials = option("AllowCredentials");
  const maxAge = option("MaxAge");
  const origins = list("AllowOrigin");
  return withoutAbsent({
    form: "samApi",
    language: "template",
    at: entry.keyAt,
    ...(isBlock ? { block: node.at } : {}),
    allowOrigins: origins ?? {
      name: entry.keyAt,
      entry: entry.at,
      value: anyOrigin(entry.keyAt),
    },
    allowMethods: list("AllowMethods", ","),
    allowHeaders: list("AllowHeaders", ","),
    allowCredentials: credentials && fieldOf(credentials, booleanOf(template, credentials.value)),
    maxAge: maxAge && fieldOf(maxAge, quotedNumber(template, maxAge.value)),
    ignored: [],
    complete: true,
  });
}

const anyOrigin = (at: Span): Strings => ({
  kind: "known",
  value: [{ kind: "known", value: "*", at }],
  at,
});

/** The parts of `'GET,POST'`, each where it stands. */
function quotedList(template: Template, node: TreeNode, separator?: string): Strings {
  const lists = branches(textOf(template, node)).map((branch): Strings => {
    const because = "it is no text in single quotes";
    if (branch.kind !== "known")
      return {
        kind: "known",
        value: [{ ...branch, kind: "unknown", because: reasonOf(branch) }],
        at: node.at,
      };
    const literal = /^\s*'(.*)'\s*$/s.exec(branch.value);
    if (!literal) return { kind: "unknown", because, at: branch.at };
    const [, text = ""] = literal;
    const from = branch.value.indexOf("'") + 1;
    const inside = node.k === "scalar" ? node.inside : undefined;
    const place = (start: number, end: number): Span =>
      inside ? { ...inside, start: inside.start + start, end: inside.start + end } : branch.at;
    const parts: Value<string>[] = [];
    let at = from;
    for (const part of separator === undefined ? [text] : text.split(separator)) {
      const value = part.trim();
      const start = at + part.length - part.trimStart().length;
      if (value !== "")
        parts.push({ kind: "known", value, at: place(start, start + value.length) });
      at += part.length + 1;
    }
    return { kind: "known", value: parts, at: place(from, from + text.length) };
  });
  return oneOf(lists, node);
}

function reasonOf(value: Value<string>): string {
  return value.kind === "unknown" ? value.because : "it is decided elsewhere";
}

/** `'600'`, or a plain number. */
function quotedNumber(template: Template, node: TreeNode): Value<number> {
  const values = branches(textOf(template, node)).map((branch): Value<number> => {
    if (branch.kind !== "known") return branch as Value<number>;
    const text = branch.value.replace(/^'(.*)'$/, "$1");
    return /^-?\d+$/.test(text)
      ? { kind: "known", value: Number(text), at: branch.at }
      : { kind: "unknown", because: "it is no number", at: branch.at };
  });
  return oneOf(values, node);
}

/** Mapping expressions of SAM's `Cors`, as API Gateway gets them: header and value. */
export function samExpressions(
  template: Template,
  node: TreeNode,
): readonly { readonly header: string; readonly at: Span; readonly value: Value<string> }[] {
  const isBlock = node.k === "map" && !intrinsicOf(node);
  const options = isBlock
    ? node.entries.flatMap((entry) => {
        const header = samHeaders[entry.key];
        return header === undefined ? [] : [{ header, at: entry.keyAt, node: entry.value }];
      })
    : [{ header: "access-control-allow-origin", at: node.at, node }];
  return options.map(({ header, at, node: value }) => ({
    header,
    at,
    value: textOf(template, value),
  }));
}

const samHeaders: Readonly<Record<string, string>> = {
  AllowOrigin: "access-control-allow-origin",
  AllowMethods: "access-control-allow-methods",
  AllowHeaders: "access-control-allow-headers",
  MaxAge: "access-control-max-age",
};
