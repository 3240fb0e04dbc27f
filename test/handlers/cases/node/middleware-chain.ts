import type { Event, Reply } from "./lib/types";

type Handler = (event: Event) => Promise<Reply>;
type Middleware = (next: Handler) => Handler;

const catching: Middleware = (next) => async (event) => {
  try {
    return await next(event);
  } catch (error) {
    return { statusCode: 500, body: String(error) };
  }
};

const cors: Middleware = (next) => async (event) => {
  const reply = await next(event);
  reply.headers = { ...(reply.headers ?? {}), "Access-Control-Allow-Origin": "https://shop.example.com" };
  return reply;
};

const authorized: Middleware = (next) => async (event) => {
  if (event.headers.authorization === "Bearer bad") return { statusCode: 401 };
  return next(event);
};

const compose = (...parts: Middleware[]) => (inner: Handler): Handler =>
  parts.reduceRight((next, part) => part(next), inner);

export const handler = compose(catching, cors, authorized)(async (event) => {
  if (event.queryStringParameters.way === "boom") throw new Error("boom");
  return { statusCode: 200 };
});
