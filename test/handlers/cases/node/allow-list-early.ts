import type { Event, Reply } from "./lib/types";

const allowed = new Map([["https://shop.example.com", "true"], ["https://admin.example.com", "false"]]);

export const handler = async (event: Event): Promise<Reply> => {
  const origin = event.headers["origin"] || event.headers["Origin"];
  if (!origin || !allowed.has(origin)) {
    return { statusCode: 403, body: "forbidden" };
  }
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin } };
};
