/**
 * What a client may say when: the order of a session, and the shapes of parameters. What is refused here reaches no
 * feature, so none has to doubt its parameters. Sources: LSP 3.18, "Lifecycle Messages" and `ErrorCodes`.
 */

export interface ResponseError {
  readonly code: number;
  readonly message: string;
}

/** `undefined`: it may pass. A notification that is refused is dropped; a request is answered with the error. */
export type Refusal = ResponseError | undefined;

/** A message as it comes in. */
export interface Incoming {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
}

const errors = { notInitialized: -32002, invalidRequest: -32600, invalidParams: -32602 } as const;

type Shape =
  | "string"
  | "whole number"
  | "any"
  | { readonly [key: string]: Shape }
  | readonly [Shape]
  | { readonly optional: Shape };

const position = { line: "whole number", character: "whole number" } as const;
const range = { start: position, end: position } as const;
const textDocument = { uri: "string" } as const;
const folder = { uri: "string" } as const;

/** What each message has to have at least. Messages that are not listed may say anything. */
const shapes: Readonly<Record<string, Shape>> = {
  initialize: { capabilities: "any" },
  "textDocument/didOpen": {
    textDocument: { uri: "string", languageId: "string", version: "any", text: "string" },
  },
  "textDocument/didChange": {
    textDocument,
    contentChanges: [{ text: "string", range: { optional: range } }],
  },
  "textDocument/didClose": { textDocument },
  "textDocument/didSave": { textDocument },
  "textDocument/hover": { textDocument, position },
  "textDocument/completion": { textDocument, position },
  "textDocument/codeLens": { textDocument },
  "textDocument/codeAction": { textDocument, range, context: { diagnostics: ["any"] } },
  "textDocument/diagnostic": { textDocument },
  "workspace/diagnostic": { previousResultIds: [{ uri: "string", value: "string" }] },
  "workspace/didChangeWatchedFiles": { changes: [{ uri: "string", type: "whole number" }] },
  "workspace/didChangeWorkspaceFolders": { event: { added: [folder], removed: [folder] } },
  "workspace/didChangeConfiguration": {},
};

/** Judges the messages of one client, in their order. */
export class Gate {
  #state: "new" | "running" | "shut down" = "new";

  get isShutDown(): boolean {
    return this.#state === "shut down";
  }

  /** Why a request or a notification may not pass. Answers to the server's own requests always may. */
  judge({ id, method, params }: Incoming): Refusal {
    if (method === undefined) return undefined;
    if (typeof method !== "string" || !isId(id)) return refused("invalidRequest", "no message");
    return this.#outOfOrder(method, id !== undefined) ?? misshapen(method, params);
  }

  #outOfOrder(method: string, isRequest: boolean): Refusal {
    if (method === "exit" || method.startsWith("$/")) return undefined;
    if (method === "initialize") {
      if (this.#state !== "new") return refused("invalidRequest", "initialized already");
      this.#state = "running";
      return undefined;
    }
    if (this.#state === "new") return refused("notInitialized", `${method} before initialize`);
    if (this.#state === "shut down") return refused("invalidRequest", `${method} after shutdown`);
    if (method === "shutdown" && isRequest) this.#state = "shut down";
    return undefined;
  }
}

function isId(id: unknown): boolean {
  return id === undefined || typeof id === "string" || typeof id === "number";
}

function refused(why: keyof typeof errors, message: string): ResponseError {
  return { code: errors[why], message };
}

function misshapen(method: string, params: unknown): Refusal {
  const shape = Object.hasOwn(shapes, method) ? shapes[method] : undefined;
  const wrong = shape === undefined ? undefined : faultIn(params, shape, "params");
  return wrong === undefined ? undefined : refused("invalidParams", `${method}: ${wrong}`);
}

/** What is wrong with a value; `undefined` when nothing is. */
function faultIn(value: unknown, shape: Shape, name: string): string | undefined {
  if (shape === "any") return undefined;
  if (shape === "string") return typeof value === "string" ? undefined : `${name} is no string`;
  if (shape === "whole number") {
    const fits = Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31;
    return fits ? undefined : `${name} is no whole number from 0`;
  }
  if (isList(shape)) {
    if (!Array.isArray(value)) return `${name} is no list`;
    return first(value, (item, i) => faultIn(item, shape[0], `${name}[${String(i)}]`));
  }
  if (isOptional(shape)) {
    return value === undefined || value === null ? undefined : faultIn(value, shape.optional, name);
  }
  if (typeof value !== "object" || value === null) return `${name} is no object`;
  return first(Object.entries(shape), ([key, each]) =>
    faultIn((value as Record<string, unknown>)[key], each, `${name}.${key}`),
  );
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isOptional(shape: object): shape is { readonly optional: Shape } {
  return "optional" in shape;
}

function first<T>(
  items: readonly T[],
  find: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [i, item] of items.entries()) {
    const found = find(item, i);
    if (found !== undefined) return found;
  }
  return undefined;
}
