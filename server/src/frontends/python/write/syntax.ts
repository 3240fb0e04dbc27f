/** Finds nodes and their brackets in a parsed file. */
import type { Range } from "../../../../../shared/src/ir/span";
import type { Container, Entry } from "../../write-common/source";
import { childAt, childrenAt, namedOf, rangeOf, type Syntax, type SyntaxTree } from "../syntax";

/** A tree whose nodes know what they are part of. */
export interface Tree {
  readonly text: string;
  readonly root: Syntax;
  readonly parents: ReadonlyMap<Syntax, Syntax>;
}

export function treeOf(text: string, { root }: SyntaxTree): Tree {
  const parents = new Map<Syntax, Syntax>();
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const child of node.children) {
      parents.set(child, node);
      open.push(child);
    }
  }
  return { text, root, parents };
}

export function codeOf(tree: Tree, node: Syntax): string {
  return tree.text.slice(node.start, node.end);
}

/** The nodes around a range, outermost first; the last ones may stand at that very range. */
export function pathTo(tree: Tree, [start, end]: Range): Syntax[] {
  const path: Syntax[] = [];
  let node: Syntax | undefined = tree.root;
  while (node) {
    path.push(node);
    node = node.children.find((child) => child.start <= start && end <= child.end);
  }
  return path;
}

/** The outermost node that stands at a range; a block of one statement is that statement. */
export function nodeAt(tree: Tree, range: Range): Syntax | undefined {
  return pathTo(tree, range).find(
    ({ type, start, end }) =>
      !/^(module|block)$/.test(type) && start === range[0] && end === range[1],
  );
}

const wrappers = new Set(["expression_statement", "parenthesized_expression", "await", "type"]);

/** The node without parentheses and `await`. */
export function unwrapped(node: Syntax | undefined): Syntax | undefined {
  let inner = node;
  while (inner && wrappers.has(inner.type)) {
    const [only, ...others] = namedOf(inner);
    if (others.length > 0) return inner;
    inner = only;
  }
  return inner;
}

const kinds: Readonly<Record<string, Container["kind"]>> = {
  dictionary: "object",
  list: "list",
  tuple: "tuple",
  set: "set",
  call: "call",
};

/** The brackets of a node with what stands between their commas. */
export function containerOf(tree: Tree, node: Syntax): Container | undefined {
  const called = node.type === "argument_list" ? tree.parents.get(node) : node;
  const kind = called && kinds[called.type];
  if (!kind) return undefined;
  const brackets = kind === "call" ? childAt(called, "arguments") : called;
  if (!brackets || (kind === "call" && brackets.type !== "argument_list")) return undefined;
  const open = brackets.children[0];
  const close = brackets.children.at(-1);
  if (!open || !close || !/^[([{]$/.test(codeOf(tree, open))) return undefined;
  const callee = kind === "call" ? childAt(called, "function") : undefined;
  return {
    kind,
    range: rangeOf(called),
    open: open.end,
    close: close.start,
    entries: entriesOf(tree, brackets.children.slice(1, -1)),
    ...(callee ? { callee: codeOf(tree, callee) } : {}),
  };
}

/** Entries from the nodes between two brackets. */
export function entriesOf(tree: Tree, children: readonly Syntax[]): Entry[] {
  const entries: Entry[] = [];
  for (const child of children) {
    if (child.named) {
      entries.push(entryOf(tree, child));
      continue;
    }
    const last = entries.pop();
    if (last) entries.push(child.type === "," ? { ...last, comma: child.start } : last);
  }
  return entries;
}

function entryOf(tree: Tree, node: Syntax): Entry {
  const range = rangeOf(node);
  if (/_splat$/.test(node.type)) return { range, spread: true };
  if (node.type === "keyword_argument") {
    const name = childAt(node, "name");
    const value = childAt(node, "value");
    return {
      range,
      ...(name ? { key: codeOf(tree, name) } : {}),
      ...(value ? { value: rangeOf(value) } : {}),
    };
  }
  if (node.type !== "pair") return { range, value: range };
  const key = childAt(node, "key");
  const value = childAt(node, "value");
  const text = key && plainText(tree, key);
  return {
    range,
    ...(text === undefined ? {} : { key: text, quoted: true }),
    ...(value ? { value: rangeOf(value) } : {}),
  };
}

/** The text of a string without escapes and interpolations. */
function plainText(tree: Tree, node: Syntax): string | undefined {
  if (node.type !== "string") return undefined;
  const [open] = node.children;
  const close = node.children.at(-1);
  const plain = node.children.every((c) => /^string_(start|content|end)$/.test(c.type));
  if (!open || !close || !plain) return undefined;
  return tree.text.slice(open.end, close.start);
}

/** Whether an identifier is the name of a member or keyword, which means nothing by itself. */
export function isMemberName(tree: Tree, node: Syntax): boolean {
  const parent = tree.parents.get(node)?.type;
  const member = node.field === "attribute" || parent === "keyword_argument";
  return member && node.field !== "value";
}

/** The names that an import binds; of `import a.b` that is `a`. */
export function importedNames(tree: Tree, statement: Syntax): string[] {
  return childrenAt(statement, "name").map(
    (name) => codeOf(tree, childAt(name, "alias") ?? name).split(".", 1)[0] ?? "",
  );
}
