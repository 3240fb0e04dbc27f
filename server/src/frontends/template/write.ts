/** Spells edits in YAML and JSON, in the file's own style. What was written is read again: nothing else may have changed. */
import type { Edit, TextEdit } from "../../../../shared/src/model/edit";
import { parseTree } from "./parse";
import { changedPaths } from "./write/changed";
import * as blocks from "./write/edit-blocks";
import * as lists from "./write/edit-lists";
import * as scalars from "./write/edit-scalars";
import { CannotWrite, sourceOf, type Source } from "./write/source";

/**
 * The replacements for edits of one file; `undefined` when one of them cannot be spelled whole.
 * @param file only repeated in the edits
 */
export function writeTemplate(
  file: string,
  text: string,
  edits: readonly Edit[],
): TextEdit[] | undefined {
  const { root, gaps } = parseTree(file, text);
  if (!root || gaps.length > 0) return undefined;
  const source = sourceOf(file, text, root);
  try {
    for (const edit of edits) write(source, edit);
  } catch (error) {
    if (error instanceof CannotWrite) return undefined;
    throw error;
  }
  const written = inOrder(source.edits);
  return written && isWhole(source, written) ? written : undefined;
}

function write(source: Source, edit: Edit): void {
  switch (edit.kind) {
    case "setString":
      return scalars.setString(source, edit.at, edit.text);
    case "setMethod":
      return scalars.setString(source, edit.at, edit.method);
    case "setDuration":
      return scalars.setNumber(source, edit.at, edit.seconds);
    case "rename":
      return scalars.rename(source, edit.name, edit.to);
    case "addToList":
      return lists.addToList(source, edit.list, edit.items);
    case "removeFromList":
      return lists.removeFromList(source, edit.item);
    case "setOrigins":
      return lists.setItems(source, edit.at, edit.origins);
    case "removeEntry":
      return blocks.removeEntry(source, edit.entry);
    case "setPolicyFields":
      return blocks.setPolicyFields(source, edit);
    case "addPolicy":
      return blocks.addPolicy(source, edit);
    case "addGatewayResponses":
      return blocks.addGatewayResponses(source, edit);
    case "setMethodOpen":
      return blocks.setMethodOpen(source, edit.call);
    case "setBehavior":
      return blocks.setBehavior(source, edit);
    default:
      throw new CannotWrite();
  }
}

/** In order and without overlap; what is inserted at one place becomes one edit. */
function inOrder(edits: readonly TextEdit[]): TextEdit[] | undefined {
  const sorted = edits.map((edit, index) => ({ edit, index }));
  sorted.sort((a, b) => a.edit.at.start - b.edit.at.start || a.index - b.index);
  const result: TextEdit[] = [];
  for (const { edit } of sorted) {
    const last = result.at(-1);
    if (last && last.at.end > edit.at.start) return undefined;
    const isSame = last?.at.start === edit.at.start && last.at.end === edit.at.end;
    if (last && isSame && last.at.end === last.at.start)
      result[result.length - 1] = { ...last, text: last.text + edit.text };
    else result.push(edit);
  }
  return result.length > 0 ? result : undefined;
}

/** The new text can be read, and differs only where it was meant to. */
function isWhole({ file, text, root, touched }: Source, edits: readonly TextEdit[]): boolean {
  let after = text;
  for (const { at, text: inserted } of [...edits].reverse())
    after = after.slice(0, at.start) + inserted + after.slice(at.end);
  const parsed = parseTree(file, after);
  if (!parsed.root || parsed.gaps.length > 0) return false;
  const changed = changedPaths(root, parsed.root);
  return (
    changed.length > 0 && changed.every((path) => touched.some((place) => path.startsWith(place)))
  );
}
