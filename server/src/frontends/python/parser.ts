import { exists } from "../../files/disk";
import path from "node:path";
import { Language, Parser, type Tree } from "web-tree-sitter";
import { closeBrackets } from "./repair";
import { copyTree, type SyntaxTree } from "./syntax";

const runtimeFile = "web-tree-sitter.wasm";
const grammarFile = "tree-sitter-python.wasm";

/** Parses Python text; synchronous, and frees the parser's own tree before it returns. */
export type ParsePython = (text: string) => SyntaxTree;

/** One parser a process: each has a memory of its own that grows and is never given back, and so has each grammar. */
const held = new Map<string, Promise<ParsePython>>();

/**
 * Loads the Python grammar, for the reader and the writer alike. Whoever asks gets the same parser.
 *
 * @param options.wasmDirectory where the two `.wasm` files lie; by default beside the running bundle, else where npm
 *   installed them
 * @throws if a `.wasm` file cannot be found or is not what this version of the parser needs; then asking again tries again
 */
export async function loadParser(options: { wasmDirectory?: string } = {}): Promise<ParsePython> {
  const key = options.wasmDirectory ?? "";
  const loading = held.get(key) ?? load(options.wasmDirectory);
  held.set(key, loading);
  try {
    return await loading;
  } catch (error) {
    held.delete(key);
    throw error;
  }
}

async function load(directory: string | undefined): Promise<ParsePython> {
  const locate = (file: string, installed: string): string =>
    locateWasm(directory, file, installed);
  // web-tree-sitter keeps its runtime: of two that start at once, each would free what the other made.
  await Parser.init({ locateFile: () => locate(runtimeFile, `web-tree-sitter/${runtimeFile}`) });
  const grammar = await Language.load(locate(grammarFile, `tree-sitter-python/${grammarFile}`));
  return lasting(() => new Parser().setLanguage(grammar));
}

/** What is asked of a parser here. */
interface TreeParser {
  parse(text: string): Tree | null;
  delete(): void;
}

/**
 * Parses with one parser for as long as it works. One that fails, on whatever text, would fail on all others from then on:
 * it is replaced, the text is tried once more, and standard error is told.
 *
 * @throws what the new parser throws, too
 */
export function lasting(make: () => TreeParser): ParsePython {
  let parser = make();
  return (text) => {
    try {
      return parse(parser, text);
    } catch (error) {
      const failed = parser;
      parser = make();
      process.emitWarning(
        `the Python parser failed and was replaced: ${String(error)}`,
        "CorsLens",
      );
      discard(failed);
      return parse(parser, text);
    }
  };
}

function discard(parser: TreeParser): void {
  try {
    parser.delete();
  } catch {
    // What is broken may not even let itself be freed.
  }
}

function locateWasm(directory: string | undefined, file: string, installed: string): string {
  if (directory !== undefined) return path.join(directory, file);
  const beside = path.join(__dirname, file);
  return exists(beside) ? beside : require.resolve(installed);
}

/**
 * Parses, and where the text has errors once more with its open brackets closed.
 *
 * The parser knows `\n` and `\r\n` only; a lone `\r`, as old editors wrote it, ends a line in Python too.
 */
function parse(parser: TreeParser, written: string): SyntaxTree {
  const text = written.replace(/\r(?!\n)/g, "\n");
  const tree = copyOf(parser, text);
  const repair = tree.errors.length > 0 ? closeBrackets(text) : undefined;
  if (!repair) return tree;
  const repaired = copyOf(parser, repair.text, repair.original);
  return { ...repaired, errors: [...repair.inserted, ...repaired.errors] };
}

function copyOf(
  parser: TreeParser,
  text: string,
  original?: (offset: number) => number,
): SyntaxTree {
  const tree = parser.parse(text);
  if (!tree) throw new Error("the Python parser has no grammar");
  try {
    return copyTree(tree, original);
  } finally {
    tree.delete();
  }
}
