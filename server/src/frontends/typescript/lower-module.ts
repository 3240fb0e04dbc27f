import { ts } from "ts-morph";
import type { Expr, ImportStmt, Stmt } from "../../../../shared/src/ir/facts";
import { type Context, descend, hasModifier, rangeOf, tooDeep, unknown } from "./context";
import { identifiersOf } from "./hoist";
import { lowerExpression } from "./lower-expression";

const kind = ts.SyntaxKind;

type ModuleStatement =
  ts.ImportDeclaration | ts.ImportEqualsDeclaration | ts.ExportDeclaration | ts.ExportAssignment;

export function isModuleStatement(node: ts.Statement): node is ModuleStatement {
  return (
    ts.isImportDeclaration(node) ||
    ts.isImportEqualsDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isExportAssignment(node)
  );
}

export function lowerModuleStatement(context: Context, node: ModuleStatement): Stmt[] {
  if (ts.isImportDeclaration(node)) return lowerImport(context, node);
  if (ts.isImportEqualsDeclaration(node)) return lowerImportEquals(context, node);
  if (ts.isExportDeclaration(node)) return lowerExports(context, node);
  const at = rangeOf(context, node);
  const value = lowerExpression(context, node.expression);
  if (!node.isExportEquals) return [{ k: "export", name: "default", value, at }];
  const of: Expr = { k: "name", name: "module", at };
  const place: Expr = { k: "member", of, name: "exports", nameAt: at, at };
  return [{ k: "expr", expr: { k: "assign", target: { k: "place", place, at }, value, at }, at }];
}

function lowerImport(context: Context, node: ts.ImportDeclaration): Stmt[] {
  if (!ts.isStringLiteral(node.moduleSpecifier)) return missingModule(context, node);
  const from = node.moduleSpecifier.text;
  const at = rangeOf(context, node);
  const clause = node.importClause;
  if (clause === undefined) return [{ k: "import", from, names: [], at }];
  if (clause.phaseModifier === kind.TypeKeyword) return [];
  const names = importedNames(context, clause);
  // Where every name is a type the compiler removes the import.
  const onlyTypes =
    names.length === 0 &&
    clause.namedBindings !== undefined &&
    ts.isNamedImports(clause.namedBindings) &&
    clause.namedBindings.elements.length > 0;
  return onlyTypes ? [] : [{ k: "import", from, names, at }];
}

function importedNames(context: Context, clause: ts.ImportClause): ImportStmt["names"] {
  const names: ImportStmt["names"][number][] = [];
  const { name, namedBindings } = clause;
  if (name) names.push({ imported: "default", local: name.text, at: rangeOf(context, name) });
  if (namedBindings && ts.isNamespaceImport(namedBindings)) {
    const at = rangeOf(context, namedBindings);
    names.push({ imported: "*", local: namedBindings.name.text, at });
  } else if (namedBindings) {
    for (const element of namedBindings.elements) {
      if (element.isTypeOnly || element.name.text === "") continue;
      const imported = (element.propertyName ?? element.name).text;
      names.push({ imported, local: element.name.text, at: rangeOf(context, element) });
    }
  }
  return names;
}

/** `import x = require("m")` and the alias `import x = A.B`. */
function lowerImportEquals(context: Context, node: ts.ImportEqualsDeclaration): Stmt[] {
  if (node.isTypeOnly) return [];
  const at = rangeOf(context, node);
  const nameAt = rangeOf(context, node.name);
  const local = node.name.text;
  const exported = exportsOf(context, node, [node.name]);
  if (!ts.isExternalModuleReference(node.moduleReference)) {
    const value = lowerEntityName(context, node.moduleReference);
    return [{ k: "let", target: { k: "name", name: local, at: nameAt }, value, const: true, at }, ...exported]; // prettier-ignore
  }
  const specifier = node.moduleReference.expression;
  if (!ts.isStringLiteral(specifier)) return missingModule(context, node);
  const names = [{ imported: "*", local, at: nameAt }];
  return [{ k: "import", from: specifier.text, names, at }, ...exported];
}

function lowerEntityName(context: Context, node: ts.EntityName): Expr {
  const at = rangeOf(context, node);
  if (ts.isIdentifier(node)) return { k: "name", name: node.text, at };
  return descend<Expr>(
    context,
    node,
    () => {
      const of = lowerEntityName(context, node.left);
      const nameAt = rangeOf(context, node.right);
      return { k: "member", of, name: node.right.text, nameAt, at };
    },
    () => unknown(tooDeep, at),
  );
}

function lowerExports(context: Context, node: ts.ExportDeclaration): Stmt[] {
  if (node.isTypeOnly) return [];
  const specifier = node.moduleSpecifier;
  if (specifier && !ts.isStringLiteral(specifier)) return missingModule(context, node);
  const from = specifier?.text;
  const clause = node.exportClause;
  if (clause && ts.isNamedExports(clause)) {
    return clause.elements.flatMap((element) => lowerExport(context, element, from));
  }
  if (from === undefined) return missingModule(context, node);
  const name = clause ? clause.name.text : "*";
  return [{ k: "reexport", from, imported: "*", name, at: rangeOf(context, node) }];
}

function lowerExport(context: Context, node: ts.ExportSpecifier, from: string | undefined): Stmt[] {
  if (node.isTypeOnly || node.name.text === "") return [];
  const at = rangeOf(context, node);
  const name = node.name.text;
  const source = node.propertyName ?? node.name;
  if (from !== undefined) return [{ k: "reexport", from, imported: source.text, name, at }];
  const value: Expr = { k: "name", name: source.text, at: rangeOf(context, source) };
  return [{ k: "export", name, value, at }];
}

/** The exports that a declaration's `export` modifier makes of the names it declares. */
export function exportsOf(
  context: Context,
  node: ts.Statement,
  declared: readonly ts.BindingName[],
): Stmt[] {
  if (!hasModifier(node, kind.ExportKeyword)) return [];
  const isDefault = hasModifier(node, kind.DefaultKeyword);
  return declared.flatMap(identifiersOf).map((identifier) => {
    const at = rangeOf(context, identifier);
    const value: Expr = { k: "name", name: identifier.text, at };
    return { k: "export", name: isDefault ? "default" : identifier.text, value, at };
  });
}

/** A function or class declaration with its export; without a name it is only exported. */
export function withExport(
  context: Context,
  node: ts.FunctionDeclaration | ts.ClassDeclaration,
  declaration: Extract<Stmt & Expr, { k: "function" | "class" }>,
): Stmt[] {
  const named = node.name !== undefined && node.name.text !== "";
  if (named) return [declaration, ...exportsOf(context, node, [node.name])];
  if (!hasModifier(node, kind.DefaultKeyword)) return [declaration];
  return [{ k: "export", name: "default", value: declaration, at: declaration.at }];
}

function missingModule(context: Context, node: ts.Statement): Stmt[] {
  const at = rangeOf(context, node);
  const because = "module name is no string";
  context.gaps.push({ because, at });
  return [{ k: "expr", expr: unknown(because, at), at }];
}
