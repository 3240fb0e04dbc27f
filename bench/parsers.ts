/** The bare parsers that the frontends are built on. */
import path from "node:path";
import * as ts from "typescript";
import type { Language } from "../shared/src/ir/facts";

type Parse = (file: string, text: string) => void;

/** The parsers of some languages; asking for another throws. */
export async function loadParsers(
  languages: ReadonlySet<Language>,
): Promise<Record<Language, Parse>> {
  const absent: Parse = (file) => {
    throw new Error(`no parser was loaded for ${file}`);
  };
  return {
    typescript: languages.has("typescript") ? typescript : absent,
    python: languages.has("python") ? await python() : absent,
    template: languages.has("template") ? await template() : absent,
  };
}

const typescript: Parse = (file, text) =>
  void ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);

async function template(): Promise<Parse> {
  const { parseAllDocuments } = await import("yaml");
  return (_file, text) => void parseAllDocuments(text, { version: "1.1", uniqueKeys: false });
}

async function python(): Promise<Parse> {
  const { Language, Parser } = await import("web-tree-sitter");
  const wasm = (name: string): string => path.join(process.env.CORS_LENS_DIST ?? "dist", name);
  await Parser.init({ locateFile: wasm });
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm("tree-sitter-python.wasm")));
  return (_file, text) => parser.parse(text)?.delete();
}
