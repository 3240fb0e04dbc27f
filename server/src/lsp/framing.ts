/** Messages in a stream of bytes: LSP's base protocol, without ever losing the thread. */

/** A head is a line or two. What is longer before its end is none. */
const longestHead = 8 * 1024;
/** Bytes of one message. No client sends half as much. */
const longestBody = 256 * 1024 * 1024;

const end = Buffer.from("\r\n\r\n");

export interface FrameSink {
  readonly message: (message: unknown) => void;
  /** What was left out, and why. */
  readonly fault: (reason: string) => void;
}

/** Takes bytes as they come and gives messages; a head without a length and a body that is no JSON are left out. */
export class Frames {
  readonly #sink: FrameSink;
  #chunks: Buffer[] = [];
  #size = 0;
  /** Of the body that is awaited. */
  #length: number | undefined;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    // Bytes are put together once a part is whole, and not for each chunk of it.
    while (this.#length === undefined ? this.#head() : this.#body(this.#length));
  }

  /** Takes the next head, if it is whole. */
  #head(): boolean {
    const bytes = this.#joined();
    const at = bytes.indexOf(end);
    if (at < 0) {
      if (bytes.length > longestHead)
        this.#drop(bytes.length - end.length, "a head without an end");
      return false;
    }
    const head = bytes.subarray(0, at).toString("latin1");
    const length = Number(
      /(?:^|\r\n)content-length:[ \t]*(\d{1,12})[ \t]*(?:\r\n|$)/i.exec(head)?.[1],
    );
    this.#take(at + end.length);
    if (Number.isNaN(length)) this.#sink.fault("a head without Content-Length");
    else if (length > longestBody) this.#sink.fault("a message that is too long");
    else this.#length = length;
    return true;
  }

  /** Takes the body, if it is whole. */
  #body(length: number): boolean {
    if (this.#size < length) return false;
    const text = this.#joined().subarray(0, length).toString("utf8");
    this.#length = undefined;
    this.#take(length);
    const message = parsed(text);
    if (message === undefined) this.#sink.fault("a message that is no JSON");
    else this.#sink.message(message);
    return true;
  }

  #joined(): Buffer {
    const [only = Buffer.alloc(0)] = this.#chunks;
    if (this.#chunks.length <= 1) return only;
    const all = Buffer.concat(this.#chunks, this.#size);
    this.#chunks = [all];
    return all;
  }

  #take(count: number): void {
    const rest = this.#joined().subarray(count);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#size = rest.length;
  }

  #drop(count: number, reason: string): void {
    this.#take(count);
    this.#sink.fault(reason);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A message as bytes. */
export function framed(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message), "utf8");
  return Buffer.concat([Buffer.from(`Content-Length: ${String(body.length)}\r\n\r\n`), body]);
}
