/** What a node refers to: intrinsic functions, attributes and logical ids. */
import { entriesOf, itemsOf, scalarText } from "../../ir/tree";
import type { TreeNode } from "../../ir/tree";

export interface Intrinsic {
  readonly name: string;
  readonly argument: TreeNode;
}

/** `{ Ref: X }`, `{ "Fn::Sub": … }`; `undefined` for everything else. */
export function intrinsicOf(node: TreeNode | undefined): Intrinsic | undefined {
  if (node?.k !== "map" || node.entries.length !== 1) return undefined;
  const [entry] = node.entries;
  if (!entry || !/^(Ref|Condition|Fn::\w+)$/.test(entry.key)) return undefined;
  return { name: entry.key, argument: entry.value };
}

/** `A.Arn`, `[A, Arn]` */
export function attributeOf(argument: TreeNode): readonly [id: string, name: string] | undefined {
  const text = scalarText(argument);
  const [id, name] =
    text === undefined
      ? itemsOf(argument).map((item) => scalarText(item))
      : [text.slice(0, text.indexOf(".")), text.slice(text.indexOf(".") + 1)];
  return id !== undefined && name !== undefined ? [id, name] : undefined;
}

/** Logical ids that a node refers to, nearest first, by `Ref`, `Fn::GetAtt` or within `Fn::Sub`. */
export function mentionsOf(node: TreeNode | undefined): readonly string[] {
  const ids = mentionsIn(node).flatMap(({ id, imported }) => (imported ? [] : [id]));
  return [...new Set(ids)];
}

export interface Mention {
  /** The logical id of a resource or parameter; empty for an import. */
  readonly id: string;
  readonly attribute?: string;
  /** The argument of `Fn::ImportValue`. */
  readonly imported?: TreeNode;
}

/** All that a node refers to, nearest first. */
export function mentionsIn(node: TreeNode | undefined): readonly Mention[] {
  const found = new Map<string, Mention>();
  let left = 2000;
  const note = (mention: Mention): void => {
    const key = `${mention.id}.${mention.attribute ?? ""} ${String(mention.imported?.at.start)}`;
    if (!found.has(key)) found.set(key, mention);
  };
  const visit = (inner: TreeNode): void => {
    if (left-- <= 0) return;
    const intrinsic = intrinsicOf(inner);
    // SAM knows `!Ref Function.Alias` and its like for what it makes itself.
    if (intrinsic?.name === "Ref")
      note({ id: (scalarText(intrinsic.argument) ?? "").split(".")[0] ?? "" });
    else if (intrinsic?.name === "Fn::GetAtt") {
      const [id = "", attribute = ""] = attributeOf(intrinsic.argument) ?? [];
      note({ id, attribute });
    } else if (intrinsic?.name === "Fn::Sub") visitSub(intrinsic.argument);
    else if (inner.k === "list") inner.items.forEach(visit);
    else if (inner.k === "map") inner.entries.forEach(({ value }) => visit(value));
    if (intrinsic?.name === "Fn::ImportValue") note({ id: "", imported: intrinsic.argument });
  };
  const visitSub = (argument: TreeNode): void => {
    const [format, variables] = argument.k === "list" ? argument.items : [argument];
    const own = new Set(entriesOf(variables).map(({ key }) => key));
    for (const [, text = ""] of (scalarText(format) ?? "").matchAll(/\$\{([^}!][^}]*)\}/g)) {
      const name = text.trim();
      const [id = ""] = name.split(".");
      if (!own.has(name))
        note({ id, ...(id === name ? {} : { attribute: name.slice(id.length + 1) }) });
    }
    if (variables) visit(variables);
  };
  if (node) visit(node);
  return [...found.values()];
}
