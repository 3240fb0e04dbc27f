import {
  CodeActionKind,
  type InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { diagnosticSource, fixAllKind, policyActionKind } from "../../../shared/src/protocol";
import { version } from "../../../shared/src/version";
import type { Client } from "./client";

/** The answer to `initialize`. */
export function initializeResult(client: Client): InitializeResult {
  return {
    serverInfo: { name: "cors-lens", version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, policyActionKind, fixAllKind],
      },
      hoverProvider: true,
      codeLensProvider: {},
      completionProvider: { triggerCharacters: ['"', "'"] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      ...(client.pullsDiagnostics
        ? {
            diagnosticProvider: {
              identifier: diagnosticSource,
              // A handler is judged by the stack that deploys it.
              interFileDependencies: true,
              workspaceDiagnostics: true,
            },
          }
        : {}),
    },
  };
}
