/** How the client is reached: by its own channel (`--node-ipc`), a socket, a pipe, or standard input and output. */
import { connect } from "node:net";
import type { Readable, Writable } from "node:stream";
import { framed, Frames } from "./framing";

export interface Transport {
  readonly send: (message: unknown) => void;
  /** Begins to listen. `closed` comes when the other end is gone. */
  readonly listen: (listener: TransportListener) => void;
}

export interface TransportListener {
  readonly message: (message: unknown) => void;
  readonly fault: (reason: string) => void;
  readonly closed: () => void;
}

/** The transport that the arguments ask for. */
export function transportOf(args: readonly string[]): Transport {
  const value = (name: string): string | undefined => {
    const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
    return at < 0 ? undefined : args[at]?.slice(name.length + 1) || args[at + 1];
  };
  if (args.includes("--node-ipc")) return channel();
  const [port, pipe] = [value("--socket"), value("--pipe")];
  if (port !== undefined) return overSocket({ port: Number(port), host: "127.0.0.1" });
  if (pipe !== undefined) return overSocket({ path: pipe });
  return overStreams(process.stdin, process.stdout);
}

function overSocket(where: { port: number; host: string } | { path: string }): Transport {
  const socket = connect(where);
  return overStreams(socket, socket);
}

function overStreams(input: Readable, output: Writable): Transport {
  return {
    send: (message) => void output.write(framed(message)),
    listen: ({ message, fault, closed }) => {
      const frames = new Frames({ message, fault });
      input.on("data", (chunk: Buffer) => frames.push(chunk));
      input.on("end", closed);
      input.on("close", closed);
      input.on("error", closed);
      // A client that is gone takes nothing; its end is told by the input.
      output.on("error", () => undefined);
    },
  };
}

function channel(): Transport {
  return {
    send: (message) => void process.send?.(message),
    listen: ({ message, closed }) => {
      process.on("message", message);
      process.on("disconnect", closed);
    },
  };
}
