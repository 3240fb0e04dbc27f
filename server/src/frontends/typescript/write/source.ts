/** A parsed TypeScript or JavaScript file as the writer sees it. */
import { ts } from "ts-morph";
import type { Range } from "../../../../../shared/src/ir/span";
import {
  afterComment,
  type Container,
  type Entry,
  type ImportsEnd,
  type Quoted,
  type Source,
  type Statement,
} from "../../write-common/source";
import { scriptsIn } from "../markup";
import { guard } from "./guard";
import { reference } from "./imports";
import { exported, moduleOf, packageOf } from "./exports";
import { keeps, reaches } from "./scope";
import { listIn, statementsAt } from "./statements";
import { styleOf } from "./style";
import { containerOf, isImport, isMemberName, nodeAt, unwrapped } from "./syntax";
import { alternativeAt, assignedAt, textTestAt } from "./tests";

export function parse(file: string, text: string): Source {
  const code = scriptsIn(file, text) ?? { text, kind: scriptKind(file) };
  const ast = ts.createSourceFile(file, code.text, ts.ScriptTarget.Latest, true, code.kind);
  const source: Source = {
    file,
    text,
    style: styleOf(ast),
    broken: hasErrors(ast),
    container: (at) => containerAt(ast, at),
    holder: (entry) => holderOf(ast, entry),
    around: (at) => around(ast, at),
    statement: (at) => statementAt(ast, at),
    statements: (at) => statementsAt(ast, at),
    quoted: (at) => quotedAt(ast, at),
    isPath: (at) => isPath(unwrapped(nodeAt(ast, at))),
    isExpression: (at) => isExpressionAt(ast, at),
    assigned: (at) => assignedAt(ast, at),
    alternative: (at) => alternativeAt(ast, at),
    textTest: (at, subject) => textTestAt(ast, at, subject),
    names: namesOf(ast),
    hasStructs: false,
    afterImports: importsEnd(ast),
    reference: (library, name) => reference(source, ast, library, name),
    exported: (what, before) => {
      const end = importsEnd(ast, before, packageOf(what.modules[0]));
      return exported(source, ast, what, end, before);
    },
    reaches: (expression, fn, event) => reaches(ast, expression, fn, event),
    keeps: (name, fn) => keeps(ast, name, fn),
    log: () => "console.error",
    json: () => "JSON.stringify",
    guard: (fn, promises, recovery) => guard(source, ast, fn, promises, recovery),
  };
  return source;
}

function scriptKind(file: string): ts.ScriptKind {
  if (/\.tsx$/i.test(file)) return ts.ScriptKind.TSX;
  return /\.[cm]?ts$/i.test(file) ? ts.ScriptKind.TS : ts.ScriptKind.JSX;
}

/** The compiler keeps syntax errors on the file, outside its declared interface. */
function hasErrors(ast: ts.SourceFile): boolean {
  const { parseDiagnostics } = ast as ts.SourceFile & {
    readonly parseDiagnostics?: readonly ts.Diagnostic[];
  };
  return (parseDiagnostics ?? []).length > 0;
}

function containerAt(ast: ts.SourceFile, at: Range): Container | undefined {
  const node = unwrapped(nodeAt(ast, at));
  return node && containerOf(ast, node);
}

function holderOf(ast: ts.SourceFile, entry: Range): ReturnType<Source["holder"]> {
  let node = nodeAt(ast, entry) ?? nodeAt(ast, [entry[0] - 1, entry[1] + 1]);
  for (; node && !ts.isStatement(node); node = node.parent) {
    const container = node.parent && containerOf(ast, node.parent);
    const index = container?.entries.findIndex((e) => isAt(e, entry)) ?? -1;
    if (container && index >= 0) return { container, index };
  }
  return undefined;
}

/** An element in quotes may be meant without them. */
function isAt({ range }: Entry, [start, end]: Range): boolean {
  const exact = range[0] === start && range[1] === end;
  return exact || (range[0] === start - 1 && range[1] === end + 1);
}

function around(ast: ts.SourceFile, [start, end]: Range): Container[] {
  const found: Container[] = [];
  const visit = (node: ts.Node): void => {
    if (node.getStart(ast) > start || node.end < end) return;
    const container = containerOf(ast, node);
    if (container && container.kind !== "call") found.unshift(container);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(ast, visit);
  return found;
}

function statementAt(ast: ts.SourceFile, [start, end]: Range): Statement | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.getStart(ast) > start || node.end < end) return;
    if (ts.isStatement(node) && !ts.isBlock(node)) found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(ast, visit);
  const list = found && listIn(found.parent);
  if (!found || !list) return undefined;
  const declares = ts.isClassDeclaration(found) || ts.isFunctionDeclaration(found);
  if (declares && (found.getStart(ast) !== start || found.end !== end)) return undefined;
  const leaves =
    ts.isReturnStatement(found) ||
    ts.isThrowStatement(found) ||
    ts.isBreakOrContinueStatement(found);
  return { range: [found.getStart(ast), found.end], alone: list.length === 1, leaves };
}

function quotedAt(ast: ts.SourceFile, [start, end]: Range): Quoted | undefined {
  const node = unwrapped(nodeAt(ast, [start, end])) ?? nodeAt(ast, [start - 1, end + 1]);
  if (!node || !ts.isStringLiteralLike(node)) return undefined;
  const from = node.getStart(ast);
  const quote = ast.text.charAt(from);
  return { range: [from, node.end], open: quote, close: quote };
}

function isPath(node: ts.Node | undefined): boolean {
  if (!node) return false;
  if (ts.isPropertyAccessExpression(node)) return isPath(node.expression);
  if (ts.isShorthandPropertyAssignment(node)) return true;
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}

function isExpressionAt(ast: ts.SourceFile, at: Range): boolean {
  const node = nodeAt(ast, at);
  return node !== undefined && ts.isExpression(node);
}

function namesOf(ast: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isMemberName(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ast);
  return names;
}

/**
 * `before`: what is imported is used there, and only `import` holds for all of a file. `beside`: a package whose imports
 * it best stands with.
 */
function importsEnd(ast: ts.SourceFile, before = Infinity, beside?: string): ImportsEnd {
  const imports = ast.statements.filter((each) => isImport(each) && each.end <= before);
  const last =
    imports.findLast((each) => beside !== undefined && packageOf(moduleOf(each)) === beside) ??
    imports.at(-1) ??
    ast.statements.findLast(isDirective);
  if (last) return { at: afterComment(ast.text, last.end), first: false };
  const start = ast.statements[0]?.getStart(ast) ?? ast.text.length;
  const head = ast.text.slice(0, start);
  const blank = [...head.matchAll(/\r?\n[ \t]*\r?\n/g)].at(-1);
  if (blank) return { at: blank.index + blank[0].length, first: true };
  const shebang = /^\uFEFF?(#!.*\r?\n)?/.exec(head)?.[0].length ?? 0;
  return { at: shebang, first: true };
}

function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}
