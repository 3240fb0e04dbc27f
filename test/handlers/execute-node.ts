/** Runs a handler of `cases/node` as Lambda's runtime for Node.js does, each time with its modules loaded afresh. */
import { createRequire } from "node:module";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import type { Outcome } from "./outcome";
import { outcomeOf, threw } from "./outcome";

type Callback = (error: unknown, value?: unknown) => void;
type Handler = (event: object, context: object, callback: Callback) => unknown;

const load = createRequire(__filename);
let turn = 0;

/** What the handler in a file answers to each event. */
export async function runNode(
  file: string,
  events: readonly object[],
  name = "handler",
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const event of events)
    outcomes.push(await quietly(() => answer(file, name, structuredClone(event))));
  return outcomes;
}

async function answer(file: string, name: string, event: object): Promise<Outcome> {
  const streamed: unknown[] = [];
  installStreaming(streamed);
  const handler = await fresh(file, name);
  try {
    const value = await settled(handler, event);
    return outcomeOf(streamed.length > 0 ? streamed[0] : value);
  } catch (error) {
    return streamed.length > 0 ? outcomeOf(streamed[0]) : threw(error);
  }
}

/** The promise's value, else what the callback was given. */
function settled(handler: Handler, event: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const callback: Callback = (error, value) => {
      if (error === null || error === undefined) resolve(value);
      else reject(error instanceof Error ? error : new Error("the callback was given an error"));
    };
    const context = { awsRequestId: "r-1", succeed: resolve, fail: reject, done: callback };
    const result = handler(event, context, callback);
    if (result instanceof Promise) result.then(resolve, reject);
    else if (handler.length < 3) resolve(result);
  });
}

async function fresh(file: string, name: string): Promise<Handler> {
  const cases = file.slice(0, file.lastIndexOf("/node/"));
  for (const key of Object.keys(load.cache)) if (key.startsWith(cases)) delete load.cache[key];
  turn += 1;
  const module = (
    /\.m[jt]s$/.test(file) ? await import(`${pathToFileURL(file).href}?${turn}`) : load(file)
  ) as Record<string, Handler>;
  const handler = module[name];
  if (!handler) throw new Error(`${file} exports no ${name}`);
  return handler;
}

/** The global that the managed runtime provides for response streaming. */
function installStreaming(streamed: unknown[]): void {
  const awslambda = {
    streamifyResponse:
      (handler: (event: object, stream: PassThrough, context: object) => unknown) =>
      (event: object, context: object) =>
        handler(event, new PassThrough().resume(), context),
    HttpResponseStream: {
      from: (stream: PassThrough, metadata: unknown) => {
        streamed.push(metadata);
        return stream;
      },
    },
  };
  Object.assign(globalThis, { awslambda });
}

/** Runs code whose console nobody wants to read. */
export async function quietly<T>(body: () => Promise<T>): Promise<T> {
  const { log, error, warn } = console;
  Object.assign(console, { log: () => undefined, error: () => undefined, warn: () => undefined });
  try {
    return await body();
  } finally {
    Object.assign(console, { log, error, warn });
  }
}
