import type { Event, Reply } from "./lib/types";

const pick = (event: Event): Reply | undefined =>
  event.queryStringParameters.way === "ok" ? { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } } : undefined;

const missing = { statusCode: 404, headers: { "Access-Control-Allow-Origin": "https://shop.example.com" } };

export const handler = async (event: Event) => pick(event) ?? missing;
