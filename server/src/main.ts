#!/usr/bin/env node
import { initializeResult } from "./lsp/capabilities";
import { clientOf } from "./lsp/client";
import { sessionsFrom } from "./lsp/session-fork";
import { type Message, Supervisor } from "./lsp/supervisor";
import { transportOf } from "./lsp/transport";

const transport = transportOf(process.argv.slice(2));

const supervisor = new Supervisor(
  {
    send: transport.send,
    log: (text) => void process.stderr.write(`cors-lens: ${text}\n`),
    exit: (code) => process.exit(code),
  },
  sessionsFrom(require.resolve("./session-process")),
  (params) => initializeResult(clientOf(params)),
);

setInterval(() => supervisor.beat(), 1000).unref();

transport.listen({
  message: (message) => supervisor.receive(message as Message),
  fault: (reason) => void process.stderr.write(`cors-lens: left out: ${reason}\n`),
  closed: () => supervisor.close(),
});
