import type { Event, Reply } from "./lib/types";

process.env.ORIGINS ??= "https://shop.example.com,https://admin.example.com";
const allowed = (process.env.ORIGINS ?? "").split(",").map((origin) => origin.trim());

export const handler = async (event: Event): Promise<Reply> => {
  const origin = event.headers.origin ?? "";
  if (!allowed.includes(origin)) return { statusCode: 403, headers: { Vary: "Origin" } };
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin, Vary: "Origin" } };
};
