import assert from "node:assert/strict";
import path from "node:path";
import { sessionsFrom } from "../../server/src/lsp/session-fork";
import { type Message, Supervisor } from "../../server/src/lsp/supervisor";
import { skippedNotification } from "../../shared/src/protocol";
import { folderWith, removeFolders } from "../workspace/folder";
import { uri } from "./editor";

/** A client of a supervisor whose sessions are real processes; its clock ticks faster than that of the world. */
class Client {
  readonly received: Message[] = [];
  readonly supervisor: Supervisor;
  readonly #timer: NodeJS.Timeout;
  #listeners: (() => void)[] = [];

  constructor(folder: string) {
    this.supervisor = new Supervisor(
      {
        send: (message) => {
          this.received.push(message);
          for (const listener of this.#listeners.splice(0)) listener();
        },
        log: () => undefined,
        exit: () => undefined,
      },
      sessionsFrom(path.join(__dirname, "hanging-session.ts")),
      () => ({ capabilities: {} }),
    );
    this.#timer = setInterval(() => this.supervisor.beat(), 200);
    const workspaceFolders = [{ uri: uri(folder), name: "x" }];
    const params = { processId: null, rootUri: null, capabilities: {}, workspaceFolders };
    this.send({ id: 0, method: "initialize", params });
    this.send({ method: "initialized", params: {} });
  }

  send(message: Omit<Message, "jsonrpc">): void {
    this.supervisor.receive({ jsonrpc: "2.0", ...message });
  }

  /** The last message that fits, as soon as there is one. */
  async until(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.received.findLast(fits);
      if (found) return found;
      await new Promise<void>((resolve) => this.#listeners.push(resolve));
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.supervisor.close();
  }
}

const told = (file: string) => (message: Message) => {
  const params = message.params as { uri?: string; diagnostics?: readonly unknown[] } | undefined;
  return params?.uri === uri(file) && (params.diagnostics?.length ?? 0) > 0;
};
const names =
  (...files: string[]) =>
  (message: Message): boolean =>
    message.method === skippedNotification &&
    JSON.stringify((message.params as { files: string[] }).files) === JSON.stringify(files);

describe("a file that brings the session down", function () {
  this.timeout(120_000); // processes are started; each step waits for its event
  let client: Client;
  afterEach(() => {
    client.close();
    removeFolders();
  });

  for (const [what, word] of [
    ["hangs", "HANG"],
    ["takes all memory", "EAT"],
  ] as const) {
    it(`${what}: is named and left out, and all else is told; when it changes, it is read again`, async () => {
      const folder = folderWith({
        "bomb.ts": `cors ${word}`,
        "good.ts": "cors BAD",
        "z.ts": "cors UGLY",
      });
      client = new Client(folder);
      await client.until(names(`${folder}/bomb.ts`));
      await client.until(told(`${folder}/good.ts`));
      await client.until(told(`${folder}/z.ts`));
      const textDocument = {
        uri: uri(`${folder}/bomb.ts`),
        languageId: "typescript",
        version: 1,
        text: "cors BAD",
      };
      client.send({ method: "textDocument/didOpen", params: { textDocument } });
      await client.until(told(`${folder}/bomb.ts`));
      await client.until(names());
    });
  }

  it("never keeps the editor from shutting down", async () => {
    client = new Client(folderWith({ "bomb.ts": "cors HANG" }));
    client.send({ id: 1, method: "shutdown" });
    assert.equal((await client.until(({ id }) => id === 1)).result, null);
  });
});
