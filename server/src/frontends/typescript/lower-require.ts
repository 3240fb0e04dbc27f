import { ts } from "ts-morph";
import type { ImportStmt } from "../../../../shared/src/ir/facts";
import type { Range } from "../../../../shared/src/ir/span";
import { type Context, rangeOf } from "./context";
import { bare } from "./lower-expression";

/** Helpers that compilers of TypeScript put around a `require`. */
const interop = new Set(["__importStar", "__importDefault", "_interopRequireWildcard"]);

/** The module that `require("…")` names, where the expression is such a call. */
export function requiredModule(node: ts.Expression): string | undefined {
  if (!ts.isCallExpression(node) || node.arguments.length !== 1) return undefined;
  const argument = node.arguments[0];
  if (!ts.isIdentifier(node.expression) || argument === undefined) return undefined;
  if (interop.has(node.expression.text)) return requiredModule(bare(argument));
  if (node.expression.text !== "require" || !ts.isStringLiteralLike(argument)) return undefined;
  return argument.text;
}

/**
 * `const x = require("m")`, `const x = require("m").y` and `const { a, b: c } = require("m")` as imports; patterns that
 * an import cannot say stay declarations.
 */
export function lowerRequire(
  context: Context,
  node: ts.VariableDeclaration,
  at: Range,
): ImportStmt | undefined {
  const value = node.initializer && bare(node.initializer);
  if (value === undefined) return undefined;
  const whole = requiredModule(value);
  if (ts.isIdentifier(node.name)) {
    const member = whole === undefined && ts.isPropertyAccessExpression(value) ? value : undefined;
    const from = member ? requiredModule(bare(member.expression)) : whole;
    if (from === undefined) return undefined;
    const imported = member ? member.name.text : "*";
    const names = [{ imported, local: node.name.text, at: rangeOf(context, node.name) }];
    return { k: "import", from, names, at };
  }
  if (whole === undefined || !ts.isObjectBindingPattern(node.name)) return undefined;
  const names = node.name.elements.map((element) => importedName(context, element));
  const all = names.filter((name) => name !== undefined);
  return all.length === names.length ? { k: "import", from: whole, names: all, at } : undefined;
}

function importedName(
  context: Context,
  element: ts.BindingElement,
): ImportStmt["names"][number] | undefined {
  const { name, propertyName } = element;
  if (element.dotDotDotToken || element.initializer || !ts.isIdentifier(name)) return undefined;
  const key = propertyName ?? name;
  if (!ts.isIdentifier(key) && !ts.isStringLiteral(key)) return undefined;
  return { imported: key.text, local: name.text, at: rangeOf(context, element) };
}
