/** Puts the body of a function into a `try`, and finds what its exceptions are logged with. */
import type { Range } from "../../../../../shared/src/ir/span";
import type { Change } from "../../write-common/text-buffer";
import { guarded, levelsOf, returning, type Block, type Recovery } from "../../write-common/guard";
import { afterComment, indentAt, lineEnd, type Source } from "../../write-common/source";
import { childAt, hasToken, namedOf, type Syntax } from "../syntax";
import { bindingsOf, importModule } from "./imports";
import { functionAt, isBound, parametersOf } from "./scope";
import { codeOf, unwrapped, type Tree } from "./syntax";

/** See `Source.guard`. */
export function guard(
  source: Source,
  tree: Tree,
  at: Range,
  recovery: Recovery,
): Change[] | undefined {
  const fn = functionAt(tree, at);
  const body = fn && childAt(fn, "body");
  if (!fn || !body || hasToken(fn, "async")) return undefined;
  const { text, style } = source;
  const statements = namedOf(body);
  const docstring = statements[0] && isText(statements[0]) ? statements[0] : undefined;
  const [first] = docstring ? statements.slice(1) : statements;
  const last = statements.at(-1);
  const colon = fn.children.findLast((child) => child.type === ":" && child.start < body.start);
  if (!first || !last || !colon) return undefined;
  const start = afterComment(text, docstring ? docstring.end : colon.end);
  // A statement may share the docstring's line.
  if (/^\s*;/.test(text.slice(start))) return undefined;
  const base = indentAt(text, fn.start);
  const { indent, unit, had } = levelsOf(source, base, first.start);
  if (had !== "" && had !== indent) return undefined;
  const range: Range = [start, endOf(text, last.end, indent)];
  const block: Block = { range, literals: literalsIn(body), indent, unit };
  return guarded(source, block, "try:", [
    "except Exception:",
    `${unit}${recovery.log}(${style.quote}Unhandled error${style.quote})`,
    `${unit}${returning(source, recovery.answer, indent + unit)}`,
  ]);
}

function isText(statement: Syntax): boolean {
  return statement.type === "expression_statement" && unwrapped(statement)?.type === "string";
}

/** Where the last statement ends, with the comments behind it that belong to the body. */
function endOf(text: string, last: number, indent: string): number {
  let end = afterComment(text, last);
  for (let at = text.indexOf("\n", end) + 1; at > 0; at = text.indexOf("\n", at) + 1) {
    const line = text.slice(at, lineEnd(text, at));
    const blank = line.trim() === "";
    if (!blank && !(line.startsWith(indent) && line.trim().startsWith("#"))) break;
    if (!blank) end = at + line.trimEnd().length;
  }
  return end;
}

/** Strings; a line that begins inside one is left alone, also where it is code between the braces of an f-string. */
function literalsIn(node: Syntax): Range[] {
  if (node.type === "string") return [[node.start, node.end]];
  return node.children.flatMap(literalsIn);
}

/** See `Source.log`: the module's own logger, else Python's root logger. */
export function log(source: Source, tree: Tree, at: Range): string | Change[] | undefined {
  const fn = functionAt(tree, at);
  if (!fn) return undefined;
  const own = loggersOf(tree).find((name) => isFree(tree, fn, name));
  if (own !== undefined) return `${own}.exception`;
  const root = bindingsOf(tree).find(({ module }) => /^logging(\.|$)/.test(module));
  const name = root && (root.module === "logging" ? root.local : "logging");
  if (name === undefined)
    return source.names.has("logging") ? undefined : importModule(source, tree, "logging");
  return isFree(tree, fn, name) && root?.node.type === "import_statement"
    ? `${name}.exception`
    : undefined;
}

/** See `Source.json`. */
export function json(tree: Tree, at: Range): string | undefined {
  const fn = functionAt(tree, at);
  const bound = bindingsOf(tree).find(({ module }) => module === "json" || module === "json.dumps");
  if (!fn || !bound || !isFree(tree, fn, bound.local)) return undefined;
  return bound.module === "json" ? `${bound.local}.dumps` : bound.local;
}

/** The module's name is not one of the function's own. */
function isFree(tree: Tree, fn: Syntax, name: string): boolean {
  return !isBound(tree, fn, name) && !parametersOf(tree, fn).includes(name);
}

const makers =
  /^((logging\.)?getLogger|structlog\.get_logger|(aws_lambda_powertools\.(logging\.)?)?Logger)$/;

/** Names of the module that are loggers: made as such, or used as such. */
function loggersOf(tree: Tree): string[] {
  const made = tree.root.children.flatMap((statement) => {
    const assignment =
      statement.type === "expression_statement" ? namedOf(statement)[0] : undefined;
    const left = assignment?.type === "assignment" ? childAt(assignment, "left") : undefined;
    const right = assignment && childAt(assignment, "right");
    const callee = right?.type === "call" ? childAt(right, "function") : undefined;
    const isLogger = callee !== undefined && makers.test(codeOf(tree, callee));
    return left?.type === "identifier" && isLogger ? [codeOf(tree, left)] : [];
  });
  const imported = bindingsOf(tree)
    .map(({ local }) => local)
    .filter((local) => local !== "logging" && tree.text.includes(`${local}.exception(`));
  return [...made, ...imported];
}
