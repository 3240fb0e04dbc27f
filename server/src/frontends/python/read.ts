import type { Directive, FactsGap, FileFacts } from "../../../../shared/src/ir/facts";
import { lineStartsOf } from "../../../../shared/src/ir/span";
import { mayHoldDirective, parseDirective } from "../directives";
import { contextOf, textOf, type Context } from "./context";
import { lowerStatement } from "./lower-statement";
import { loadParser, type ParsePython } from "./parser";
import { rangeOf, type Syntax } from "./syntax";

/** Reads one Python file. Never throws on any text; the file's name is only repeated in the facts. */
export type PythonReader = (file: string, text: string) => FileFacts;

/**
 * Loads the parser and gives the reader of Python files. Call it once and keep the reader: the parser is kept inside.
 *
 * @param options.wasmDirectory see `loadParser`
 * @throws as `loadParser` does
 */
export async function loadPython(options: { wasmDirectory?: string } = {}): Promise<PythonReader> {
  const parse = await loadParser(options);
  return (file, text) => readPython(parse, file, text);
}

function readPython(parse: ParsePython, file: string, text: string): FileFacts {
  const { root, comments, errors } = parse(text);
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
    ...(errors.length > 0 || ctx.progress.tooDeep ? { broken: true } : {}),
  };
}

function gapOf(error: Syntax): FactsGap {
  const because = error.missing ? "missing in the text" : "a syntax error";
  return { because, at: rangeOf(error) };
}

function directivesOf(ctx: Context, comments: readonly Syntax[]): Directive[] {
  if (!mayHoldDirective(ctx.text)) return [];
  return comments.flatMap((comment) => parseDirective(textOf(ctx, comment), comment.start) ?? []);
}
