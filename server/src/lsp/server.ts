import type { Connection, InitializeParams } from "vscode-languageserver/node";
import { initializeResult } from "./capabilities";
import { clientOf } from "./client";

/** One client, served. */
export interface Session {
  /** The client is ready: settings can be asked for, and files be read. */
  readonly initialized: () => Promise<void>;
}

/**
 * Serves one client over a connection, which it starts to listen on.
 * @param begin makes the session; what it loads comes after the answer to `initialize`, for which nobody has to wait
 */
export function serve(connection: Connection, begin: (params: InitializeParams) => Session): void {
  connection.onInitialize((params) => {
    let session: Session | undefined;
    const begun = (): Session => (session ??= begin(params));
    setImmediate(begun);
    connection.onInitialized(() => begun().initialized());
    return initializeResult(clientOf(params));
  });
  connection.listen();
}
