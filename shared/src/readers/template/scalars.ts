/** Numbers and truth in templates, where texts may stand for both. */
import type { TreeNode } from "../../ir/tree";
import type { Value } from "../../model/model";
import { branches } from "../../model/value";
import { oneOf, textOf, unknown } from "./intrinsics";
import type { Template } from "./template";

/** Whether it is true: CloudFormation takes the text `true` as well. */
export function booleanOf(template: Template, node: TreeNode): Value<boolean> {
  return mapped(template, node, (text, written) => {
    if (typeof written === "boolean") return written;
    const lower = text.toLowerCase();
    return lower === "true" ? true : lower === "false" ? false : undefined;
  });
}

export function numberOf(template: Template, node: TreeNode): Value<number> {
  return mapped(template, node, (text) => {
    const value = Number(text);
    return text.trim() === "" || Number.isNaN(value) ? undefined : value;
  });
}

function mapped<T>(
  template: Template,
  node: TreeNode,
  read: (text: string, written: unknown) => T | undefined,
): Value<T> {
  const written = node.k === "scalar" ? node.value : undefined;
  const values = branches(textOf(template, node)).map((branch): Value<T> => {
    if (branch.kind !== "known") return branch as Value<T>;
    const value = read(branch.value, written);
    return value === undefined
      ? unknown("it cannot be read", node)
      : { kind: "known", value, at: branch.at };
  });
  return oneOf(values, node);
}
