import type { Event, Reply } from "./lib/types";

const prefix = "Access-Control-";
const ALLOW_ORIGIN = `${prefix}Allow-Origin`;
const HEADERS = { methods: prefix + "Allow-Methods", credentials: "access-control-allow-credentials" } as const;

export const handler = async (event: Event): Promise<Reply> => {
  const headers: Record<string, string> = {};
  headers[ALLOW_ORIGIN] = "https://shop.example.com";
  if (event.httpMethod === "OPTIONS") {
    headers[HEADERS.methods] = ["GET", "POST"].join(",");
    return { statusCode: 204, headers: { ...headers, [HEADERS.credentials]: "true" } };
  }
  return { statusCode: 200, headers };
};
