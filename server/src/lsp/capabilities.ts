import type {
  CodeActionKind,
  InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { diagnosticSource, fixAllKind, policyActionKind } from "../../../shared/src/protocol";
import { version } from "../../../shared/src/version";
import type { Client } from "./client";

// As the protocol has them. To load its library for these would be most of the way to the first answer.
const incremental = 2 satisfies TextDocumentSyncKind;
const quickFix = "quickfix" satisfies CodeActionKind;

/** The answer to `initialize`. */
export function initializeResult(client: Client): InitializeResult {
  return {
    serverInfo: { name: "cors-lens", version },
    capabilities: {
      textDocumentSync: { openClose: true, change: incremental },
      codeActionProvider: {
        codeActionKinds: [quickFix, policyActionKind, fixAllKind],
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
