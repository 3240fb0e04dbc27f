import type { ImportStmt, Stmt } from "../../../../shared/src/ir/facts";
import { textOf, type Context } from "./context";
import { childAt, childOf, childrenAt, rangeOf, type Syntax } from "./syntax";

/** `import a, b.c as d`: one fact per module, and one more that loads a dotted module. */
export function lowerImport(ctx: Context, node: Syntax): Stmt[] {
  const at = rangeOf(node);
  return childrenAt(node, "name").flatMap((item): ImportStmt[] => {
    const { module, local } = imported(ctx, item);
    const whole = (from: string, name: string): ImportStmt => ({
      k: "import",
      from,
      names: [{ imported: "*", local: name, at: rangeOf(item) }],
      at,
    });
    if (local !== undefined) return [whole(module, local)];
    const [first = module] = module.split(".");
    if (first === module) return [whole(module, module)];
    return [whole(first, first), { k: "import", from: module, names: [], at }];
  });
}

/** `from .m import a, b as c` and `from m import *`. */
export function lowerImportFrom(ctx: Context, node: Syntax): Stmt[] {
  const module = childAt(node, "module_name");
  const wildcard = childOf(node, "wildcard_import");
  const named = childrenAt(node, "name").map((item) => {
    const { module: name, local } = imported(ctx, item);
    return { imported: name, local: local ?? name, at: rangeOf(item) };
  });
  const all = wildcard ? [{ imported: "*", local: "*", at: rangeOf(wildcard) }] : [];
  const from = module ? dotted(ctx, module) : "__future__";
  return [{ k: "import", from, names: [...named, ...all], at: rangeOf(node) }];
}

function imported(ctx: Context, item: Syntax): { module: string; local?: string } {
  const name = childAt(item, "name");
  const alias = childAt(item, "alias");
  if (item.type !== "aliased_import" || !name || !alias) return { module: dotted(ctx, item) };
  return { module: dotted(ctx, name), local: textOf(ctx, alias) };
}

/** A module's name without the blanks that Python allows around its dots. */
function dotted(ctx: Context, node: Syntax): string {
  return textOf(ctx, node).replace(/[\s\\]+/g, "");
}
