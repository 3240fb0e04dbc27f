import type { TextDocument } from "vscode";

/** The VS Code language ids that the server reads; package.json activates the extension for the same. */
const languages: readonly string[] = [
  "typescript",
  "typescriptreact",
  "javascript",
  "javascriptreact",
  "python",
  "html",
  "vue",
  "svelte",
  "yaml",
  "json",
];

/** Files on disk in one of those languages: the server follows imports, so a file without a path tells it nothing. */
export const selector = languages.map((language) => ({ scheme: "file", language }));

/** Whether the server would read this document. */
export function isReadable(document: TextDocument): boolean {
  return document.uri.scheme === "file" && languages.includes(document.languageId);
}
