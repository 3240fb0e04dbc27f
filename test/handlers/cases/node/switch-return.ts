import type { Event, Reply } from "./lib/types";

export const handler = async (event: Event): Promise<Reply> => {
  let status = 200;
  const headers: Record<string, string> = { "Access-Control-Allow-Origin": "*" };
  switch (event.requestContext.http.method) {
    case "OPTIONS":
      return { statusCode: 204, headers: { ...headers, "Access-Control-Allow-Methods": "GET,POST", "Access-Control-Allow-Headers": "content-type" } };
    case "GET":
    case "POST":
      break;
    default:
      status = 405;
  }
  return { statusCode: status, headers: status === 200 ? headers : undefined };
};
