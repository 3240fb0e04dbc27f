/** Spells edits, one after another, in the language of a file. */
import type { Edit, TextEdit } from "../../../../shared/src/model/edit";
import { textBufferOf, textEditsOf } from "./text-buffer";
import { answerErrors } from "./edit-errors";
import { addHeaders, insertCorsHelper, spreadHeaders } from "./edit-headers";
import * as move from "./edit-move";
import { addCorsPreflight, addPolicy, setPolicyFields } from "./edit-policy";
import { checkOrigin, compareOrigin, setOrigins } from "./edit-origin";
import * as statement from "./edit-statement";
import { addCorsSupport, setSupportOrigins, wrapApplication } from "./edit-support";
import * as value from "./edit-value";
import type { Language } from "./language";
import { CannotRender, type EditSession } from "./edit-session";

/** Spells edits of one file; undefined when one of them cannot be spelled whole. */
export type Writer = (
  file: string,
  text: string,
  edits: readonly Edit[],
  /** Text of other files, where an edit copies from one. */
  readText: (file: string) => string | undefined,
) => TextEdit[] | undefined;

export function writerFor(language: Language): Writer {
  return (file, text, edits, readText) => {
    try {
      const source = language.parse(file, text);
      if (source.broken) return undefined;
      const session: EditSession = { file, language, readText, buffer: textBufferOf(text), source };
      for (const edit of edits) renderEdit(session, edit);
      return textEditsOf(session.buffer, file);
    } catch (error) {
      // A RangeError: the code nests so deeply that the stack does not hold a walk through it.
      if (error instanceof CannotRender || error instanceof RangeError) return undefined;
      throw error;
    }
  };
}

function renderEdit(session: EditSession, edit: Edit): void {
  switch (edit.kind) {
    case "addPolicy":
      return addPolicy(session, edit);
    case "addCorsPreflight":
      return addCorsPreflight(session, edit);
    case "setPolicyFields":
      return setPolicyFields(session, edit);
    case "removeEntry":
      return value.removeEntry(session, edit.entry);
    case "rename":
      return value.rename(session, edit);
    case "addToList":
      return value.addToList(session, edit);
    case "removeFromList":
      return value.removeEntry(session, edit.item);
    case "setString":
      return value.setString(session, edit);
    case "appendText":
      return value.appendText(session, edit);
    case "setDuration":
      return value.setDuration(session, edit);
    case "setMethod":
      return value.setMethod(session, edit);
    case "setRouteMethods":
      return statement.setRouteMethods(session, edit);
    case "addOptionsRoute":
      return statement.addOptionsRoute(session, edit);
    case "setMethodOpen":
      return statement.setMethodOpen(session, edit);
    case "addGatewayResponses":
      return statement.addGatewayResponses(session, edit);
    case "setBehavior":
      return statement.setBehavior(session, edit);
    case "addHeaders":
      return addHeaders(session, edit);
    case "spreadHeaders":
      return spreadHeaders(session, edit);
    case "compareOrigin":
      return compareOrigin(session, edit);
    case "checkOrigin":
      return checkOrigin(session, edit);
    case "setOrigins":
      return setOrigins(session, edit);
    case "setStatus":
      return value.setStatus(session, edit);
    case "copy":
      return statement.copy(session, edit);
    case "removeStatement":
      return statement.removeStatement(session, edit.statement);
    case "insertCorsHelper":
      return insertCorsHelper(session, edit);
    case "moveStatement":
      return move.moveStatement(session, edit);
    case "moveLink":
      return move.moveLink(session, edit);
    case "lastFirst":
      return move.lastFirst(session, edit);
    case "addCorsSupport":
      return addCorsSupport(session, edit);
    case "setSupportOrigins":
      return setSupportOrigins(session, edit);
    case "wrapApplication":
      return wrapApplication(session, edit);
    case "answerErrors":
      return answerErrors(session, edit);
  }
}
