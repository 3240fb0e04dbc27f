import type { Event, Reply } from "./lib/types";

const config: { cors?: { origin?: string } } = { cors: { origin: "https://shop.example.com" } };

export const handler = async (event: Event): Promise<Reply> => ({
  statusCode: event?.queryStringParameters?.way === "missing" ? 404 : 200,
  headers: { "Access-Control-Allow-Origin": config?.cors?.origin ?? "*", ...(event.headers?.origin && { Vary: "Origin" }) },
});
