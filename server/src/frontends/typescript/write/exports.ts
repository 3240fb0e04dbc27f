/** Finds how a file names what any library exports, and imports what it lacks. */
import { ts } from "ts-morph";
import { insertName } from "../../write-common/containers";
import type { Change } from "../../write-common/text-buffer";
import type { Exported, ImportsEnd, Source } from "../../write-common/source";
import {
  bracesFor,
  importLine,
  importsOf,
  specifier,
  usesRequire,
  type Import,
  type ImportStyle,
} from "./imports";
import { requiredModule } from "./syntax";

/** See `Source.exported`. */
export function exported(
  source: Source,
  ast: ts.SourceFile,
  { modules, name, whole }: Exported,
  end: ImportsEnd,
  before: number,
): string | Change[] | undefined {
  const imports = importsOf(ast);
  const own = imports.filter(({ from }) => modules.includes(from));
  const late = own.some(({ style, at }) => style === "require" && at > before);
  if (late) return undefined;
  const known = whole
    ? own.find((each) => each.whole !== undefined)?.whole
    : own.flatMap(({ names }) => names).find(({ imported }) => imported === name)?.local;
  if (known !== undefined) return known;
  const all = own.find((each) => each.whole !== undefined && each.isNamespace);
  if (all) return `${all.whole ?? ""}.${name}`;
  const local = [name, `${name}Middleware`].find((each) => !source.names.has(each));
  if (local === undefined) return undefined;
  const style = usesRequire(source, imports) ? "require" : "es";
  const open = whole ? undefined : own.find(({ braces }) => braces);
  if (open?.braces) return insertName(source, open.braces, specifier(open.style, name, local));
  const [how, head]: Head = whole
    ? wholeImport(ast, local, style, whole.like)
    : [style, bracesFor(source, specifier(style, name, local))];
  return [importLine(source, how, head, modules[0] ?? "", end)];
}

/** How to import, and what the import names. */
type Head = readonly [style: ImportStyle, head: string];

/** Which of the ways to import a whole module works depends on settings; the file has one that does. */
function wholeImport(
  ast: ts.SourceFile,
  local: string,
  style: Import["style"],
  like: string,
): Head {
  const model = ast.statements.find((statement) => moduleOf(statement) === like);
  if (model && ts.isImportEqualsDeclaration(model)) return ["equals", local];
  if (model && ts.isVariableStatement(model)) return ["require", local];
  const bindings =
    model && ts.isImportDeclaration(model) ? model.importClause?.namedBindings : undefined;
  const space = bindings !== undefined && ts.isNamespaceImport(bindings);
  return [style, space ? `* as ${local}` : local];
}

/** `@scope/name` of `@scope/name/path`. */
export function packageOf(module: string | undefined): string | undefined {
  return module === undefined ? undefined : /^(@[^/]+\/)?[^/]+/.exec(module)?.[0];
}

/** The module that a statement imports. */
export function moduleOf(statement: ts.Statement): string | undefined {
  if (ts.isImportDeclaration(statement)) {
    const { moduleSpecifier } = statement;
    return ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
  }
  if (ts.isImportEqualsDeclaration(statement)) {
    const { moduleReference: reference } = statement;
    const module = ts.isExternalModuleReference(reference) ? reference.expression : undefined;
    return module && ts.isStringLiteralLike(module) ? module.text : undefined;
  }
  if (!ts.isVariableStatement(statement)) return undefined;
  const [first] = statement.declarationList.declarations;
  return requiredModule(first?.initializer);
}
