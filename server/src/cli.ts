#!/usr/bin/env node
import path from "node:path";
import { buffer } from "node:stream/consumers";
import pc from "picocolors";
import { version } from "../../shared/src/version";
import { runCommandLine } from "./command-line";
import { engine } from "./engine";

// `cors-lens check | head` closes the pipe early, which is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const host = {
  engine,
  cwd: process.cwd(),
  worker: path.join(__dirname, "worker.js"),
  write: (text: string) => void process.stdout.write(text),
  stderr: (text: string) => void process.stderr.write(text),
  input: () => buffer(process.stdin),
  color: process.stdout.isTTY === true && pc.isColorSupported,
  showsProgress: process.stderr.isTTY === true,
};

void runCommandLine(process.argv.slice(2), host, version).then((code) => {
  // Not `process.exit`: what was written to a pipe has to arrive.
  process.exitCode = code;
});
