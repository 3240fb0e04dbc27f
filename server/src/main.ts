#!/usr/bin/env node
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "./lsp/server";
import type * as session from "./session";

const transports = /^--(stdio|node-ipc|socket=|pipe=|socket$|pipe$)/;

// Started by hand or by an editor that passes no transport: standard input and output.
if (!process.argv.some((argument) => transports.test(argument))) process.argv.push("--stdio");

const connection = createConnection(ProposedFeatures.all);

serve(connection, (params) => {
  // In one breath, as the client's next message may come at once and needs whom to come to.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { beginSession } = require("./session") as typeof session;
  return beginSession(connection, params);
});
