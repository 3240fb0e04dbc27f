/**
 * Stands between the client and the session, which works in a process of its own: a session that does not come back from
 * a piece of work, or dies of it, is ended and begun anew, and the client goes on as if nothing had been. The first time
 * it is begun with care, saying of each file that it begins with it; where that ends in the same way, the file that was
 * named last is left out until it changes. `initialize` and `shutdown` are answered here, whatever the session is at.
 */
import type { InitializeParams, InitializeResult } from "vscode-languageserver/node";
import { skippedNotification, type SkippedFiles } from "../../../shared/src/protocol";
import { Gate, type Incoming } from "./gate";
import { Mirror } from "./mirror";

export interface Message extends Incoming {
  readonly jsonrpc: string;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** How a session begins. */
export interface SessionStart {
  /** Say of each file that work on it begins. */
  readonly careful: boolean;
  /** Files that are left out until they change. */
  readonly skipped: readonly string[];
}

/** What a session says besides the messages to the client. */
export type Sign =
  | { readonly k: "message"; readonly message: Message }
  /** It is alive: the answer to `ping`. */
  | { readonly k: "alive" }
  /** Work begins, on this file where it is told, or has come to its end. */
  | { readonly k: "working"; readonly file?: string }
  | { readonly k: "idle" }
  /** A file that was left out is another now. */
  | { readonly k: "unskipped"; readonly file: string };

export type Order = { readonly k: "message"; readonly message: Message } | { readonly k: "ping" };

/** A session in a process of its own. */
export interface SessionProcess {
  readonly send: (order: Order) => void;
  readonly kill: () => void;
}

export type StartSession = (
  start: SessionStart,
  onSign: (sign: Sign) => void,
  onEnd: () => void,
) => SessionProcess;

export interface Client {
  readonly send: (message: Message) => void;
  readonly log: (text: string) => void;
  /** The client is gone, or has said `exit`. */
  readonly exit: (code: 0 | 1) => void;
}

/** Beats without a sign of life, one a second, after which a session is taken to hang. Real files take no fifth of it. */
export const patience = 15;

/** Sessions that end without a new file to leave out; more begin in vain. */
const mostFailures = 3;

/** Requests that reach out of this machine are never made a second time. */
const once = /^corsLens\/probe\/run$/;

const errors = { contentModified: -32801, internalError: -32603 } as const;

interface Pending {
  readonly message: Message;
  /** Sessions that ended while they had it. */
  readonly failures: number;
}

export class Supervisor {
  readonly #client: Client;
  readonly #start: StartSession;
  readonly #initializeResult: (params: InitializeParams) => InitializeResult;
  readonly #gate = new Gate();
  readonly #mirror = new Mirror();
  /** Requests of the client that the session has not answered. */
  readonly #pending = new Map<string | number, Pending>();
  /** Progress that was begun and has not ended, documents that have diagnostics. */
  readonly #progress = new Set<string | number>();
  readonly #marked = new Set<string>();
  readonly #skipped = new Set<string>();
  #initialize: Message | undefined;
  #initialized = false;
  #session: SessionProcess | undefined;
  #generation = 0;
  #careful = false;
  #failures = 0;
  #working = false;
  #file: string | undefined;
  #missed = 0;
  /** The session has said something. */
  #heard = false;

  constructor(
    client: Client,
    start: StartSession,
    initializeResult: (params: InitializeParams) => InitializeResult,
  ) {
    this.#client = client;
    this.#start = start;
    this.#initializeResult = initializeResult;
  }

  /** A message of the client. */
  receive(message: Message): void {
    const refusal = this.#gate.judge(message);
    const { id, method } = message;
    if (refusal) {
      this.#client.log(refusal.message);
      if (id !== undefined && method !== undefined) this.#fail(id, refusal);
    } else if (method === "initialize") this.#begin(message);
    else if (method === "shutdown") this.#shutDown(message);
    else if (method === "exit") this.#exit();
    else if (method === undefined) this.#answer(message);
    else this.#forward(message);
  }

  /** The client has gone without a word. */
  close(): void {
    this.#exit();
  }

  /** Once a second: asks a session that is at work whether it is alive, and ends one that is not. */
  beat(): void {
    if (!this.#session || (!this.#working && this.#pending.size === 0)) return;
    // To start takes its time on a machine that is busy.
    const most = this.#heard ? patience : 4 * patience;
    if (this.#missed++ < most) this.#session.send({ k: "ping" });
    else this.#session.kill();
  }

  #begin(message: Message): void {
    this.#initialize = message;
    const result = this.#initializeResult(message.params as InitializeParams);
    this.#client.send({ jsonrpc: "2.0", id: message.id, result });
    this.#startSession();
  }

  #shutDown({ id }: Message): void {
    const session = this.#session;
    this.#session = undefined;
    session?.kill();
    for (const each of this.#pending.keys()) {
      this.#fail(each, { code: errors.contentModified, message: "shut down" });
    }
    this.#pending.clear();
    this.#client.send({ jsonrpc: "2.0", id: isId(id) ? id : null, result: null });
  }

  #exit(): void {
    this.#session?.kill();
    this.#session = undefined;
    this.#client.exit(this.#gate.isShutDown ? 0 : 1);
  }

  /** The client answers a request of the session; what an earlier session has asked is of no interest. */
  #answer(message: Message): void {
    const [generation, id] = splitId(message.id);
    if (generation !== this.#generation) return;
    this.#session?.send({ k: "message", message: { ...message, id } });
  }

  #forward(message: Message): void {
    const { id, method } = message;
    this.#mirror.note(message);
    if (method === "initialized") this.#initialized = true;
    if (isId(id)) this.#pending.set(id, { message, failures: 0 });
    if (this.#session) this.#session.send({ k: "message", message });
    else if (isId(id)) this.#giveUp(id, "there is no session");
  }

  #startSession(): void {
    this.#generation++;
    this.#missed = 0;
    this.#heard = false;
    this.#working = true;
    this.#file = undefined;
    const generation = this.#generation;
    const isCurrent = (): boolean => generation === this.#generation && this.#session !== undefined;
    this.#session = this.#start(
      { careful: this.#careful, skipped: [...this.#skipped] },
      (sign) => {
        if (isCurrent()) this.#hear(sign);
      },
      () => {
        if (isCurrent()) this.#ended();
      },
    );
    const send = (message: Message): void => this.#session?.send({ k: "message", message });
    if (this.#initialize) send({ ...this.#initialize, id: "initialize" });
    if (!this.#initialized) return;
    send({ jsonrpc: "2.0", method: "initialized", params: {} });
    for (const told of this.#mirror.retold) send(told);
    for (const { message } of this.#pending.values()) send(message);
  }

  #hear(sign: Sign): void {
    this.#missed = 0;
    this.#heard = true;
    switch (sign.k) {
      case "message":
        this.#pass(sign.message);
        break;
      case "working":
        this.#working = true;
        this.#file = sign.file ?? this.#file;
        break;
      case "idle":
        this.#working = false;
        this.#file = undefined;
        this.#failures = 0;
        break;
      case "unskipped":
        if (this.#skipped.delete(sign.file)) this.#tellSkipped();
        break;
      case "alive":
        break;
    }
  }

  /** A message of the session to the client. */
  #pass(message: Message): void {
    const { id, method } = message;
    if (typeof method !== "string") {
      if (id === "initialize") return;
      if (isId(id)) this.#pending.delete(id);
      this.#client.send(message);
    } else if (id === undefined) {
      this.#watch(method, message.params);
      this.#client.send(method === "$/cancelRequest" ? this.#cancelling(message) : message);
    } else if (method === "client/registerCapability" && this.#generation > 1) {
      // The client knows already: a second registration would tell everything twice.
      this.#session?.send({ k: "message", message: { jsonrpc: "2.0", id, result: null } });
    } else {
      this.#client.send({ ...message, id: this.#outerId(id) });
    }
  }

  /** Requests of two sessions never have one id. */
  #outerId(id: unknown): string {
    return `${String(this.#generation)}:${JSON.stringify(id)}`;
  }

  #cancelling(message: Message): Message {
    const { id } = message.params as { id: unknown };
    return { ...message, params: { id: this.#outerId(id) } };
  }

  /** What has to be cleared when the session ends in the middle. */
  #watch(method: string, params: unknown): void {
    if (method === "textDocument/publishDiagnostics") {
      const { uri, diagnostics } = params as { uri: string; diagnostics: readonly unknown[] };
      if (diagnostics.length > 0) this.#marked.add(uri);
      else this.#marked.delete(uri);
    } else if (method === "$/progress") {
      const { token, value } = params as { token: string | number; value: { kind?: string } };
      if (value.kind === "end") this.#progress.delete(token);
      else this.#progress.add(token);
    }
  }

  /** The session has ended by itself, or was ended because it hung. */
  #ended(): void {
    this.#session = undefined;
    const file = this.#file;
    if (this.#careful && file !== undefined && !this.#skipped.has(file)) {
      this.#skipped.add(file);
      this.#failures = 0;
      this.#client.log(`${file} took too long or too much memory; it is left out until it changes`);
      this.#tellSkipped();
    } else if (++this.#failures > mostFailures) {
      this.#client.log("the session ends again and again; it is not begun any more");
      for (const id of this.#pending.keys()) this.#giveUp(id, "the session has ended");
      return;
    }
    this.#careful = true;
    this.#client.log("the session did not go on and is begun anew");
    this.#clear();
    this.#startSession();
  }

  #clear(): void {
    const send = (method: string, params: unknown): void =>
      this.#client.send({ jsonrpc: "2.0", method, params });
    for (const token of this.#progress) send("$/progress", { token, value: { kind: "end" } });
    for (const uri of this.#marked)
      send("textDocument/publishDiagnostics", { uri, diagnostics: [] });
    this.#progress.clear();
    this.#marked.clear();
    for (const [id, { message, failures }] of [...this.#pending]) {
      if (failures > 0 || once.test(String(message.method)))
        this.#giveUp(id, "the session has ended");
      else this.#pending.set(id, { message, failures: failures + 1 });
    }
  }

  #giveUp(id: string | number, message: string): void {
    this.#pending.delete(id);
    this.#fail(id, { code: errors.contentModified, message });
  }

  #fail(id: unknown, error: { readonly code: number; readonly message: string }): void {
    this.#client.send({ jsonrpc: "2.0", id: isId(id) ? id : null, error });
  }

  #tellSkipped(): void {
    const params: SkippedFiles = { files: [...this.#skipped].sort() };
    this.#client.send({ jsonrpc: "2.0", method: skippedNotification, params });
  }
}

function isId(id: unknown): id is string | number {
  return typeof id === "string" || typeof id === "number";
}

function splitId(id: unknown): readonly [generation: number, id: string | number | undefined] {
  const [, generation = "", own = ""] = /^(\d+):(.*)$/.exec(String(id)) ?? [];
  return generation === "" ? [0, undefined] : [Number(generation), JSON.parse(own) as string];
}
