#!/usr/bin/env node
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { link } from "../../shared/src/model/link";
import { rules } from "../../shared/src/rules";
import { serve } from "./lsp/server";
import { frontends } from "./workspace/languages";

const transports = /^--(stdio|node-ipc|socket=|pipe=|socket$|pipe$)/;

// Started by hand or by an editor that passes no transport: standard input and output.
if (!process.argv.some((argument) => transports.test(argument))) process.argv.push("--stdio");

serve(createConnection(ProposedFeatures.all), { frontends, link, rules });
