/** Finds how a file names what any library exports, and imports what it lacks. */
import type { Change } from "../../write-common/text-buffer";
import type { Exported, ImportsEnd, Source } from "../../write-common/source";
import { bindingsOf, extend, importLine, moduleOf } from "./imports";
import type { Tree } from "./syntax";

/** See `Source.exported`. */
export function exported(
  source: Source,
  tree: Tree,
  { modules, name }: Exported,
  end: ImportsEnd,
  before: number,
): string | Change[] | undefined {
  const bindings = bindingsOf(tree);
  const known =
    bindings.find(({ module }) => modules.some((path) => module === `${path}.${name}`)) ??
    bindings.find(({ module }) => modules.includes(module)) ??
    bindings.find(({ module }) => modules.some((path) => module === `${path}.*`));
  if (known) {
    if (known.node.end > before) return undefined;
    if (known.local === "*") return name;
    return modules.includes(known.module) ? `${known.local}.${name}` : known.local;
  }
  if (source.names.has(name)) return undefined;
  const own = tree.root.children.find(
    (node) =>
      node.type === "import_from_statement" &&
      node.end <= before &&
      modules.includes(moduleOf(tree, node)),
  );
  if (own) return extend(source, tree, own, name);
  return [importLine(source, `from ${modules[0] ?? ""} import ${name}`, end)];
}
