#!/usr/bin/env node
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { engine } from "./engine";
import { serve } from "./lsp/server";

const transports = /^--(stdio|node-ipc|socket=|pipe=|socket$|pipe$)/;

// Started by hand or by an editor that passes no transport: standard input and output.
if (!process.argv.some((argument) => transports.test(argument))) process.argv.push("--stdio");

serve(createConnection(ProposedFeatures.all), engine);
