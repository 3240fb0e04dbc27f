import { ts } from "ts-morph";

/**
 * Where a node begins, without the comments and blanks before it. What `node.getStart` answers; but nodes have methods
 * only where the compiler's services for editors are loaded, which the product leaves out.
 */
export function startOf(source: ts.SourceFile, node: ts.Node): number {
  return (ts as unknown as Scanning).getTokenPosOfNode(node, source);
}

/** The compiler exports it and leaves it out of its types. */
interface Scanning {
  getTokenPosOfNode(node: ts.Node, source: ts.SourceFile): number;
}

/** A node's text, without the comments and blanks before it. */
export function sourceTextOf(source: ts.SourceFile, node: ts.Node): string {
  return source.text.slice(startOf(source, node), node.end);
}
