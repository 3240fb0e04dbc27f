/** Documents that code builds, as trees: what template readers read of a file they can read of an object literal too. */
import type { AbstractValue, Property } from "../../interpreter/core/values";
import type { Span } from "../../ir/span";
import type { TreeEntry, TreeNode } from "../../ir/tree";

/** A tree, and what stands behind its references: `{ Ref: "value 3" }`. */
export interface DocumentTree {
  readonly root: TreeNode;
  readonly values: ReadonlyMap<string, AbstractValue>;
}

const mostNodes = 20_000;

/** The value as a tree; what is no plain data becomes a reference. */
export function treeOf(value: AbstractValue): DocumentTree {
  const values = new Map<string, AbstractValue>();
  const open = new Set<AbstractValue>();
  let left = mostNodes;
  const refer = (val: AbstractValue): TreeNode => {
    const name = `value ${values.size}`;
    values.set(name, val);
    return intrinsic("Ref", text(name, val), val);
  };
  const visit = (val: AbstractValue): TreeNode => {
    if (left-- <= 0 || open.has(val)) return refer(val);
    open.add(val);
    const node = visitOpened(val);
    open.delete(val);
    return node;
  };
  const visitOpened = (val: AbstractValue): TreeNode => {
    switch (val.t) {
      case "const":
        return { k: "scalar", value: val.value ?? null, text: String(val.value ?? ""), at: val.at };
      case "array":
        return { k: "list", items: val.items.map(visit), at: val.at };
      case "object":
        return val.cls
          ? refer(val)
          : { k: "map", entries: entries(val.props, val.open), at: val.at };
      case "maybe":
        return either(visit(val.of), undefined, val);
      case "oneOf": {
        const [first, second, ...others] = val.of;
        if (!first || others.length > 0) return refer(val);
        return either(visit(first), second && visit(second), val);
      }
      default:
        return refer(val);
    }
  };
  /** Of an object that code not seen may have changed, a part is not seen. */
  const entries = (props: ReadonlyMap<string, Property>, why: string | undefined): TreeEntry[] => [
    ...[...props].map(([key, slot]): TreeEntry => {
      const node = visit(slot.value);
      return {
        key,
        keyAt: slot.name,
        at: slot.entry,
        value: slot.maybe ? either(node, undefined, slot.value) : node,
      };
    }),
    ...(why === undefined ? [] : [unseenEntry(value.at)]),
  ];
  return { root: visit(value), values };
}

const text = (content: string, { at }: AbstractValue): TreeNode => ({
  k: "scalar",
  value: content,
  text: content,
  at,
});

function intrinsic(name: string, argument: TreeNode, { at }: AbstractValue): TreeNode {
  return { k: "map", entries: [{ key: name, keyAt: at, value: argument, at }], at };
}

/** One or the other, by a condition that nobody can decide. */
function either(then: TreeNode, otherwise: TreeNode | undefined, on: AbstractValue): TreeNode {
  const nothing = intrinsic("Ref", text("AWS::NoValue", on), on);
  const items = [text("", on), then, otherwise ?? nothing];
  return intrinsic("Fn::If", { k: "list", items, at: on.at }, on);
}

/** Stands for what may be there besides. */
export const unseenEntry = (at: Span): TreeEntry => ({
  key: "Fn::Transform",
  keyAt: at,
  value: { k: "scalar", value: null, text: "", at },
  at,
});
