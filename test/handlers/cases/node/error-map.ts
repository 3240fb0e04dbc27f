import { defaults } from "./lib/constants";
import type { Event, Reply } from "./lib/types";

class HttpError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

const check = (way: string | undefined): void => {
  if (way === undefined) throw new HttpError(400, "no way");
  if (way === "missing") throw new HttpError(404, "missing");
  if (way === "boom") throw new Error("boom");
};

const toReply = (error: unknown): Reply =>
  error instanceof HttpError
    ? { statusCode: error.status, headers: defaults, body: error.message }
    : { statusCode: 500, body: "failed" };

export const handler = async (event: Event): Promise<Reply> => {
  try {
    check(event.queryStringParameters.way);
    return { statusCode: 200, headers: { ...defaults } };
  } catch (error) {
    return toReply(error);
  }
};
