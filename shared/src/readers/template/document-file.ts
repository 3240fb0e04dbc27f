/** Where an API's OpenAPI document stands: in the template, or in a file of the workspace. */
import { dirname, joinPath } from "../../base/file-paths";
import { entriesOf, entryOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeNode } from "../../ir/tree";
import { choicesOf, textOf } from "./intrinsics";
import { intrinsicOf } from "./mentions";
import type { TemplateReader } from "./reader";

export type FoundDocument =
  | { readonly k: "none" }
  | { readonly k: "document"; readonly node: TreeNode }
  | { readonly k: "unknown" };

const inTemplate = ["DefinitionBody", "Body"];
const inFile = ["DefinitionUri", "BodyS3Location"];

/** The document that the properties of an API give. */
export function openDocument(reader: TemplateReader, props: TreeNode | undefined): FoundDocument {
  const body = inTemplate.map((name) => entryOf(props, name)).find((entry) => entry !== undefined);
  if (body) return inBody(reader, body.value);
  const file = inFile.map((name) => entryOf(props, name)).find((entry) => entry !== undefined);
  if (!file) return { k: "none" };
  return fileAt(reader, scalarText(file.value));
}

function inBody(reader: TemplateReader, node: TreeNode): FoundDocument {
  const choices = choicesOf(reader.template, node).flatMap((choice) =>
    choice.node ? [choice.node] : [],
  );
  const [only, ...others] = choices;
  if (!only) return { k: "none" };
  if (others.length > 0) return { k: "unknown" };
  const intrinsic = intrinsicOf(only);
  if (intrinsic?.name === "Fn::Transform") return included(reader, intrinsic.argument);
  return only.k === "map" && !intrinsic ? { k: "document", node: only } : { k: "unknown" };
}

/** `Fn::Transform: { Name: AWS::Include, Parameters: { Location: openapi.yaml } }` */
function included(reader: TemplateReader, argument: TreeNode): FoundDocument {
  if (scalarText(valueAt(argument, "Name")) !== "AWS::Include") return { k: "unknown" };
  const location = valueAt(argument, "Parameters", "Location");
  const path = location && textOf(reader.template, location);
  return fileAt(reader, path?.kind === "known" ? path.value : undefined);
}

/** A file beside the template; one in a bucket is not seen. */
function fileAt({ project, template }: TemplateReader, path: string | undefined): FoundDocument {
  if (path === undefined || /^(s3|https?):/.test(path)) return { k: "unknown" };
  const node = project.facts(joinPath(dirname(template.file), path))?.tree;
  return node && entriesOf(node).length > 0 ? { k: "document", node } : { k: "unknown" };
}
