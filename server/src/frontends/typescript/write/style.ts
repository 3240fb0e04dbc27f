/** How a file is written: what most of its code does. */
import { ts } from "ts-morph";
import type { Style } from "../../write-common/layout";
import { indentUnit } from "../../write-common/source";

interface Votes {
  double: number;
  single: number;
  semicolon: number;
  noSemicolon: number;
  comma: number;
  noComma: number;
  padded: number;
  unpadded: number;
}

export function styleOf(ast: ts.SourceFile): Style {
  const votes: Votes = {
    double: 0,
    single: 0,
    semicolon: 0,
    noSemicolon: 0,
    comma: 0,
    noComma: 0,
    padded: 0,
    unpadded: 0,
  };
  const visit = (node: ts.Node): void => {
    voteOn(ast, node, votes);
    ts.forEachChild(node, visit);
  };
  visit(ast);
  return {
    unit: indentUnit(ast.text, "  "),
    quote: votes.single > votes.double ? "'" : '"',
    semicolon: votes.noSemicolon > votes.semicolon ? "" : ";",
    trailingComma: votes.comma >= votes.noComma,
    padded: votes.padded >= votes.unpadded,
  };
}

function voteOn(ast: ts.SourceFile, node: ts.Node, votes: Votes): void {
  if (ts.isStringLiteral(node) && !ts.isJsxAttribute(node.parent)) {
    const text = node.getText(ast);
    // A string that holds the other quote says nothing about the habit.
    if (!/["']/.test(text.slice(1, -1))) votes[text.startsWith("'") ? "single" : "double"]++;
  } else if (
    ts.isExpressionStatement(node) ||
    ts.isVariableStatement(node) ||
    ts.isImportDeclaration(node)
  ) {
    votes[ast.text[node.end - 1] === ";" ? "semicolon" : "noSemicolon"]++;
  } else if (ts.isObjectLiteralExpression(node)) {
    voteOnList(ast, node.properties, node.end, votes);
    const text = node.getText(ast);
    if (!text.includes("\n") && node.properties.length > 0) {
      votes[text.startsWith("{ ") ? "padded" : "unpadded"]++;
    }
  } else if (ts.isArrayLiteralExpression(node)) {
    voteOnList(ast, node.elements, node.end, votes);
  } else if (ts.isNamedImports(node)) {
    const text = node.getText(ast);
    if (!text.includes("\n")) votes[text.startsWith("{ ") ? "padded" : "unpadded"]++;
  }
}

function voteOnList(
  ast: ts.SourceFile,
  list: ts.NodeArray<ts.Node>,
  end: number,
  votes: Votes,
): void {
  const last = list.at(-1);
  if (last && ast.text.slice(last.end, end).includes("\n")) {
    votes[list.hasTrailingComma ? "comma" : "noComma"]++;
  }
}
