/** Puts the body of an async function into a `try`. */
import { ts } from "ts-morph";
import type { Range } from "../../../../../shared/src/ir/span";
import type { Change } from "../../write-common/text-buffer";
import {
  guarded,
  indented,
  levelsOf,
  returning,
  type Block,
  type Recovery,
} from "../../write-common/guard";
import { afterComment, indentAt, leadsLine, type Source } from "../../write-common/source";
import { functionAt } from "./scope";
import { nodeAt, unwrapped } from "./syntax";

/** See `Source.guard`. */
export function guard(
  source: Source,
  ast: ts.SourceFile,
  at: Range,
  promises: readonly Range[],
  recovery: Recovery,
): Change[] | undefined {
  const fn = functionAt(ast, at);
  const isAsync = fn?.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  if (!fn?.body || !isAsync || fn.asteriskToken) return undefined;
  const awaits = promises.map((promise) => awaited(ast, promise));
  if (!awaits.every((change) => change !== undefined)) return undefined;
  const catches = (indent: string, unit: string): string[] =>
    catchLines(source, recovery, indent, unit);
  const moved = ts.isBlock(fn.body)
    ? guardBlock(source, ast, fn.body, catches)
    : guardExpression(source, ast, fn as ts.ArrowFunction, fn.body, catches);
  return moved && [...moved, ...awaits.flat()];
}

type Catches = (indent: string, unit: string) => string[];

function catchLines(source: Source, { log, answer }: Recovery, indent: string, unit: string) {
  const code = returning(source, answer, indent + unit);
  const name = catchName(source, code);
  return [
    `} catch (${name}) {`,
    `${unit}${log}(${name})${source.style.semicolon}`,
    `${unit}${code}`,
    "}",
  ];
}

/** As the file's other clauses have it, but not a name that the answer needs. */
function catchName({ text }: Source, code: string): string {
  const others = [...text.matchAll(/\bcatch\s*\((\w+)/g)].map((found) => found[1] ?? "error");
  const usual = others.filter((name) => name === "err" || name === "e");
  const most = usual.length * 2 > others.length ? (usual[0] ?? "error") : "error";
  const free = [most, "error", "err", "e"].find((name) => !new RegExp(`\\b${name}\\b`).test(code));
  return free ?? "thrown";
}

function guardBlock(
  source: Source,
  ast: ts.SourceFile,
  body: ts.Block,
  catches: Catches,
): Change[] | undefined {
  const { text } = source;
  const close = body.end - 1;
  const directives = body.statements.findIndex((statement) => !isDirective(statement));
  const last = body.statements[(directives < 0 ? body.statements.length : directives) - 1];
  const [first] = body.statements.slice(directives < 0 ? body.statements.length : directives);
  if (!first) return undefined;
  const start = afterComment(text, last ? last.end : body.getStart(ast) + 1);
  const end = start + text.slice(start, close).trimEnd().length;
  const base = indentAt(text, leadsLine(text, close) ? close : body.getStart(ast));
  const { indent, unit } = levelsOf(source, base, first.getStart(ast));
  const block: Block = { range: [start, end], literals: literalsIn(ast, body), indent, unit };
  const moved = guarded(source, block, "try {", catches(indent, unit));
  const rest = { start: end, end: close, text: `\n${base}` };
  return moved && [...moved, ...(text.slice(end, close).includes("\n") ? [] : [rest])];
}

/** `"use strict"` */
function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}

/** `async () => value` becomes a block that returns the value. */
function guardExpression(
  source: Source,
  ast: ts.SourceFile,
  fn: ts.ArrowFunction,
  body: ts.Expression,
  catches: Catches,
): Change[] | undefined {
  const { text, style } = source;
  const arrow = fn.equalsGreaterThanToken.end;
  const value = ts.isParenthesizedExpression(body) ? body.expression : body;
  const range: Range = [value.getStart(ast), value.end];
  // Comments beside the value have no place of their own.
  const around = text.slice(arrow, range[0]) + text.slice(range[1], body.end);
  if (!/^[\s()]*$/.test(around)) return undefined;
  const base = indentAt(text, arrow);
  const { unit } = style;
  const indent = base + unit;
  const had = leadsLine(text, range[0]) ? indentAt(text, range[0]) : base;
  const levels = had.startsWith(base) ? Math.round((had.length - base.length) / unit.length) : 0;
  const step = unit.repeat(Math.max(2 - levels, 0));
  const head = `{\n${indent}try {\n${indent}${unit}return `;
  const after = catches(indent, unit).map((line) => `\n${indent}${line}`);
  return [
    { start: arrow, end: range[0], text: ` ${head}` },
    ...indented(text, range, literalsIn(ast, value), step),
    { start: range[1], end: body.end, text: `${style.semicolon}${after.join("")}\n${base}}` },
  ];
}

/** Literals that may have several lines; what stands in the `${}` of a template is code. */
function literalsIn(ast: ts.SourceFile, root: ts.Node): Range[] {
  const found: Range[] = [];
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node) ||
      ts.isJsxText(node);
    if (isText) found.push([node.getStart(ast), node.end]);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** `await` before a returned value. */
function awaited(ast: ts.SourceFile, at: Range): Change[] | undefined {
  const returned = returnedAt(ast, at);
  if (!returned) return undefined;
  const start = returned.getStart(ast);
  const bare =
    ts.isCallExpression(returned) ||
    ts.isNewExpression(returned) ||
    ts.isPropertyAccessExpression(returned) ||
    ts.isIdentifier(returned) ||
    ts.isParenthesizedExpression(returned);
  if (bare) return [{ start, end: start, text: "await " }];
  return [
    { start, end: start, text: "await (" },
    { start: returned.end, end: returned.end, text: ")" },
  ];
}

/** The expression of the `return` that gives the value at a range. */
function returnedAt(ast: ts.SourceFile, at: Range): ts.Expression | undefined {
  let node = nodeAt(ast, at);
  for (; node; node = node.parent) {
    const { parent } = node;
    if (parent && ts.isReturnStatement(parent)) return parent.expression;
    if (parent && ts.isArrowFunction(parent) && parent.body === node) {
      const inner = ts.isParenthesizedExpression(parent.body)
        ? parent.body.expression
        : parent.body;
      return ts.isBlock(inner) ? undefined : inner;
    }
    const same = unwrapped(parent) === unwrapped(node);
    if (!same) return undefined;
  }
  return undefined;
}
