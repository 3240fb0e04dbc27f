import type { Event, Reply } from "./lib/types";

class Missing extends Error {
  readonly statusCode = 404;
}

function load(way: string | undefined): string {
  if (way === "missing") throw new Missing("no such order");
  if (way === "boom") throw new TypeError("boom");
  return "order";
}

export const handler = async (event: Event): Promise<Reply> => {
  try {
    return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: load(event.queryStringParameters.way) };
  } catch (error) {
    if (error instanceof Missing) {
      return { statusCode: error.statusCode, headers: { "Access-Control-Allow-Origin": "null" }, body: error.message };
    }
    throw error;
  }
};
