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
  const found = new Set<string>();
  let left = 2000;
  const visit = (inner: TreeNode): void => {
    if (left-- <= 0) return;
    const intrinsic = intrinsicOf(inner);
    // SAM knows `!Ref Function.Alias` and its like for what it makes itself.
    if (intrinsic?.name === "Ref")
      found.add((scalarText(intrinsic.argument) ?? "").split(".")[0] ?? "");
    else if (intrinsic?.name === "Fn::GetAtt")
      found.add(attributeOf(intrinsic.argument)?.[0] ?? "");
    else if (intrinsic?.name === "Fn::Sub") visitSub(intrinsic.argument);
    else if (inner.k === "list") inner.items.forEach(visit);
    else if (inner.k === "map") inner.entries.forEach(({ value }) => visit(value));
  };
  const visitSub = (argument: TreeNode): void => {
    const [format, variables] = argument.k === "list" ? argument.items : [argument];
    const own = new Set(entriesOf(variables).map(({ key }) => key));
    for (const [, name = ""] of (scalarText(format) ?? "").matchAll(/\$\{([^}!][^}]*)\}/g)) {
      const id = name.trim().split(".")[0] ?? "";
      if (!own.has(name.trim())) found.add(id);
    }
    if (variables) visit(variables);
  };
  if (node) visit(node);
  return [...found];
}
