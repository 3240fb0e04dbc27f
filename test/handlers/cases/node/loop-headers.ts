import type { Event, Reply } from "./lib/types";

const pairs: [string, string][] = [
  ["Access-Control-Allow-Origin", "https://shop.example.com"],
  ["Access-Control-Expose-Headers", "etag"],
];

export const handler = async (event: Event): Promise<Reply> => {
  const headers: Record<string, string> = {};
  for (const [name, value] of pairs) headers[name] = value;
  pairs.forEach(([name, value]) => {
    if (event.httpMethod === "GET") headers[name.toLowerCase()] = value;
  });
  return { statusCode: 200, headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== "etag")) };
};
