import { writerFor, type Writer } from "../write-common/write";
import { typescript } from "./write/language";

/**
 * Spells edits of a TypeScript or JavaScript file in the file's own style.
 *
 * @returns replacements in the given text, in order and without overlap; undefined when the file has syntax errors or
 *   when one of the edits cannot be spelled whole
 */
export const writeTypeScript: Writer = writerFor(typescript);
