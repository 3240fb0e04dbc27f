import type { Event, Reply } from "./lib/types";

abstract class AppError extends Error {
  abstract readonly status: number;
  headers(): Record<string, string> {
    return { "Access-Control-Allow-Origin": "*" };
  }
}
class NotFound extends AppError {
  readonly status = 404;
}
class Teapot extends AppError {
  readonly status = 418;
  override headers() {
    return {};
  }
}

const guard = (inner: (event: Event) => Reply) => async (event: Event): Promise<Reply> => {
  try {
    return inner(event);
  } catch (e) {
    if (e instanceof AppError) return { statusCode: e.status, headers: e.headers(), body: e.message };
    throw e;
  }
};

export const handler = guard((event) => {
  const { way } = event.queryStringParameters;
  if (way === "missing") throw new NotFound("missing");
  if (way === "teapot") throw new Teapot("teapot");
  if (way === "boom") throw new RangeError("boom");
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } };
});
