import { type Connection, TextDocuments } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { pathOf, uriOf } from "./convert";

interface Disk {
  /** The text on disk when it was last looked at. */
  readonly seen: (file: string) => string | undefined;
  /** The text on disk now. */
  readonly saved: (file: string) => string | undefined;
  /** A file has another text now. */
  readonly changed: (file: string) => void;
  /** The editor changed the text of a document that was open. */
  readonly edited: (before: string, after: string) => void;
  /** A file was opened with the text that is on disk. */
  readonly opened: (file: string) => void;
}

/** The documents that are open in the editor, by path. */
export class OpenDocuments {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #byPath = new Map<string, TextDocument>();

  /** Opening a document or closing it changes nothing where its text is the one on disk. */
  constructor(connection: Connection, disk: Disk) {
    const texts = new Map<string, string>();
    this.#documents.onDidChangeContent(({ document }) => {
      const file = pathOf(document.uri);
      if (file === undefined) return;
      const text = document.getText();
      const before = texts.get(file) ?? disk.seen(file);
      const old = texts.get(file);
      const isNew = old === undefined;
      texts.set(file, text);
      this.#byPath.set(file, document);
      if (old !== undefined && old !== text) disk.edited(old, text);
      if (text !== before) disk.changed(file);
      else if (isNew) disk.opened(file);
    });
    this.#documents.onDidClose(({ document }) => {
      const file = pathOf(document.uri);
      if (file === undefined) return;
      const before = texts.get(file);
      texts.delete(file);
      this.#byPath.delete(file);
      if (before !== disk.saved(file)) disk.changed(file);
    });
    this.#documents.listen(connection);
  }

  get files(): readonly string[] {
    return [...this.#byPath.keys()];
  }

  has(file: string): boolean {
    return this.#byPath.has(file);
  }

  text(file: string): string | undefined {
    return this.#byPath.get(file)?.getText();
  }

  version(file: string): number | undefined {
    return this.#byPath.get(file)?.version;
  }

  /** The URI as the editor spells it, else our own spelling. */
  uri(file: string): string {
    return this.#byPath.get(file)?.uri ?? uriOf(file);
  }
}
