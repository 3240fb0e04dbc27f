import { ALLOWED } from "./lib/constants";
import type { Event, Reply } from "./lib/types";

function allowOrigin(event: Event): string {
  const origin = event.headers.origin || event.headers.Origin;
  return origin && ALLOWED.includes(origin) ? origin : ALLOWED[0]!;
}

export const handler = async (event: Event): Promise<Reply> => ({
  statusCode: event.queryStringParameters.way === "missing" ? 404 : 200,
  headers: { "Access-Control-Allow-Origin": allowOrigin(event), "Access-Control-Allow-Credentials": "true" },
});
