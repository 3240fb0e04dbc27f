/** Measuring: medians of several runs, processes and language servers. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { findingsRequest } from "../shared/src/protocol";

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Runs each of the alternatives in turn, several times, so that a busy moment of the machine hits all; medians in ms. */
export async function alternately(
  runs: number,
  alternatives: readonly (() => number | Promise<number>)[],
): Promise<number[]> {
  const times = alternatives.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [i, alternative] of alternatives.entries()) times[i]?.push(await alternative());
  }
  return times.map(median);
}

/** What a process takes, in ms: until it ends, and of the processor, all its threads together. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** As `alternately`, of whole Node processes and with their CPU time. */
export function costs(runs: number, programs: readonly (readonly string[])[]): Cost[] {
  const found = programs.map((): Cost[] => []);
  for (let run = 0; run < runs; run++)
    for (const [i, args] of programs.entries()) found[i]?.push(costOf(args));
  return found.map((all) => ({
    wall: median(all.map(({ wall }) => wall)),
    cpu: median(all.map(({ cpu }) => cpu)),
  }));
}

function costOf(args: readonly string[]): Cost {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "cors-lens-cpu-")), "cpu");
  const hook = path.join(__dirname, "cpu-hook.cjs");
  const wall = processTime(["--require", hook, ...args], undefined, { BENCH_CPU_FILE: file });
  return { wall, cpu: Number(readFileSync(file, "utf8")) };
}

/** Milliseconds that a whole Node process takes. Throws when it ends with another exit code than 0. */
export function processTime(
  args: readonly string[],
  cwd = process.cwd(),
  env: Readonly<Record<string, string>> = {},
): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ["ignore", "ignore", "pipe"],
    cwd,
    env: { ...process.env, ...env },
  });
  const took = performance.now() - began;
  if (status !== 0) throw new Error(`${args.join(" ")}: ${stderr.toString()}`);
  return took;
}

/** What a Node process prints, and the milliseconds that it takes, while this process goes on. */
export async function outputAndTime(
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly took: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let stdout = "";
  child.stdout.on("data", (data) => (stdout += String(data)));
  await once(child, "close");
  return { stdout, took: performance.now() - began };
}

/** What a Node process prints. */
export function outputOf(args: readonly string[]): string {
  return spawnSync(process.execPath, args, { maxBuffer: 256 * 1024 * 1024 }).stdout.toString();
}

/** A language server in a process of its own. */
export class Server {
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  #version = 1;

  constructor(program: string) {
    this.#process = spawn(process.execPath, [program, "--stdio"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const { stdin, stdout } = this.#process;
    if (!stdin || !stdout) throw new Error("the server has no standard streams");
    this.#connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.#connection.listen();
  }

  async initialize(folder: string): Promise<void> {
    await this.#connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument: { diagnostic: {} }, workspace: { workspaceFolders: true } },
      workspaceFolders: [{ uri: uri(folder), name: "bench" }],
    });
    await this.#connection.sendNotification(InitializedNotification.type, {});
  }

  async open(file: string): Promise<void> {
    const text = readFileSync(file, "utf8");
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: uri(file), languageId: "typescript", version: 1, text },
    });
  }

  /** Milliseconds from a keystroke to the diagnostics of the file, with what other files make of it. */
  async keystroke(file: string, text: string): Promise<number> {
    const began = performance.now();
    await this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: uri(file), version: ++this.#version },
      contentChanges: [{ text }],
    });
    await this.diagnostics(file);
    return performance.now() - began;
  }

  /** Resolves when the whole workspace has been checked. */
  async scanned(): Promise<void> {
    await this.#connection.sendRequest(findingsRequest, {});
  }

  async diagnostics(file: string): Promise<unknown> {
    return this.#connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri: uri(file) },
    });
  }

  /** Resident memory in MB; NaN where the system does not tell. */
  get memory(): number {
    try {
      const status = readFileSync(`/proc/${this.#process.pid ?? 0}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    } catch {
      return NaN;
    }
  }

  stop(): void {
    this.#connection.dispose();
    this.#process.kill();
  }
}

function uri(file: string): string {
  return pathToFileURL(file).toString();
}
