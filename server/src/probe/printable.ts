/** Text for a terminal or a document: what a hostile server may send to repaint the screen becomes `\x1b` and the like. */
export { printableLine as printable } from "../report/printable";
