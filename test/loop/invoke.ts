/** Runs handlers for real: Node's in this process, Python's in one of their own. */
import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createInterface } from "node:readline";

export interface Invocation {
  readonly file: string;
  readonly name: string;
  readonly language: "node" | "python";
  readonly event: object;
}

/** What came out: a value, or that the handler threw. */
export type Result = { readonly value: unknown } | { readonly threw: string };

export interface Runtimes {
  invoke(what: Invocation): Promise<Result>;
  close(): void;
}

const load = createRequire(__filename);

/** The Python process starts with the first Python handler and ends with `close`. */
export function startRuntimes(): Runtimes {
  let python: PythonRuntime | undefined;
  return {
    invoke: ({ file, name, language, event }) => {
      if (language === "node") return invokeNode(file, name, event);
      python ??= startPython();
      return python.invoke({ file, name, event });
    },
    close: () => python?.close(),
  };
}

async function invokeNode(file: string, name: string, event: object): Promise<Result> {
  try {
    const module = (
      file.endsWith(".mjs") ? await import(pathToFileURL(file).href) : load(file)
    ) as Readonly<Record<string, (event: object, context: object) => unknown>>;
    const handler = module[name];
    if (!handler) throw new Error(`${file} exports no ${name}`);
    return { value: await handler(structuredClone(event), { awsRequestId: "r-1" }) };
  } catch (error) {
    return { threw: error instanceof Error ? error.message : String(error) };
  }
}

interface PythonRuntime {
  invoke(what: Omit<Invocation, "language">): Promise<Result>;
  close(): void;
}

function startPython(): PythonRuntime {
  const child: ChildProcess = spawn("python3", ["-B", join(__dirname, "invoke.py")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting = new Map<
    number,
    { resolve: (result: Result) => void; reject: (e: Error) => void }
  >();
  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  child.on("error", fail);
  child.on("exit", () => fail(new Error("Python ended")));
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error("no pipe to Python");
  createInterface({ input: stdout }).on("line", (line) => {
    const { id, ...result } = JSON.parse(line) as { id: number } & Result;
    waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  let last = 0;
  return {
    invoke: (what) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, { resolve, reject });
        stdin.write(`${JSON.stringify({ id, ...what })}\n`);
      }),
    close: () => stdin.end(),
  };
}
