import { ts } from "ts-morph";
import type { FactsGap, FileFacts } from "../../../../shared/src/ir/facts";
import { lineStartsOf } from "../../../../shared/src/ir/span";
import { shallow } from "../shallow";
import { readDirectives } from "./comments";
import { rootContext } from "./context";
import { hoistVars } from "./hoist";
import { lowerStatements } from "./lower-statement";
import { scriptsIn, withProps } from "./markup";

/**
 * Reads TypeScript or JavaScript, or what scripts there are in a file of HTML, Vue or Svelte; the extension of `file`
 * says which dialect.
 *
 * A pure function of its arguments that never throws: where the text has syntax errors, the facts are those that the
 * parser could recover and `broken` is set. Every such place is among the gaps.
 */
export function readTypeScript(file: string, text: string): FileFacts {
  const base = { file, language: "typescript", lineStarts: lineStartsOf(text) } as const;
  try {
    const source = parse(file, text);
    const context = rootContext(source);
    const { hoisted, stmts } = hoistVars(context, source, new Set());
    const lowered = [...stmts, ...lowerStatements({ ...context, hoisted }, source.statements)];
    const body = withProps(file, lowered);
    const errors = syntaxErrors(source);
    return {
      ...base,
      body,
      directives: readDirectives(source),
      gaps: [...errors, ...context.gaps],
      ...(errors.length > 0 ? { broken: true } : {}),
    };
  } catch (error) {
    // The parser itself descends recursively, so text can be nested too deeply for it.
    const because =
      error instanceof RangeError ? "nested too deeply to parse" : `parser: ${String(error)}`;
    const flat = error instanceof RangeError ? shallow(text) : undefined;
    if (flat !== undefined && flat !== text) {
      // What does not nest so deeply is read all the same.
      const facts = readTypeScript(file, flat);
      const gap: FactsGap = { because, at: [0, text.length] };
      return { ...facts, gaps: [gap, ...facts.gaps], broken: true };
    }
    return {
      ...base,
      body: [],
      directives: [],
      gaps: [{ because, at: [0, text.length] }],
      broken: true,
    };
  }
}

function parse(file: string, text: string): ts.SourceFile {
  const options = {
    languageVersion: ts.ScriptTarget.Latest,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  };
  const scripts = scriptsIn(file, text);
  return ts.createSourceFile(file, scripts?.text ?? text, options, false, scripts?.kind);
}

/** The compiler's type leaves out that a source file carries the parser's complaints; `Program` hands them out. */
interface ParsedSource extends ts.SourceFile {
  readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
}

function syntaxErrors(source: ParsedSource): FactsGap[] {
  return (source.parseDiagnostics ?? []).map(({ start, length, messageText }) => ({
    because: `syntax error: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    at: [start, start + length],
  }));
}
