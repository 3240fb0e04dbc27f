/** `Globals` of SAM: what resources of a kind share. */
import { entriesOf, valueAt } from "../../ir/tree";
import type { MapNode, TreeEntry, TreeNode } from "../../ir/tree";
import { intrinsicOf } from "./mentions";
import type { Resource, Template } from "./template";

const sections: Readonly<Record<string, string>> = {
  "AWS::Serverless::Function": "Function",
  "AWS::Serverless::Api": "Api",
  "AWS::Serverless::HttpApi": "HttpApi",
};

/** The properties of a resource with what `Globals` gives to its kind. */
export function samProps(template: Template, resource: Resource): TreeNode | undefined {
  return withGlobals(template, resource.type, resource.props);
}

/** The same where a resource has no properties of its own, as an API that SAM makes by itself. */
export function withGlobals(
  template: Template,
  type: string,
  own: TreeNode | undefined,
): TreeNode | undefined {
  const section = sections[type];
  const shared = section === undefined ? undefined : valueAt(template.globals, section);
  return shared ? merged(shared, own) : own;
}

/**
 * SAM's own rule: maps are merged key by key, lists come one after the other, and of anything else the resource's counts.
 * Functions of the template are taken as they are.
 */
function merged(shared: TreeNode, own: TreeNode | undefined): TreeNode {
  if (own === undefined) return shared;
  if (shared.k === "list" && own.k === "list")
    return { ...own, items: [...shared.items, ...own.items] };
  if (shared.k !== "map" || own.k !== "map" || intrinsicOf(shared) || intrinsicOf(own)) return own;
  return mergedMaps(shared, own);
}

function mergedMaps(shared: MapNode, own: MapNode): MapNode {
  const others = new Map<string, TreeEntry>(entriesOf(shared).map((entry) => [entry.key, entry]));
  const entries = own.entries.map((entry) => {
    const other = others.get(entry.key);
    return other ? { ...entry, value: merged(other.value, entry.value) } : entry;
  });
  const kept = new Set(own.entries.map(({ key }) => key));
  return { ...own, entries: [...shared.entries.filter(({ key }) => !kept.has(key)), ...entries] };
}
