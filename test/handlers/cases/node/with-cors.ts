import type { Event, Reply } from "./lib/types";

type Handler = (event: Event) => Promise<Reply>;

const withCors =
  (inner: Handler): Handler =>
  async (event) => {
    const reply = await inner(event);
    return { ...reply, headers: { ...reply.headers, "Access-Control-Allow-Origin": "*" } };
  };

export const handler = withCors(async (event) => {
  if (event.queryStringParameters.way === "missing") return { statusCode: 404 };
  return { statusCode: 200, headers: { "X-Orders": "1", "Access-Control-Allow-Origin": "https://shop.example.com" } };
});
