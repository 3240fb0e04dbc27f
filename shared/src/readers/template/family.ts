/**
 * What the templates of an application hand to each other: a nested stack gets parameters and gives outputs, and one
 * stack imports what another exports. A parameter of a nested stack is what its parents give, not its default.
 */
import { dirname, joinPath } from "../../base/file-paths";
import { entriesOf, entryOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeNode } from "../../ir/tree";
import type { Value } from "../../model/model";
import { mentionsIn } from "./mentions";
import type { Resource, Template } from "./template";

/** A node, and the template whose names it uses. */
export interface Place {
  readonly template: Template;
  readonly node: TreeNode;
}

interface Parent {
  readonly template: Template;
  readonly values: TreeNode | undefined;
}

export interface Family {
  /** By the file of the nested template. */
  readonly parents: Map<string, Parent[]>;
  /** By file and logical id of the nested stack. */
  readonly children: Map<string, Template>;
  /** By the name that is exported; more than one where the name is not unique. */
  readonly exports: Map<string, Place[]>;
  /** Parameters and outputs that were worked out; `undefined` while that is being done, as templates may go in circles. */
  readonly texts: Map<string, Value<string> | undefined>;
}

/** Parents of one template that are looked at. */
const mostParents = 16;

export function newFamily(): Family {
  return { parents: new Map(), children: new Map(), exports: new Map(), texts: new Map() };
}

/** The file of the template that a nested stack is made of, where a path leads to it. */
export function nestedFile({ file }: Template, resource: Resource): string | undefined {
  if (!/^AWS::(CloudFormation::Stack|Serverless::Application)$/.test(resource.type))
    return undefined;
  const path =
    scalarText(valueAt(resource.body, "Metadata", "aws:asset:path")) ??
    scalarText(valueAt(resource.props, "TemplateURL")) ??
    scalarText(valueAt(resource.props, "Location"));
  if (path === undefined || /^\w+:/.test(path)) return undefined;
  return joinPath(dirname(file), path);
}

/** Writes down what the templates hand to each other; each of them knows the family. */
export function joinFamily(family: Family, templates: readonly Template[]): void {
  const byFile = new Map(templates.map((template) => [template.file, template]));
  for (const template of templates) {
    for (const resource of template.resources.values()) {
      const child = byFile.get(nestedFile(template, resource) ?? "");
      if (!child || child === template) continue;
      family.children.set(`${template.file}#${resource.id}`, child);
      const parents = family.parents.get(child.file) ?? [];
      if (parents.length < mostParents)
        parents.push({ template, values: valueAt(resource.props, "Parameters") });
      family.parents.set(child.file, parents);
    }
    for (const { value } of entriesOf(valueAt(template.root, "Outputs"))) {
      const name = scalarText(valueAt(value, "Export", "Name"));
      const node = valueAt(value, "Value");
      if (name === undefined || !node) continue;
      family.exports.set(name, [...(family.exports.get(name) ?? []), { template, node }]);
    }
  }
}

/** What the parents of a nested stack give to its parameter; `undefined` for a template that is no nested stack. */
export function handedTo(template: Template, parameter: string): readonly Place[] | undefined {
  const parents = template.family?.parents.get(template.file);
  return parents?.flatMap(({ template: parent, values }) => {
    const node =
      entryOf(values, parameter)?.value ??
      valueAt(template.root, "Parameters", parameter, "Default");
    return node ? [{ template: entryOf(values, parameter) ? parent : template, node }] : [];
  });
}

/** The value of a nested stack's output, by the attribute that names it. */
export function outputOf(template: Template, id: string, attribute: string): Place | undefined {
  const child = template.family?.children.get(`${template.file}#${id}`);
  const name = /^Outputs\.(\w+)$/.exec(attribute)?.[1];
  const node =
    child && name !== undefined ? valueAt(child.root, "Outputs", name, "Value") : undefined;
  return child && node ? { template: child, node } : undefined;
}

/** What another template exports under a name that is written out. */
export function exported({ family }: Template, argument: TreeNode): Place | undefined {
  const [only, ...others] = family?.exports.get(scalarText(argument) ?? "") ?? [];
  return others.length === 0 ? only : undefined;
}

/** A resource, and the template that has it. */
export interface Referred {
  readonly template: Template;
  readonly resource: Resource;
}

/** The resources that a node refers to, nearest first, through parameters, outputs and exports. */
export function referredBy(
  template: Template,
  node: TreeNode | undefined,
  seen = new Set<string>(),
): readonly Referred[] {
  return mentionsIn(node).flatMap((mention): readonly Referred[] => {
    const key = `${template.file}#${mention.id}.${mention.attribute ?? ""}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const places = mention.imported
      ? [exported(template, mention.imported)]
      : valueAt(template.root, "Parameters", mention.id)
        ? (handedTo(template, mention.id) ?? [])
        : [outputOf(template, mention.id, mention.attribute ?? "")];
    const further = places.flatMap((place) =>
      place ? referredBy(place.template, place.node, seen) : [],
    );
    const resource = template.resources.get(mention.id);
    return resource && further.length === 0 ? [{ template, resource }] : further;
  });
}
