/** What a client has told by now, so that a session that begins anew can be told the same. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Incoming } from "./gate";

/** A notification of the client. */
export interface Told {
  readonly jsonrpc: "2.0";
  readonly method: string;
  readonly params: unknown;
}

interface DocumentParams {
  readonly textDocument: {
    readonly uri: string;
    readonly languageId: string;
    readonly version: number;
    readonly text: string;
  };
  readonly contentChanges: Parameters<typeof TextDocument.update>[1];
}

/** Keeps the open documents with their texts, the folders that came and went, and the settings that were sent. */
export class Mirror {
  readonly #documents = new Map<string, TextDocument>();
  readonly #folderChanges: Told[] = [];
  #settings: Told | undefined;

  /** Takes note of a message that has passed the gate. */
  note({ method, params }: Incoming): void {
    const { textDocument, contentChanges } = (params ?? {}) as DocumentParams;
    switch (method) {
      case "textDocument/didOpen": {
        const { uri, languageId, version, text } = textDocument;
        this.#documents.set(uri, TextDocument.create(uri, languageId, version, text));
        break;
      }
      case "textDocument/didChange": {
        const known = this.#documents.get(textDocument.uri);
        if (known) TextDocument.update(known, contentChanges, textDocument.version);
        break;
      }
      case "textDocument/didClose":
        this.#documents.delete(textDocument.uri);
        break;
      case "workspace/didChangeWorkspaceFolders":
        this.#folderChanges.push({ jsonrpc: "2.0", method, params });
        break;
      case "workspace/didChangeConfiguration":
        this.#settings = { jsonrpc: "2.0", method, params };
        break;
    }
  }

  /** The notifications that bring a new session to where the last one was. */
  get retold(): readonly Told[] {
    const opened = [...this.#documents.values()].map((document): Told => {
      const { uri, languageId, version } = document;
      const params = { textDocument: { uri, languageId, version, text: document.getText() } };
      return { jsonrpc: "2.0", method: "textDocument/didOpen", params };
    });
    return [...this.#folderChanges, ...(this.#settings ? [this.#settings] : []), ...opened];
  }
}
