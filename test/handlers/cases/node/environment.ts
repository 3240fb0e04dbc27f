import type { Event, Reply } from "./lib/types";

const origin = process.env.ALLOWED_ORIGIN ?? "*";

export const handler = async (event: Event): Promise<Reply> => ({
  statusCode: event.queryStringParameters.way === "missing" ? 404 : 200,
  headers: { "Access-Control-Allow-Origin": origin },
});
