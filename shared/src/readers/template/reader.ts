/** What the readers of one template share. */
import { apiTraits } from "../../model/kinds";
import type { Project } from "../../ir/project";
import type { Span } from "../../ir/span";
import type { TreeNode } from "../../ir/tree";
import type { Api, ApiKind, Authorization } from "../../model/model";
import type { FunctionCode } from "../cdk/functions";
import { existenceOf } from "./intrinsics";
import { mentionsOf } from "./mentions";
import type { Resource, Template } from "./template";

export type ReadCode = Extract<FunctionCode, { k: "file" | "inline" }>;

export interface TemplateReader {
  readonly project: Project;
  readonly template: Template;
  /** Code of functions behind routes, by the handler's id. */
  readonly functions: Map<string, ReadCode>;
  /** Logical ids of functions that a route leads to. */
  readonly routed: Set<string>;
  /** The readers of all templates of the application, by file; absent where there is but this one. */
  readonly family?: ReadonlyMap<string, TemplateReader>;
}

export interface HandlerLink {
  readonly handlers: readonly string[];
  readonly unlinked?: string;
}

/** Finds the handlers of functions that a node refers to. */
export type LinkFunction = (node: TreeNode | undefined) => HandlerLink;

/** The parts that every API has, with nothing said yet. */
export function apiBase(
  reader: TemplateReader,
  resource: Pick<Resource, "id" | "type" | "at" | "entry">,
  kind: ApiKind,
): Omit<Api, "cors" | "routes" | "routesComplete"> {
  const { file } = reader.template;
  return {
    id: `${file}#${resource.id}`,
    kind,
    construct: resource.type,
    name: resource.id,
    language: "template",
    at: resource.at,
    call: resource.entry,
    statement: resource.entry,
    variable: resource.id,
    gatewayResponses: [],
    gatewayResponsesComplete: !apiTraits[kind].gatewayResponses,
    behaviors: [],
    ignoredOptions: [],
  };
}

/** The resources of some types that a deployment may have. */
export function existing(template: Template, ...types: readonly string[]): readonly Resource[] {
  return [...template.resources.values()].filter(
    (resource) => types.includes(resource.type) && existenceOf(template, resource).exists,
  );
}

/** Marks what exists under a condition that cannot be decided. */
export function conditionalMark(template: Template, resource: Resource): { conditional?: true } {
  return existenceOf(template, resource).conditional ? { conditional: true } : {};
}

/** Whether the API's id goes to other stacks, which may add to it. */
export function isHandedOn(template: Template, id: string): boolean {
  const others = existing(template, "AWS::CloudFormation::Stack", "AWS::Serverless::Application");
  return others.some(({ props }) => mentionsOf(props).includes(id));
}

/** SigV4 in a browser; as the CDK readers have it. */
export const sigV4: Pick<Extract<Authorization, { kind: "some" }>, "type" | "headers"> = {
  type: "iam",
  headers: ["authorization", "x-amz-date", "x-amz-security-token"],
};

/** Lower-case names of the request headers that an identity source names: `$request.header.X`, `method.request.header.X`. */
export function headersInSources(texts: readonly string[]): readonly string[] {
  return texts
    .flatMap((text) => text.split(","))
    .flatMap((text) => /^\s*(?:\$|method\.)request\.header\.([\w-]+)\s*$/i.exec(text)?.[1] ?? [])
    .map((name) => name.toLowerCase());
}

export function some(
  type: string,
  headers: readonly string[],
  at: Span,
  inherited = false,
): Authorization {
  return { kind: "some", type, headers, at, ...(inherited ? { inherited: true } : {}) };
}
