/** One template: its resources, and what its intrinsic functions refer to. */
import type { Span } from "../../ir/span";
import { entriesOf, entryOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeEntry, TreeNode } from "../../ir/tree";
import type { Family } from "./family";

export interface Resource {
  /** The logical id. */
  readonly id: string;
  readonly type: string;
  /** The logical id's place. */
  readonly at: Span;
  /** Id and body together. */
  readonly entry: Span;
  readonly body: TreeNode;
  /** `Properties`. */
  readonly props: TreeNode | undefined;
  /** The name of the condition under which it exists. */
  readonly condition: string | undefined;
}

export interface Template {
  readonly file: string;
  readonly root: TreeNode;
  readonly resources: ReadonlyMap<string, Resource>;
  /** SAM expands it. */
  readonly isSam: boolean;
  readonly globals: TreeNode | undefined;
  /** Why there may be resources that are not seen. */
  readonly open?: string;
  /** The other templates of the application, and what they hand to this one. */
  readonly family?: Family;
}

/** The template in a data file; `undefined` for files of another kind. */
export function templateOf(
  file: string,
  root: TreeNode | undefined,
  family?: Family,
): Template | undefined {
  const resources = entryOf(root, "Resources");
  if (root === undefined || resources?.value.k !== "map") return undefined;
  const found = resources.value.entries.flatMap(resourceOf);
  if (found.length === 0) return undefined;
  const macros = transformsOf(root);
  const isSam =
    macros.includes("AWS::Serverless-2016-10-31") ||
    found.some(({ type }) => type.startsWith("AWS::Serverless::"));
  const open = openness(resources.value.entries, macros);
  return {
    file,
    root,
    resources: new Map(found.map((resource) => [resource.id, resource])),
    isSam,
    globals: isSam ? valueAt(root, "Globals") : undefined,
    ...(open === undefined ? {} : { open }),
    ...(family ? { family } : {}),
  };
}

function resourceOf({ key, keyAt, value, at }: TreeEntry): readonly Resource[] {
  const type = scalarText(valueAt(value, "Type"));
  if (type === undefined) return [];
  return [
    {
      id: key,
      type,
      at: keyAt,
      entry: at,
      body: value,
      props: valueAt(value, "Properties"),
      condition: scalarText(valueAt(value, "Condition")),
    },
  ];
}

/** Names of the transforms, the one of SAM among them. */
function transformsOf(root: TreeNode): readonly string[] {
  const transform = valueAt(root, "Transform");
  const items = transform?.k === "list" ? transform.items : transform ? [transform] : [];
  return items.map((item) => scalarText(item) ?? "");
}

/** Transforms that leave resources of the kinds that are read here as they are. */
const harmless =
  /^AWS::(Serverless-2016-10-31|LanguageExtensions|CodeDeployBlueGreen|SecretsManager-\S*)$/;

function openness(
  entries: readonly TreeEntry[],
  transforms: readonly string[],
): string | undefined {
  if (entries.some(({ key }) => key.startsWith("Fn::")))
    return "a loop or an include makes resources";
  const macro = transforms.find((name) => !harmless.test(name));
  return macro === undefined ? undefined : "a macro may change the template";
}

/** A property of a resource. */
export function propertyOf(resource: Resource, name: string): TreeEntry | undefined {
  return entryOf(resource.props, name);
}

/** Why properties of the resource may exist that are not seen: `Fn::Transform` among them, or an intrinsic for all. */
export function openProps({ props }: Resource): string | undefined {
  return entriesOf(props).some(({ key }) => key.startsWith("Fn::"))
    ? "a function of the template gives its properties"
    : undefined;
}
