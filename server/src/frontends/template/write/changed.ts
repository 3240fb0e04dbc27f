import type { TreeNode } from "../../../../../shared/src/ir/tree";

/** Paths (keys and numbers joined by `/`, with one at the end) of what two trees do not have in common. */
export function changedPaths(before: TreeNode, after: TreeNode): readonly string[] {
  const changed: string[] = [];
  compare(before, after, "/", changed);
  return changed;
}

function compare(
  before: TreeNode | undefined,
  after: TreeNode | undefined,
  path: string,
  changed: string[],
): void {
  if (before?.k === "map" && after?.k === "map") {
    const [a, b] = [before, after].map(
      (map) => new Map(map.entries.map((each) => [each.key, each.value])),
    );
    for (const key of new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])]))
      compare(a?.get(key), b?.get(key), `${path}${key}/`, changed);
  } else if (before?.k === "list" && after?.k === "list") {
    const length = Math.max(before.items.length, after.items.length);
    for (let i = 0; i < length; i++)
      compare(before.items[i], after.items[i], `${path}${i}/`, changed);
  } else if (before?.k === "scalar" && after?.k === "scalar") {
    if (before.value !== after.value || before.text !== after.text) changed.push(path);
  } else changed.push(path);
}
