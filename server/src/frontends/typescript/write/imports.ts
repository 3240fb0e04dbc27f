/** Finds how a file names the CDK's modules, and adds what it lacks. */
import { ts } from "ts-morph";
import { insertName } from "../../write-common/containers";
import type { Change } from "../../write-common/text-buffer";
import type { Container, ImportsEnd, Library, Source } from "../../write-common/source";
import { containerOf, isImport, requiredModule } from "./syntax";

/** Modules that export a library, the present one first; `-alpha` and `@aws-cdk/` are those of the past. */
const modules: Readonly<Record<Library, readonly string[]>> = {
  core: ["aws-cdk-lib", "aws-cdk-lib/core", "@aws-cdk/core"],
  apigatewayv2: [
    "aws-cdk-lib/aws-apigatewayv2",
    "@aws-cdk/aws-apigatewayv2-alpha",
    "@aws-cdk/aws-apigatewayv2",
  ],
  apigateway: ["aws-cdk-lib/aws-apigateway", "@aws-cdk/aws-apigateway"],
  lambda: ["aws-cdk-lib/aws-lambda", "@aws-cdk/aws-lambda"],
  cloudfront: ["aws-cdk-lib/aws-cloudfront", "@aws-cdk/aws-cloudfront"],
  s3: ["aws-cdk-lib/aws-s3", "@aws-cdk/aws-s3"],
};

const aliases: Readonly<Record<Library, string>> = {
  core: "cdk",
  apigatewayv2: "apigwv2",
  apigateway: "apigateway",
  lambda: "lambda",
  cloudfront: "cloudfront",
  s3: "s3",
};

const root = "aws-cdk-lib";

export interface Import {
  readonly from: string;
  readonly style: "es" | "require";
  /** Where it begins. */
  readonly at: number;
  /** `* as x`, a default import, or all of what `require` gives. */
  readonly whole?: string;
  /** `whole` has the exports as members; a default import may have no members. */
  readonly isNamespace?: true;
  readonly names: readonly { readonly imported: string; readonly local: string }[];
  /** The braces, when values may be added to them. */
  readonly braces?: Container;
}

/** See `Source.reference`. */
export function reference(
  source: Source,
  ast: ts.SourceFile,
  library: Library,
  name: string,
): string | Change[] | undefined {
  const imports = importsOf(ast);
  const own = imports.filter((i) => modules[library].includes(i.from));
  const named = own.flatMap((i) => i.names).find((n) => n.imported === name);
  if (named) return named.local;
  const whole = own.find((i) => i.whole !== undefined) ?? wholeLibrary(source, imports, library);
  if (whole) return `${whole.whole ?? ""}.${name}`;
  const local = freeName(source, name);
  if (local === undefined) return undefined;
  const open = own.find((i) => i.braces);
  if (open?.braces) {
    return insertName(source, open.braces, specifier(open.style, name, local));
  }
  return newImport(source, imports, library, name, local);
}

/** `aws_apigatewayv2` of the root module, imported by name or used through the root's namespace. */
function wholeLibrary(
  source: Source,
  imports: readonly Import[],
  library: Library,
): { readonly whole: string } | undefined {
  const member = `aws_${library}`;
  const roots = imports.filter((i) => i.from === root);
  const named = roots.flatMap((i) => i.names).find((n) => n.imported === member);
  if (named) return { whole: named.local };
  const used = roots.find((i) => i.whole && source.text.includes(`${i.whole}.${member}.`));
  return used ? { whole: `${used.whole ?? ""}.${member}` } : undefined;
}

function freeName(source: Source, name: string): string | undefined {
  return [name, `Cdk${name}`].find((local) => !source.names.has(local));
}

export function specifier(style: Import["style"], name: string, local: string): string {
  if (name === local) return name;
  return style === "es" ? `${name} as ${local}` : `${name}: ${local}`;
}

function newImport(
  source: Source,
  imports: readonly Import[],
  library: Library,
  name: string,
  local: string,
): Change[] | undefined {
  const cdk = imports.filter((i) => /^(aws-cdk-lib|@aws-cdk)(\/|$)/.test(i.from));
  const old = cdk.length > 0 && cdk.every((i) => i.from.startsWith("@aws-cdk/"));
  const from = modules[library].findLast(
    (m) => m.startsWith("@aws-cdk/") === old && !/alpha$/.test(m),
  );
  const style =
    imports.some((i) => i.style === "es") || !usesRequire(source, imports) ? "es" : "require";
  const viaRoot = cdk.find(
    (i) => i.from === root && i.braces && i.names.some((n) => /^aws_/.test(n.imported)),
  );
  const alias = [aliases[library], `${aliases[library]}Cdk`].find((a) => !source.names.has(a));
  if (!alias || !from) return undefined;
  if (library !== "core" && viaRoot?.braces) {
    return insertName(source, viaRoot.braces, specifier(viaRoot.style, `aws_${library}`, alias));
  }
  const wholes = cdk.filter((i) => i.whole !== undefined && i.from !== root).length;
  const braces = cdk.filter((i) => i.whole === undefined && i.from !== root).length;
  const byName = library === "core" || braces > wholes;
  const path = modules[library][0] === root ? (old ? "@aws-cdk/core" : root) : from;
  const whole = style === "es" ? `* as ${alias}` : alias;
  const head = byName ? bracesFor(source, specifier(style, name, local)) : whole;
  return [importLine(source, style, head, path)];
}

/** A file without imports: TypeScript and `.mjs` import, JavaScript requires. */
export function usesRequire(source: Source, imports: readonly Import[]): boolean {
  if (imports.length > 0) return imports.every((i) => i.style === "require");
  return /\.c?jsx?$/i.test(source.file);
}

/** `equals`: `import x = require("y")` */
export type ImportStyle = Import["style"] | "equals";

/** A new import of what `head` names; without `end` after all that the file has. */
export function importLine(
  source: Source,
  style: ImportStyle,
  head: string,
  from: string,
  { at, first }: ImportsEnd = source.afterImports,
): Change {
  const { quote, semicolon } = source.style;
  const module = `${quote}${from}${quote}`;
  const line = {
    es: `import ${head} from ${module}${semicolon}`,
    equals: `import ${head} = require(${module})${semicolon}`,
    require: `const ${head} = require(${module})${semicolon}`,
  }[style];
  return { start: at, end: at, text: first ? `${line}\n\n` : `\n${line}` };
}

/** `{ name }` */
export function bracesFor(source: Source, name: string): string {
  const pad = source.style.padded ? " " : "";
  return `{${pad}${name}${pad}}`;
}

export function importsOf(ast: ts.SourceFile): Import[] {
  return ast.statements.filter(isImport).flatMap((statement): Import[] => {
    if (ts.isImportDeclaration(statement)) return importOf(ast, statement);
    if (ts.isImportEqualsDeclaration(statement)) return requireEquals(ast, statement);
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap((d) => requireOf(ast, d));
  });
}

function importOf(ast: ts.SourceFile, statement: ts.ImportDeclaration): Import[] {
  const { importClause: clause, moduleSpecifier } = statement;
  if (!clause || !ts.isStringLiteral(moduleSpecifier) || clause.isTypeOnly) return [];
  const base = { from: moduleSpecifier.text, style: "es" as const, at: statement.getStart(ast) };
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) {
    return [{ ...base, whole: bindings.name.text, isNamespace: true, names: [] }];
  }
  const braces = bindings && containerOf(ast, bindings);
  const names = (bindings?.elements ?? [])
    .filter((e) => !e.isTypeOnly)
    .map((e) => ({ imported: (e.propertyName ?? e.name).text, local: e.name.text }));
  return [
    {
      ...base,
      names,
      ...(braces ? { braces } : {}),
      ...(clause.name ? { whole: clause.name.text } : {}),
    },
  ];
}

function requireEquals(ast: ts.SourceFile, statement: ts.ImportEqualsDeclaration): Import[] {
  const { moduleReference, name } = statement;
  if (!ts.isExternalModuleReference(moduleReference) || statement.isTypeOnly) return [];
  const { expression } = moduleReference;
  if (!ts.isStringLiteralLike(expression)) return [];
  const at = statement.getStart(ast);
  const whole = name.text;
  return [{ from: expression.text, style: "es", at, whole, isNamespace: true, names: [] }];
}

function requireOf(ast: ts.SourceFile, declaration: ts.VariableDeclaration): Import[] {
  const { name, initializer } = declaration;
  const from = requiredModule(initializer);
  if (from === undefined || !initializer) return [];
  const base = { from, style: "require" as const, at: declaration.getStart(ast) };
  if (ts.isPropertyAccessExpression(initializer)) {
    const imported = initializer.name.text;
    return ts.isIdentifier(name) ? [{ ...base, names: [{ imported, local: name.text }] }] : [];
  }
  if (ts.isIdentifier(name)) {
    return [{ ...base, whole: name.text, isNamespace: true, names: [] }];
  }
  const braces = containerOf(ast, name);
  const names = name.elements.flatMap((element) => {
    if (ts.isOmittedExpression(element) || !ts.isIdentifier(element.name)) return [];
    const imported = element.propertyName ?? element.name;
    return ts.isIdentifier(imported) ? [{ imported: imported.text, local: element.name.text }] : [];
  });
  return [{ ...base, names, ...(braces ? { braces } : {}) }];
}
