import { existsSync } from "node:fs";
import path from "node:path";
import { Language, Parser } from "web-tree-sitter";
import type { Directive, FactsGap, FileFacts } from "../../../../shared/src/model/facts";
import { lineStartsOf } from "../../../../shared/src/model/span";
import { mayHoldDirective, parseDirective } from "../directives";
import { contextOf, textOf, type Context } from "./context";
import { lowerStatement } from "./lower-statement";
import { copyTree, rangeOf, type Syntax, type SyntaxTree } from "./syntax";

const runtimeFile = "web-tree-sitter.wasm";
const grammarFile = "tree-sitter-python.wasm";

/** Reads one Python file. Never throws on any text; the file's name is only repeated in the facts. */
export type PythonReader = (file: string, text: string) => FileFacts;

/**
 * Loads the parser and gives the reader of Python files. Call it once and keep the reader: the parser is kept inside.
 *
 * @param options.wasmDirectory where the two `.wasm` files lie; by default beside the running bundle, else where npm
 *   installed them
 * @throws if a `.wasm` file cannot be found or is not what this version of the parser needs
 */
export async function loadPython(options: { wasmDirectory?: string } = {}): Promise<PythonReader> {
  const locate = (file: string, installed: string): string =>
    locateWasm(options.wasmDirectory, file, installed);
  await Parser.init({
    locateFile: () => locate(runtimeFile, `web-tree-sitter/${runtimeFile}`),
  });
  const parser = new Parser();
  parser.setLanguage(await Language.load(locate(grammarFile, `tree-sitter-python/${grammarFile}`)));
  return (file, text) => readPython(parser, file, text);
}

function locateWasm(directory: string | undefined, file: string, installed: string): string {
  if (directory !== undefined) return path.join(directory, file);
  const beside = path.join(__dirname, file);
  return existsSync(beside) ? beside : require.resolve(installed);
}

function readPython(parser: Parser, file: string, text: string): FileFacts {
  const { root, comments, errors } = parse(parser, text);
  const ctx = contextOf(text);
  const statements = root.children.filter((child) => child.named);
  const body = statements.flatMap((statement) => lowerStatement(ctx, statement));
  const gaps = [...errors.map(gapOf), ...ctx.progress.gaps];
  return {
    file,
    language: "python",
    body,
    directives: directivesOf(ctx, comments),
    gaps: gaps.sort((a, b) => a.at[0] - b.at[0]),
    lineStarts: lineStartsOf(text),
    ...(errors.length > 0 ? { broken: true } : {}),
  };
}

/** The parser knows `\n` and `\r\n` only; a lone `\r`, as old editors wrote it, ends a line in Python too. */
function parse(parser: Parser, text: string): SyntaxTree {
  const tree = parser.parse(text.replace(/\r(?!\n)/g, "\n"));
  if (!tree) throw new Error("the Python parser has no grammar");
  try {
    return copyTree(tree);
  } finally {
    tree.delete();
  }
}

function gapOf(error: Syntax): FactsGap {
  const because = error.missing ? "missing in the text" : "a syntax error";
  return { because, at: rangeOf(error) };
}

function directivesOf(ctx: Context, comments: readonly Syntax[]): Directive[] {
  if (!mayHoldDirective(ctx.text)) return [];
  return comments.flatMap((comment) => parseDirective(textOf(ctx, comment), comment.start) ?? []);
}
