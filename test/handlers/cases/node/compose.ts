type Event = { httpMethod: string; queryStringParameters: Record<string, string | undefined> };
type Answer = { statusCode: number; headers?: Record<string, string>; body: string };
type Handler = (event: Event) => Promise<Answer>;
type Middleware = (next: Handler) => Handler;

const compose =
  (...middlewares: Middleware[]): Middleware =>
  (next) =>
    middlewares.reduceRight((inner, middleware) => middleware(inner), next);

const withCors: Middleware = (next) => async (event) => {
  const answer = await next(event);
  return { ...answer, headers: { ...answer.headers, "Access-Control-Allow-Origin": "*" } };
};

const withErrors: Middleware = (next) => async (event) => {
  try {
    return await next(event);
  } catch {
    return { statusCode: 500, headers: { "X-Failed": "1" }, body: "" };
  }
};

const limited: Middleware = (next) => async (event) =>
  event.queryStringParameters.way === "teapot"
    ? { statusCode: 418, headers: { Vary: "Origin" }, body: "" }
    : next(event);

export const handler = compose(limited, withCors, withErrors)(async (event) => {
  if (event.queryStringParameters.way === "boom") throw new Error("boom");
  return { statusCode: 200, body: "[]" };
});
