import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import {
  createProtocolConnection,
  ExitNotification,
  InitializeRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

const root = path.resolve(__dirname, "../..");

describe("language server as a program", () => {
  const running: ChildProcessWithoutNullStreams[] = [];
  const start = (...flags: string[]) => {
    const loader = `file://${path.join(root, "node_modules/tsx/dist/loader.mjs")}`;
    const main = path.join(root, "server/src/main.ts");
    const server = spawn(process.execPath, ["--import", loader, main, ...flags]);
    running.push(server);
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    connection.listen();
    return { server, connection };
  };

  afterEach(() => {
    for (const server of running.splice(0)) server.kill();
  });

  for (const flags of [[], ["--stdio"]]) {
    it(`speaks over standard input and output with the flags [${flags.join()}]`, async () => {
      const { server, connection } = start(...flags);
      const { serverInfo } = await connection.sendRequest(InitializeRequest.type, {
        processId: process.pid,
        rootUri: null,
        capabilities: {},
        workspaceFolders: null,
      });
      assert.equal(serverInfo?.name, "cors-lens");
      await connection.sendRequest(ShutdownRequest.type);
      const exited = once(server, "exit");
      await connection.sendNotification(ExitNotification.type);
      assert.deepEqual(await exited, [0, null]);
    });
  }

  it("ends with the editor that started it", async () => {
    const { server, connection } = start();
    await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      workspaceFolders: null,
    });
    const exited = once(server, "exit");
    server.stdin.end();
    assert.deepEqual(await exited, [1, null]);
  });
});
