import type { Event, Reply } from "./lib/types";

export const handler = async (event: Event): Promise<Reply> => {
  const origin = event.headers.origin;
  let trusted = false;
  try {
    trusted = new URL(origin ?? "").hostname === "shop.example.com";
  } catch {
    trusted = false;
  }
  return { statusCode: 200, headers: trusted && origin ? { "Access-Control-Allow-Origin": origin } : {} };
};
