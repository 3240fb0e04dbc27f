import type { Event, Reply } from "./lib/types";

export const handler = async (event: Event): Promise<Reply> => {
  const response: Reply = { statusCode: 200, headers: {} };
  try {
    if (event.queryStringParameters.way === "boom") throw new Error("boom");
    response.body = JSON.stringify(JSON.parse(event.body ?? "{}"));
  } catch {
    response.statusCode = 500;
  } finally {
    response.headers = { ...response.headers, "Access-Control-Allow-Origin": "*" };
  }
  return response;
};
