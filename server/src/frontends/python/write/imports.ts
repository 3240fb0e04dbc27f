/** Finds how a file names the CDK's modules, and adds what it lacks. */
import { insertName } from "../../write-common/containers";
import type { Change } from "../../write-common/text-buffer";
import { width } from "../../write-common/layout";
import {
  afterComment,
  lineEnd,
  lineStart,
  type Container,
  type Library,
  type Source,
} from "../../write-common/source";
import { childAt, type Syntax } from "../syntax";
import { codeOf, entriesOf, type Tree } from "./syntax";

/** Modules that export a library, the present one first; `_alpha` and `core` are those of the past. */
const modules: Readonly<Record<Library, readonly string[]>> = {
  core: ["aws_cdk", "aws_cdk.core"],
  apigatewayv2: ["aws_cdk.aws_apigatewayv2", "aws_cdk.aws_apigatewayv2_alpha"],
  apigateway: ["aws_cdk.aws_apigateway"],
  lambda: ["aws_cdk.aws_lambda"],
  cloudfront: ["aws_cdk.aws_cloudfront"],
  s3: ["aws_cdk.aws_s3"],
};

const aliases: Readonly<Record<Library, string>> = {
  core: "cdk",
  apigatewayv2: "apigwv2",
  apigateway: "apigateway",
  lambda: "lambda_",
  cloudfront: "cloudfront",
  s3: "s3",
};

/** What an import binds: a module or one of its members to a local name, which may have dots. */
interface Binding {
  readonly module: string;
  readonly local: string;
  readonly node: Syntax;
}

/** See `Source.reference`. */
export function reference(
  source: Source,
  tree: Tree,
  library: Library,
  name: string,
): string | Change[] | undefined {
  const bindings = bindingsOf(tree);
  const paths = modules[library];
  const named = bindings.find((b) => paths.some((path) => b.module === `${path}.${name}`));
  if (named) return named.local;
  const whole = bindings.find((b) => paths.includes(b.module));
  if (whole) return `${whole.local}.${name}`;
  const all = bindings.some((b) => paths.some((path) => b.module === `${path}.*`));
  if (all) return name;
  const root = bindings.find((b) => {
    return b.module === "aws_cdk" && source.text.includes(`${b.local}.aws_${library}.`);
  });
  if (root && library !== "core") return `${root.local}.aws_${library}.${name}`;
  return newImport(source, tree, library, name);
}

function newImport(
  source: Source,
  tree: Tree,
  library: Library,
  name: string,
): Change[] | undefined {
  const imports = tree.root.children.filter((n) => n.type === "import_from_statement");
  const own = imports.find((n) => modules[library].includes(moduleOf(tree, n)));
  const local = [name, `Cdk${name}`].find((n) => !source.names.has(n));
  const member = local === name ? name : `${name} as ${local ?? ""}`;
  if (own) return local === undefined ? undefined : extend(source, tree, own, member);
  const bindings = bindingsOf(tree);
  const old = bindings.some((b) => /^aws_cdk\.core(\.|$)/.test(b.module));
  if (library === "core") {
    if (local === undefined) return undefined;
    return [importLine(source, `from ${old ? "aws_cdk.core" : "aws_cdk"} import ${member}`)];
  }
  const siblings = bindings.filter((b) => /^aws_cdk\.aws_\w+(\.|$)/.test(b.module));
  const byName = siblings.filter((b) => /^aws_cdk\.aws_\w+\.\w/.test(b.module)).length;
  if (byName * 2 > siblings.length) {
    if (local === undefined) return undefined;
    return [importLine(source, `from aws_cdk.aws_${library} import ${member}`)];
  }
  const alias = [aliases[library], `aws_${library}`].find((n) => !source.names.has(n));
  if (alias === undefined) return undefined;
  const as = alias === `aws_${library}` ? "" : ` as ${alias}`;
  const dotted = siblings.filter((b) => b.node.type === "import_statement").length;
  if (dotted * 2 > siblings.length) {
    return [importLine(source, `import aws_cdk.aws_${library}${as}`)];
  }
  const root = imports.find((n) => moduleOf(tree, n) === "aws_cdk");
  const item = `aws_${library}${as}`;
  return root
    ? extend(source, tree, root, item)
    : [importLine(source, `from aws_cdk import ${item}`)];
}

/** A new import; without `end` after all that the file has. */
export function importLine(source: Source, line: string, end = source.afterImports): Change {
  const { at, first } = end;
  return { start: at, end: at, text: first ? `${line}\n\n` : `\n${line}` };
}

/** Adds a name to `from m import a, b`; to one without parentheses only while the line stays short. */
export function extend(source: Source, tree: Tree, statement: Syntax, item: string): Change[] {
  const children = statement.children.slice(
    statement.children.findIndex((child) => child.type === "import") + 1,
  );
  const open = children.find((child) => child.type === "(");
  const close = children.findLast((child) => child.type === ")");
  const names = children.filter((child) => child !== open && child !== close);
  const at = statement.end;
  const entries = entriesOf(tree, names);
  const columns = lineEnd(source.text, at) - lineStart(source.text, at);
  if (!open && columns + item.length + 2 > width) {
    return [{ start: at, end: at, text: `\nfrom ${moduleOf(tree, statement)} import ${item}` }];
  }
  const container: Container = {
    kind: "names",
    range: [open?.start ?? entries[0]?.range[0] ?? at, at],
    open: open?.end ?? entries[0]?.range[0] ?? at,
    close: close?.start ?? at,
    entries,
  };
  return insertName(source, container, item);
}

/**
 * Imports a module of the standard library: among the first `import` lines, in the alphabet where they keep it, else
 * before all other imports.
 */
export function importModule(source: Source, tree: Tree, module: string): Change[] {
  const line = `import ${module}`;
  const imports = tree.root.children.filter(({ type }) => /^import_(from_)?statement$/.test(type));
  const [first] = imports;
  if (!first) return [importLine(source, line)];
  const plain = firstGroup(source, imports).filter(({ type }) => type === "import_statement");
  const next = plain.find((node) => codeOf(tree, node) > line);
  const last = plain.at(-1);
  if (next) return [{ start: next.start, end: next.start, text: `${line}\n` }];
  if (last) {
    const at = afterComment(source.text, last.end);
    return [{ start: at, end: at, text: `\n${line}` }];
  }
  const gap = isStandard(moduleOf(tree, first)) ? "\n" : "\n\n";
  return [{ start: first.start, end: first.start, text: line + gap }];
}

/** The imports up to the first empty line. */
function firstGroup(source: Source, imports: readonly Syntax[]): readonly Syntax[] {
  const end = imports.findIndex((node, index) => {
    const before = imports[index - 1];
    return before && /\n[ \t]*\r?\n/.test(source.text.slice(before.end, node.start));
  });
  return end < 0 ? imports : imports.slice(0, end);
}

/** The modules of Python's own library that handlers use. */
function isStandard(module: string): boolean {
  return /^(base64|collections|dataclasses|datetime|decimal|enum|functools|http|json|os|pathlib|re|typing|urllib|uuid)\b/.test(
    module,
  );
}

export function moduleOf(tree: Tree, statement: Syntax): string {
  const name = childAt(statement, "module_name");
  return name ? codeOf(tree, name) : "";
}

/** What the module's imports bind. */
export function bindingsOf(tree: Tree): Binding[] {
  return tree.root.children.flatMap((node): Binding[] => {
    if (node.type === "import_statement") return named(tree, node, "");
    if (node.type !== "import_from_statement") return [];
    const module = moduleOf(tree, node);
    const all = node.children.some((child) => child.type === "wildcard_import");
    return all ? [{ module: `${module}.*`, local: "*", node }] : named(tree, node, `${module}.`);
  });
}

function named(tree: Tree, node: Syntax, prefix: string): Binding[] {
  return node.children
    .filter((child) => child.field === "name")
    .map((child) => {
      const name = childAt(child, "name");
      const alias = childAt(child, "alias");
      const module = prefix + codeOf(tree, name ?? child);
      return { module, local: codeOf(tree, alias ?? child), node };
    });
}
