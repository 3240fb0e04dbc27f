import type { Language, Tree, TreeCursor } from "web-tree-sitter";
import type { Range } from "../../../../shared/src/ir/span";

/**
 * A syntax node as plain data, copied out of the parser's memory so that the parser's tree can be freed at once.
 * `type` is the grammar's name of the node; tokens are named by their text.
 */
export interface Syntax {
  readonly type: string;
  readonly named: boolean;
  /** The role that the parent gives this node, where the grammar has a name for it. */
  readonly field: string | undefined;
  /** Offsets in UTF-16 code units, as web-tree-sitter counts them for string input. */
  readonly start: number;
  readonly end: number;
  /** The parser put this node in because the text lacks it. */
  readonly missing: boolean;
  readonly children: readonly Syntax[];
}

export interface SyntaxTree {
  readonly root: Syntax;
  readonly comments: readonly Syntax[];
  /** `ERROR` nodes and missing ones, in order. */
  readonly errors: readonly Syntax[];
}

interface Draft extends Syntax {
  readonly children: Draft[];
}

/**
 * Copies a tree without recursion, so that no depth of nesting can overflow the stack.
 *
 * @param original the offset in the user's text of an offset in the parsed text, where the two differ
 */
export function copyTree(
  tree: Tree,
  original: (offset: number) => number = (offset) => offset,
): SyntaxTree {
  const mayMiss = tree.rootNode.hasError;
  const cursor = tree.walk();
  try {
    return copied(cursor, tree.language, mayMiss, original);
  } finally {
    cursor.delete();
  }
}

function copied(
  cursor: TreeCursor,
  language: Language,
  mayMiss: boolean,
  original: (offset: number) => number,
): SyntaxTree {
  const comments: Syntax[] = [];
  const errors: Syntax[] = [];
  const draft = (): Draft => draftOf(cursor, language, mayMiss, original);
  const root = draft();
  const path: Draft[] = [root];
  if (root.type === "ERROR") errors.push(root);
  let descends = cursor.gotoFirstChild();
  while (path.length > 0) {
    if (!descends && !cursor.gotoNextSibling()) {
      path.pop();
      if (path.length > 0) cursor.gotoParent();
      continue;
    }
    const node = draft();
    descends = false;
    if (node.type === "comment") comments.push(node);
    else if (node.type !== "line_continuation") {
      if (node.missing || node.type === "ERROR") errors.push(node);
      path.at(-1)?.children.push(node);
      descends = cursor.gotoFirstChild();
      if (descends) path.push(node);
    }
  }
  return { root, comments, errors };
}

function draftOf(
  cursor: TreeCursor,
  language: Language,
  mayMiss: boolean,
  original: (offset: number) => number,
): Draft {
  return {
    type: cursor.nodeType,
    named: cursor.nodeIsNamed,
    field: language.fields[cursor.currentFieldId] ?? undefined,
    start: original(cursor.startIndex),
    end: original(cursor.endIndex),
    missing: mayMiss && cursor.nodeIsMissing,
    children: [],
  };
}

export function rangeOf(node: Syntax): Range {
  return [node.start, node.end];
}

/** The first child with a role. */
export function childAt(node: Syntax, field: string): Syntax | undefined {
  return node.children.find((child) => child.field === field);
}

/** The named children with a role; errors have none. */
export function childrenAt(node: Syntax, field: string): Syntax[] {
  return node.children.filter((child) => child.field === field && child.named);
}

/** The named children, errors left out. */
export function namedOf(node: Syntax): Syntax[] {
  return node.children.filter((child) => child.named && child.type !== "ERROR");
}

/** The first child of one of these types. */
export function childOf(node: Syntax, ...types: string[]): Syntax | undefined {
  return node.children.find((child) => types.includes(child.type));
}

export function hasToken(node: Syntax, token: string): boolean {
  return node.children.some((child) => !child.named && child.type === token);
}
