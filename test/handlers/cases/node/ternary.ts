import type { Event, Reply } from "./lib/types";

export async function handler(event: Event): Promise<Reply> {
  const found = event.queryStringParameters.way !== "missing";
  return found
    ? { statusCode: 200, headers: { "Access-Control-Allow-Origin": "https://shop.example.com" }, body: "{}" }
    : { statusCode: 404, headers: { "X-Why": "missing" }, body: "{}" };
}
