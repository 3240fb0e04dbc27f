import type { Event } from "./lib/types";

declare const awslambda: {
  streamifyResponse(handler: (event: Event, stream: NodeJS.WritableStream) => Promise<void>): unknown;
  HttpResponseStream: { from(stream: NodeJS.WritableStream, metadata: object): NodeJS.WritableStream };
};

export const handler = awslambda.streamifyResponse(async (event, stream) => {
  if (event.httpMethod === "OPTIONS") {
    stream = awslambda.HttpResponseStream.from(stream, { statusCode: 204, headers: { "Access-Control-Allow-Origin": "*" } });
    stream.end();
    return;
  }
  const metadata = { statusCode: 200, headers: { "Content-Type": "text/event-stream" } };
  stream = awslambda.HttpResponseStream.from(stream, metadata);
  stream.write("data: 1\n\n");
  stream.end();
});
