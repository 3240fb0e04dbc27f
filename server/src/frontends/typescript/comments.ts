import { ts } from "ts-morph";
import type { Directive } from "../../../../shared/src/ir/facts";
import { mayHoldDirective, parseDirective } from "../directives";

/** More of them in one file than anybody writes are not looked at. */
const mostDirectives = 1000;

/** The `cors-lens-disable-…` comments of a file, in order. */
export function readDirectives(source: ts.SourceFile): Directive[] {
  const { text } = source;
  if (!mayHoldDirective(text)) return [];
  const directives: Directive[] = [];
  let seen = 0;
  let end = 0;
  for (const match of [...text.matchAll(/cors-lens-disable-/g)].slice(0, mostDirectives)) {
    // A comment says the same, however often it is asked.
    if (match.index < end) continue;
    const comment = commentAt(source, match.index, seen);
    if (comment) [seen, end] = comment;
    const directive = comment && parseDirective(text.slice(...comment), comment[0]);
    // A comment may speak of directives after it gave one.
    if (directive && directive.at[0] === match.index) directives.push(directive);
  }
  return directives;
}

/**
 * The comment around an offset. The innermost node around it has only punctuation, keywords and comments outside its
 * children, and there the scanner cannot take a string, template, regular expression or markup for anything else.
 *
 * @param seen where a comment before the offset begins: what comes before it need not be scanned again
 */
function commentAt(
  source: ts.SourceFile,
  offset: number,
  seen: number,
): [number, number] | undefined {
  let node: ts.Node = source;
  let gap = seen;
  for (let inner: ts.Node | undefined = source; inner;) {
    node = inner;
    inner = ts.forEachChild(node, (child) => {
      if (child.pos <= offset && offset < child.end) return child;
      if (child.end <= offset) gap = Math.max(gap, child.end);
      return undefined;
    });
    if (inner) gap = Math.max(gap, inner.pos);
  }
  if (isText(node) && offset >= node.getStart(source)) return undefined;
  return scanFor(source, gap, offset);
}

function isText(node: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isRegularExpressionLiteral(node) ||
    ts.isJsxText(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  );
}

function scanFor(
  source: ts.SourceFile,
  from: number,
  offset: number,
): [number, number] | undefined {
  const scanner = ts.createScanner(
    ts.ScriptTarget.Latest,
    false,
    source.languageVariant,
    source.text,
    undefined,
    from,
  );
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    const start = scanner.getTokenStart();
    const end = scanner.getTokenEnd();
    if (start > offset) return undefined;
    if (offset < end) return isComment(token) ? [start, end] : undefined;
  }
  return undefined;
}

function isComment(token: ts.SyntaxKind): boolean {
  return (
    token === ts.SyntaxKind.SingleLineCommentTrivia ||
    token === ts.SyntaxKind.MultiLineCommentTrivia
  );
}
