/**
 * A data file (YAML, JSON) after parsing. CloudFormation's short tags (`!Sub`) stand in their long form (`Fn::Sub`), so
 * that readers meet one spelling. Every node says where it was written, also when an alias brought it elsewhere.
 */
import type { Span } from "./span";

export type TreeNode = ScalarNode | ListNode | MapNode;

export interface ScalarNode {
  readonly k: "scalar";
  /** `null` also stands for what cannot be read, as an alias to nothing. */
  readonly value: string | number | boolean | null;
  /** The value's text as it is written, quotes taken off: `012` stays `012`. */
  readonly text: string;
  readonly at: Span;
  /** Where the text stands character for character; absent where escapes or folding change it. */
  readonly inside?: Span;
}

export interface ListNode {
  readonly k: "list";
  readonly items: readonly TreeNode[];
  readonly at: Span;
}

export interface MapNode {
  readonly k: "map";
  /** Of a key that is written twice only the last one is here. */
  readonly entries: readonly TreeEntry[];
  readonly at: Span;
}

export interface TreeEntry {
  readonly key: string;
  readonly keyAt: Span;
  readonly value: TreeNode;
  /** Key and value together. */
  readonly at: Span;
}

/** The entry of a map by its key; `undefined` for everything that is no map or has no such key. */
export function entryOf(node: TreeNode | undefined, key: string): TreeEntry | undefined {
  return node?.k === "map" ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The value below keys, one after another. */
export function valueAt(
  node: TreeNode | undefined,
  ...keys: readonly string[]
): TreeNode | undefined {
  return keys.reduce<TreeNode | undefined>((inner, key) => entryOf(inner, key)?.value, node);
}

/** The entries of a map; none for everything else. */
export function entriesOf(node: TreeNode | undefined): readonly TreeEntry[] {
  return node?.k === "map" ? node.entries : [];
}

/** The items of a list; none for everything else. */
export function itemsOf(node: TreeNode | undefined): readonly TreeNode[] {
  return node?.k === "list" ? node.items : [];
}

/** The text of a scalar. */
export function scalarText(node: TreeNode | undefined): string | undefined {
  return node?.k === "scalar" && node.value !== null ? node.text : undefined;
}
