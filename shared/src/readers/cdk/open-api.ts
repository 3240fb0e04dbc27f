/** OpenAPI documents of CDK code: `SpecRestApi`, `CfnRestApi({ body })`, `CfnApi({ body })`, in code or in a file. */
import type { AbstractValue, ExternValue } from "../../interpreter/core/values";
import { within } from "../../ir/span";
import { entryOf } from "../../ir/tree";
import type { TreeNode } from "../../ir/tree";
import type { Api, ApiCors } from "../../model/model";
import { argument, callProps, classOf, externOf } from "../library-value";
import type { Props } from "../library-value";
import { readDocument, restExtras, routeOf } from "../template/document";
import type { DocumentHost } from "../template/document";
import { mentionsOf } from "../template/mentions";
import { documentNames, policiesOf, readPolicy } from "../template/policy";
import type { Template } from "../template/template";
import { treeOf, unseenEntry } from "./document-tree";
import { placesOf, textOf } from "./handler-file";
import { functionNamed } from "./logical-ids";
import type { Reader } from "./reader";
import { linkHandler } from "./reader";
import { functionIn, madeOf } from "./traces";

interface Found {
  readonly root: TreeNode;
  readonly values: ReadonlyMap<string, AbstractValue>;
}

/** The API with what its document says; as it is where there is none that can be seen. */
export function withDocument(reader: Reader, value: ExternValue, props: Props, api: Api): Api {
  const found = documentOf(reader, value, props);
  if (!found) return api;
  const { root } = found;
  const kind = api.kind === "rest" ? "rest" : "http";
  const host: DocumentHost = {
    template: templateAround(root, api),
    kind,
    link: (node) => {
      const given = mentionsOf(node).flatMap((name) => {
        const value = functionIn(found.values.get(name)) ?? functionNamed(reader, name);
        return value ? [value] : [];
      });
      return linkHandler(reader, given[0]);
    },
  };
  const { operations, schemes, complete } = readDocument(host, root);
  const routes = operations.map((operation) => routeOf(host, root, operation, schemes));
  const isSeen = complete && props.open === undefined && reader.escaped(value) === undefined;
  return {
    ...api,
    routes: [...api.routes, ...routes],
    routesComplete: isSeen,
    ...(kind === "rest"
      ? restParts(host, api, root, isSeen)
      : { cors: corsOf(host, api, root, isSeen) }),
  };
}

function restParts(host: DocumentHost, api: Api, root: TreeNode, isSeen: boolean): Partial<Api> {
  const extras = restExtras(host.template, root);
  const none: ApiCors = { kind: "none" };
  return {
    cors: isSeen ? none : { kind: "unknown", because: "a part of the document is not seen" },
    gatewayResponses: [...api.gatewayResponses, ...extras.gatewayResponses],
    gatewayResponsesComplete: isSeen && extras.gatewayResponsesComplete,
    ...(api.binaryMediaTypes === undefined && extras.binaryMediaTypes
      ? { binaryMediaTypes: extras.binaryMediaTypes }
      : {}),
  };
}

/** What an option says stands before `x-amazon-apigateway-cors`. */
function corsOf(host: DocumentHost, api: Api, root: TreeNode, isSeen: boolean): ApiCors {
  if (api.cors.kind === "policy") return api.cors;
  const entry = entryOf(root, "x-amazon-apigateway-cors");
  if (!entry && !isSeen) return { kind: "unknown", because: "a part of the document is not seen" };
  return policiesOf(host.template, entry, (block, at) => {
    const policy = readPolicy(host.template, block, "cfnApi", documentNames, at);
    return root.at.file === api.at.file ? { ...policy, language: api.language } : policy;
  });
}

/** A document has no parameters and conditions of its own. */
function templateAround(root: TreeNode, { at }: Api): Template {
  return { file: at.file, root, resources: new Map(), isSam: false, globals: undefined };
}

function documentOf(reader: Reader, value: ExternValue, props: Props): Found | undefined {
  const definition = externOf(props.slots.get("apiDefinition")?.value);
  const body = props.slots.get("body")?.value;
  if (definition) {
    const cls = classOf(definition) ?? "";
    const [given] = [argument(definition, 0, cls.endsWith("nline") ? "definition" : "file")];
    if (/\.(fromInline|InlineApiDefinition)$/.test(cls))
      return given && inValue(reader, value, given);
    if (/\.(fromAsset|AssetApiDefinition)$/.test(cls)) {
      const path = argument(definition, 0, "file") ?? argument(definition, 0, "path");
      return inFile(reader, value, textOf(path));
    }
    return undefined;
  }
  return body && inValue(reader, value, body);
}

/** An object, what was read from a file, or an asset that a transform includes. */
function inValue(reader: Reader, on: ExternValue, value: AbstractValue): Found | undefined {
  if (value.t === "object" && !value.cls) return treeOf(value);
  const isReading = ({ path }: ExternValue): boolean => /(readFileSync|\bopen)\(\)$/.test(path);
  const isAsset = (part: ExternValue): boolean => /aws_s3_assets\.Asset$/.test(classOf(part) ?? "");
  const [source] = madeOf(value, (part) => isReading(part) || isAsset(part));
  if (!source) return undefined;
  const path = isAsset(source)
    ? callProps(source, 2).slots.get("path")?.value
    : argument(source, 0, "path");
  const found = inFile(reader, on, textOf(path));
  return found && mayBeChanged(reader, on, value) ? { ...found, root: opened(found.root) } : found;
}

/** Code that reads a document and looks into it may add to it; what is given where it is read is as it was read. */
function mayBeChanged(reader: Reader, { made }: ExternValue, value: AbstractValue): boolean {
  if (value.t === "extern") return value.members.size > 0 || reader.escaped(value) !== undefined;
  return !(made.by === "call" && within(value.at, made.args.at));
}

/** A document of which a part is not seen. */
function opened(root: TreeNode): TreeNode {
  return root.k === "map" ? { ...root, entries: [...root.entries, unseenEntry(root.at)] } : root;
}

function inFile(reader: Reader, on: ExternValue, path: string | undefined): Found | undefined {
  if (path === undefined) return undefined;
  for (const place of placesOf(reader.project, on, path)) {
    const root = reader.project.facts(place)?.tree;
    if (root) return { root, values: new Map() };
  }
  return undefined;
}
