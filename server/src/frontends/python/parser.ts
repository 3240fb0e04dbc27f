import { existsSync } from "node:fs";
import path from "node:path";
import { Language, Parser } from "web-tree-sitter";
import { closeBrackets } from "./repair";
import { copyTree, type SyntaxTree } from "./syntax";

const runtimeFile = "web-tree-sitter.wasm";
const grammarFile = "tree-sitter-python.wasm";

/** Parses Python text; synchronous, and frees the parser's own tree before it returns. */
export type ParsePython = (text: string) => SyntaxTree;

/**
 * Loads the Python grammar, for the reader and the writer alike.
 *
 * @param options.wasmDirectory where the two `.wasm` files lie; by default beside the running bundle, else where npm
 *   installed them
 * @throws if a `.wasm` file cannot be found or is not what this version of the parser needs
 */
export async function loadParser(options: { wasmDirectory?: string } = {}): Promise<ParsePython> {
  const locate = (file: string, installed: string): string =>
    locateWasm(options.wasmDirectory, file, installed);
  await start(() => locate(runtimeFile, `web-tree-sitter/${runtimeFile}`));
  const parser = new Parser();
  parser.setLanguage(await Language.load(locate(grammarFile, `tree-sitter-python/${grammarFile}`)));
  return (text) => parse(parser, text);
}

const runtime: { started?: Promise<void> } = {};

/**
 * Starts web-tree-sitter once, whoever asks: started twice at the same time it has two memories, and frees in one what
 * it made in the other.
 */
async function start(locateFile: () => string): Promise<void> {
  runtime.started ??= Parser.init({ locateFile });
  try {
    await runtime.started;
  } catch (error) {
    delete runtime.started;
    throw error;
  }
}

function locateWasm(directory: string | undefined, file: string, installed: string): string {
  if (directory !== undefined) return path.join(directory, file);
  const beside = path.join(__dirname, file);
  return existsSync(beside) ? beside : require.resolve(installed);
}

/**
 * Parses, and where the text has errors once more with its open brackets closed.
 *
 * The parser knows `\n` and `\r\n` only; a lone `\r`, as old editors wrote it, ends a line in Python too.
 */
function parse(parser: Parser, written: string): SyntaxTree {
  const text = written.replace(/\r(?!\n)/g, "\n");
  const tree = copyOf(parser, text);
  const repair = tree.errors.length > 0 ? closeBrackets(text) : undefined;
  if (!repair) return tree;
  const repaired = copyOf(parser, repair.text, repair.original);
  return { ...repaired, errors: [...repair.inserted, ...repaired.errors] };
}

function copyOf(parser: Parser, text: string, original?: (offset: number) => number): SyntaxTree {
  const tree = parser.parse(text);
  if (!tree) throw new Error("the Python parser has no grammar");
  try {
    return copyTree(tree, original);
  } finally {
    tree.delete();
  }
}
