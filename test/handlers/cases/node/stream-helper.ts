import type { Event } from "./lib/types";

declare const awslambda: {
  streamifyResponse(handler: (event: Event, stream: NodeJS.WritableStream) => Promise<void>): unknown;
  HttpResponseStream: { from(stream: NodeJS.WritableStream, metadata: object): NodeJS.WritableStream };
};

const begin = (stream: NodeJS.WritableStream, statusCode: number, headers: Record<string, string> = {}) =>
  awslambda.HttpResponseStream.from(stream, { statusCode, headers: { "Access-Control-Allow-Origin": "*", ...headers } });

async function run(event: Event, stream: NodeJS.WritableStream): Promise<void> {
  try {
    const { name } = JSON.parse(event.body ?? "{}") as { name?: string };
    const out = begin(stream, name ? 200 : 400, { Vary: "Origin" });
    out.end(name);
  } catch {
    begin(stream, 500).end();
  }
}

export const handler = awslambda.streamifyResponse(run);
