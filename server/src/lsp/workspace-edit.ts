import {
  type AnnotatedTextEdit,
  type ChangeAnnotation,
  TextDocumentEdit,
  type TextEdit as LspTextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { TextEdit } from "../../../shared/src/model/edit";
import type { Context } from "./context";
import { newRanges } from "./reports";

/**
 * Text edits as a workspace edit, in the richest form that the client knows. Edits outside `home`, the file that the
 * user looks at, carry a label; they do not ask for confirmation, as the preview of VS Code begins with all unticked.
 */
export function workspaceEdit(
  context: Context,
  edits: readonly TextEdit[],
  home: string,
): WorkspaceEdit {
  const { client, documents } = context;
  const ranges = newRanges(context);
  const files = [...new Set(edits.map(({ at }) => at.file))];
  const editsOf = (file: string): LspTextEdit[] =>
    edits
      .filter(({ at }) => at.file === file)
      .map(({ at, text }) => ({ range: ranges.of(at), newText: text }));
  if (!client.documentChanges) {
    return {
      changes: Object.fromEntries(files.map((file) => [documents.uri(file), editsOf(file)])),
    };
  }
  const annotated = client.changeAnnotations ? files.filter((file) => file !== home) : [];
  const documentChanges = files.map((file) => {
    const id = { uri: documents.uri(file), version: documents.version(file) ?? null };
    return TextDocumentEdit.create(
      id,
      annotated.includes(file)
        ? editsOf(file).map((edit) => withAnnotation(edit, file))
        : editsOf(file),
    );
  });
  if (annotated.length === 0) return { documentChanges };
  return {
    documentChanges,
    changeAnnotations: Object.fromEntries(annotated.map((file) => [file, annotationOf(file)])),
  };
}

function withAnnotation(edit: LspTextEdit, annotationId: string): AnnotatedTextEdit {
  return { ...edit, annotationId };
}

function annotationOf(file: string): ChangeAnnotation {
  return {
    label: `Also changes ${file.slice(file.lastIndexOf("/") + 1)}`,
    needsConfirmation: false,
  };
}
