import { writerFor, type Writer } from "../write-common/write";
import { loadParser } from "./parser";
import { pythonOf } from "./write/language";

/**
 * Loads the parser and gives the writer of Python files, which spells edits in the file's own style and is synchronous.
 * The writer returns replacements in the given text, in order and without overlap; undefined when the file has syntax
 * errors or when one of the edits cannot be spelled whole.
 *
 * @param options.wasmDirectory where the parser's two `.wasm` files lie; by default where the reader looks for them
 * @throws if a `.wasm` file cannot be found or is not what this version of the parser needs
 */
export async function loadPythonWriter(options: { wasmDirectory?: string } = {}): Promise<Writer> {
  return writerFor(pythonOf(await loadParser(options)));
}
