import { Lexer } from "yaml";
import type { Directive, FileFacts } from "../../../../shared/src/ir/facts";
import { lineStartsOf } from "../../../../shared/src/ir/span";
import { mayHoldDirective, parseDirective } from "../directives";
import { parseTree } from "./parse";

/** Reads one YAML or JSON file. Never throws on any text; the file's name is only repeated in the facts. */
export function readTemplate(file: string, text: string): FileFacts {
  const { root, gaps } = parseTree(file, text);
  return {
    file,
    language: "template",
    body: [],
    ...(root ? { tree: root } : {}),
    directives: mayHoldDirective(text) && root && !file.endsWith(".json") ? directivesOf(text) : [],
    gaps,
    lineStarts: lineStartsOf(text),
    ...(gaps.length > 0 ? { broken: true } : {}),
  };
}

/** Marks of the lexer that stand for no text: beginning of a document, of a scalar, and the end of a flow. */
const marks = /^[\u0002\u0018\u001f]$/;

function directivesOf(text: string): Directive[] {
  const found: Directive[] = [];
  let at = 0;
  let isText = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (marks.test(lexeme)) {
      isText = lexeme === "\u001f";
      continue;
    }
    const directive = !isText && lexeme.startsWith("#") ? parseDirective(lexeme, at) : undefined;
    if (directive) found.push(directive);
    isText = false;
    at += lexeme.length;
  }
  return found;
}
