/** A file that is written to: its text, its tree, what was replaced so far, and its style. */
import { indentAt, lineStart } from "../../write-common/source";
import type { TextEdit } from "../../../../../shared/src/model/edit";
import { sameSpan, within, type Span } from "../../../../../shared/src/ir/span";
import type { MapNode, TreeEntry, TreeNode } from "../../../../../shared/src/ir/tree";

/** An edit that cannot be spelled whole. */
export class CannotWrite extends Error {}

export interface Source {
  readonly file: string;
  readonly text: string;
  readonly root: TreeNode;
  readonly edits: TextEdit[];
  /** Paths below which something may change. */
  readonly touched: string[];
  readonly isJson: boolean;
  /** What one level of nesting is indented by. */
  readonly step: string;
}

/** A node with where it stands in the tree. */
export interface Placed {
  readonly node: TreeNode;
  /** As `changedPaths` has them. */
  readonly path: string;
  /** The entry of which it is the value. */
  readonly entry?: TreeEntry;
  readonly parent?: Placed;
}

export function sourceOf(file: string, text: string, root: TreeNode): Source {
  return {
    file,
    text,
    root,
    edits: [],
    touched: [],
    isJson: /^\s*[{[]/.test(text),
    step: stepOf(text, root),
  };
}

/** The indentation of the first map within a map that stands on lines of its own. */
function stepOf(text: string, root: TreeNode): string {
  if (root.k !== "map") return "  ";
  for (const { keyAt, value } of root.entries) {
    const [inner] = value.k === "map" ? value.entries : [];
    if (!inner) continue;
    const [outer, own] = [indentAt(text, keyAt.start), indentAt(text, inner.keyAt.start)];
    if (own.length > outer.length && own.startsWith(outer)) return own.slice(outer.length);
  }
  return "  ";
}

/** Behind the line's end, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

/** The column at which a key begins, as blanks: in a list the `- ` before it counts. */
export function columnOf(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset).replace(/[^\t]/g, " ");
}

/** The innermost node whose own place is this; a node of an alias stands elsewhere and is not found. */
export function nodeAt(source: Source, at: Span): Placed | undefined {
  return search({ node: source.root, path: "/" }, (placed) => sameSpan(placed.node.at, at));
}

/** The value of the entry whose place this is, or whose key's. */
export function entryAt(source: Source, at: Span): Placed | undefined {
  return search(
    { node: source.root, path: "/" },
    ({ entry }) => entry !== undefined && (sameSpan(entry.at, at) || sameSpan(entry.keyAt, at)),
  );
}

/** The scalar within which a place lies. */
export function scalarAround(source: Source, at: Span): Placed | undefined {
  return search(
    { node: source.root, path: "/" },
    ({ node }) => node.k === "scalar" && within(at, node.at),
  );
}

function search(root: Placed, wanted: (placed: Placed) => boolean): Placed | undefined {
  const open: Placed[] = [root];
  let found: Placed | undefined;
  for (let placed = open.pop(); placed; placed = open.pop()) {
    if (wanted(placed)) found = placed;
    open.push(...childrenOf(placed));
  }
  return found;
}

export function childrenOf(parent: Placed): readonly Placed[] {
  const { node, path } = parent;
  if (node.k === "map")
    return node.entries.map((entry) => ({
      node: entry.value,
      path: `${path}${entry.key}/`,
      entry,
      parent,
    }));
  if (node.k === "list")
    return node.items.map((item, i) => ({ node: item, path: `${path}${i}/`, parent }));
  return [];
}

/** A child of a map by its key. */
export function childOf(parent: Placed, key: string): Placed | undefined {
  return childrenOf(parent).find(({ entry }) => entry?.key === key);
}

/** Whether a collection is written in brackets. */
export function isFlow({ text }: Source, node: TreeNode): boolean {
  return node.k !== "scalar" && /[{[]/.test(text.charAt(node.at.start));
}

export function replace(
  source: Source,
  at: Pick<Span, "start" | "end">,
  text: string,
  path: string,
): void {
  source.edits.push({ at: { file: source.file, start: at.start, end: at.end }, text });
  source.touched.push(path);
}

export function insert(source: Source, offset: number, text: string, path: string): void {
  replace(source, { start: offset, end: offset }, text, path);
}

export function need<T>(value: T | undefined): T {
  if (value === undefined) throw new CannotWrite();
  return value;
}

export function needMap({ node }: Placed): MapNode {
  if (node.k !== "map") throw new CannotWrite();
  return node;
}
