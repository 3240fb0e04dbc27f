import type { Event, Reply } from "./lib/types";

const headerOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const ways: Record<string, string> = { Get: "https://shop.example.com", Post: "https://admin.example.com" };

export const handler = async (event: Event): Promise<Reply> => {
  const names = ["access-control-allow-origin", "x-first"];
  const first = names[0]![0]!.toUpperCase() + names[0]!.slice(1);
  const origin = event.httpMethod === "POST" ? ways[headerOf("post")] : ways[headerOf("get")];
  const page = event.httpMethod === "DELETE" ? "" : origin;
  return page ? { statusCode: 200, headers: { [first]: page } } : { statusCode: 405, headers: { [headerOf("allow")]: "GET" } };
};
