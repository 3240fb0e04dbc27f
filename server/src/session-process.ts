/** A session of the language server in a process of its own; see `lsp/supervisor.ts`. */
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createConnection,
  type DataCallback,
  type Disposable,
  type Message as ProtocolMessage,
  ProposedFeatures,
} from "vscode-languageserver/node";
import { engine } from "./engine";
import { serve } from "./lsp/server";
import type { Engine } from "./workspace/check";
import { begin } from "./lsp/language-session";
import { untilRest } from "./lsp/typing";
import type { Message, Order, SessionStart, Sign } from "./lsp/supervisor";

const start = JSON.parse(process.argv[2] ?? "{}") as SessionStart;

function say(sign: Sign): void {
  process.send?.(sign);
}

/** Messages of the client, as the supervisor passes them on. */
class Reader extends AbstractMessageReader {
  listen(callback: DataCallback): Disposable {
    const hear = (order: Order): void => {
      if (order.k === "ping") say({ k: "alive" });
      else callback(order.message);
    };
    process.on("message", hear);
    return { dispose: () => void process.off("message", hear) };
  }
}

class Writer extends AbstractMessageWriter {
  write(message: ProtocolMessage): Promise<void> {
    say({ k: "message", message: message as unknown as Message });
    return Promise.resolve();
  }

  end(): void {
    // The supervisor ends the process.
  }
}

/** Serves the supervisor that started this process. */
export function serveSession(engine: Engine): void {
  // Nobody is left to work for.
  process.on("disconnect", () => process.exit(0));
  const connection = createConnection(ProposedFeatures.all, new Reader(), new Writer());
  serve(connection, (params) => begin(engine, connection, params, { ...start, say }, untilRest));
}

if (require.main === module) serveSession(engine);
