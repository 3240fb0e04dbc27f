import type { Event, Reply } from "./lib/types";

const allowed = new Set(["https://shop.example.com", "http://localhost:5173"]);

export const handler = async ({ headers, httpMethod }: Event): Promise<Reply> => {
  const { origin = "" } = headers;
  const cors = allowed.has(origin) ? { "Access-Control-Allow-Origin": origin, Vary: "Origin" } : {};
  if (httpMethod === "OPTIONS") return { statusCode: 204, headers: { ...cors, "Access-Control-Allow-Methods": "GET" } };
  return { statusCode: 200, headers: { ...cors } };
};
