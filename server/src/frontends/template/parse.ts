/** YAML and JSON to trees. Bounded: bombs of aliases, nesting and size give a gap, never a crash. */
import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from "yaml";
import type { Alias, Document, Node, Pair, Scalar } from "yaml";
import type { FactsGap } from "../../../../shared/src/ir/facts";
import type { Span } from "../../../../shared/src/ir/span";
import type { ScalarNode, TreeEntry, TreeNode } from "../../../../shared/src/ir/tree";
import { shallow } from "../shallow";

export interface Parsed {
  /** The first document, as far as it can be read. */
  readonly root?: TreeNode;
  readonly gaps: readonly FactsGap[];
}

/** Nodes that one file may come to with its aliases unfolded. */
const mostNodes = 200_000;

/** Collections within collections; deeper than any template, and little for the stack. */
const deepest = 200;

/** Indicators that open a collection within a collection on the same line, and indentation: both nest without brackets. */
const nested = /(?:[-?:][ \t]+){40}|^[ \t]{600}/m;

/** Parses a text as CloudFormation does: YAML 1.1, of which JSON is a part for this purpose. */
export function parseTree(file: string, text: string): Parsed {
  const all: FactsGap["at"] = [0, text.length];
  if (nested.test(text)) return { gaps: [{ because: "nests too deeply to be read", at: all }] };
  const flat = shallow(text);
  try {
    const [document] = documents(flat ?? text);
    if (!document) return { gaps: [] };
    const walk: Walk = { file, text, document, left: mostNodes, aliases: new Map() };
    const root = document.contents ? nodeOf(walk, document.contents, 0) : undefined;
    const gaps = document.errors.map(({ message, pos }): FactsGap => ({
      because: `a syntax error: ${message}`,
      at: pos,
    }));
    if (flat !== undefined) gaps.push({ because: "nests too deeply to be read whole", at: all });
    if (walk.left <= 0) gaps.push({ because: "is too large to be read whole", at: all });
    return { ...(root ? { root } : {}), gaps };
  } catch (error) {
    return { gaps: [{ because: `cannot be parsed: ${String(error)}`, at: all }] };
  }
}

function documents(text: string): readonly Document[] {
  const options = {
    version: "1.1",
    uniqueKeys: false,
    strict: false,
    prettyErrors: false,
    logLevel: "silent",
  } as const;
  const all = parseAllDocuments(text, options);
  return Array.isArray(all) ? all : [];
}

interface Walk {
  readonly file: string;
  readonly text: string;
  readonly document: Document;
  left: number;
  readonly aliases: Map<string, number>;
}

function nodeOf(walk: Walk, node: Node | null, depth: number): TreeNode {
  const at = spanOf(walk, node);
  if (node === null || walk.left-- <= 0 || depth > deepest) return nothing(at);
  const plain = untagged(walk, node, at, depth);
  const key = intrinsicOf(node.tag);
  if (key === undefined) return plain;
  const start = Math.max(0, walk.text.lastIndexOf("!", at.start));
  const keyAt = { ...at, start, end: start + (node.tag ?? "").length };
  return {
    k: "map",
    entries: [{ key, keyAt, value: plain, at: { ...at, start } }],
    at: { ...at, start },
  };
}

function untagged(walk: Walk, node: Node, at: Span, depth: number): TreeNode {
  if (isAlias(node)) return aliased(walk, node, at, depth);
  if (isScalar(node)) return scalarOf(walk, node, at);
  if (isSeq(node)) {
    const items = node.items.map((item) => nodeOf(walk, item as Node | null, depth + 1));
    return { k: "list", items, at };
  }
  if (!isMap(node)) return nothing(at);
  const entries = new Map<string, TreeEntry>();
  const merged: TreeEntry[] = [];
  for (const pair of node.items as readonly Pair<Node, Node | null>[]) {
    const entry = entryOfPair(walk, pair, depth);
    if (entry.key === "<<") merged.push(...mergedEntries(entry.value));
    else entries.set(entry.key, entry);
  }
  for (const entry of merged) if (!entries.has(entry.key)) entries.set(entry.key, entry);
  return { k: "map", entries: [...entries.values()], at };
}

function entryOfPair(
  walk: Walk,
  { key, value }: Pair<Node, Node | null>,
  depth: number,
): TreeEntry {
  const keyAt = spanOf(walk, key);
  const name = isScalar(key) ? (typeof key.value === "symbol" ? "<<" : keyText(key)) : "";
  const node = value ? nodeOf(walk, value, depth + 1) : nothing({ ...keyAt, start: keyAt.end });
  const end = node.at.file === keyAt.file && node.at.start >= keyAt.end ? node.at.end : keyAt.end;
  return { key: name, keyAt, value: node, at: { ...keyAt, end } };
}

const keyText = ({ source, value }: Scalar): string => source ?? String(value);

/** `<<: *base`, `<<: [*a, *b]` */
function mergedEntries(value: TreeNode): readonly TreeEntry[] {
  if (value.k === "list") return value.items.flatMap(mergedEntries);
  return value.k === "map" ? value.entries : [];
}

/** What an alias stands for. One that stands for much, again and again, runs the file's budget down. */
function aliased(walk: Walk, node: Alias, at: Span, depth: number): TreeNode {
  const open = walk.aliases.get(node.source) ?? 0;
  const target = open > 0 ? undefined : node.resolve(walk.document);
  if (!target) return nothing(at);
  walk.aliases.set(node.source, open + 1);
  const found = nodeOf(walk, target, depth + 1);
  walk.aliases.set(node.source, open);
  return found;
}

function scalarOf(walk: Walk, node: Scalar, at: Span): ScalarNode {
  const { value } = node;
  const text = node.source ?? (typeof value === "string" ? value : "");
  const inside = insideOf(walk.text, at, text);
  return { k: "scalar", value: plainValue(value, text), text, at, ...(inside ? { inside } : {}) };
}

/** Dates and the like are texts for CloudFormation's properties. */
function plainValue(value: unknown, text: string): ScalarNode["value"] {
  if (value === null) return null;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : text;
}

function insideOf(text: string, at: Span, value: string): Span | undefined {
  const quoted = /^["']/.test(text.charAt(at.start));
  const [start, end] = quoted ? [at.start + 1, at.end - 1] : [at.start, at.end];
  return text.slice(start, end) === value ? { ...at, start, end } : undefined;
}

function nothing(at: Span): ScalarNode {
  return { k: "scalar", value: null, text: "", at };
}

/** A collection on lines of its own ends where its last part does: the comments behind belong to nobody. */
function spanOf(walk: Walk, node: Node | null): Span {
  const [start = 0] = node?.range ?? [];
  return { file: walk.file, start, end: Math.max(start, endOf(walk, node)) };
}

function endOf(walk: Walk, node: Node | null): number {
  let last: Node | null = node;
  for (let depth = 0; depth <= deepest; depth++) {
    if (!isMap(last) && !isSeq(last)) break;
    if (last.flow === true) break;
    const item: unknown = last.items.at(-1);
    const inner = isPair(item)
      ? ((item.value ?? item.key) as Node | null)
      : (item as Node | null | undefined);
    if (!inner) break;
    last = inner;
  }
  const [start = 0, end = start] = last?.range ?? [];
  let trimmed = end;
  while (trimmed > start && /\s/.test(walk.text.charAt(trimmed - 1))) trimmed--;
  return trimmed;
}

/** `!Ref`, `!Condition` and `!GetAtt`, `!Sub`, … in their long form. */
function intrinsicOf(tag: string | undefined): string | undefined {
  const name = /^!([A-Z]\w*)$/.exec(tag ?? "")?.[1];
  if (name === undefined) return undefined;
  return name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
}
