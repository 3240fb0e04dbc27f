import type { Event, Reply } from "./lib/types";

export const handler = async (event: Event): Promise<Reply> => {
  if (event.queryStringParameters.way === "missing") {
    return { statusCode: 404, body: "no such order" };
  }
  return {
    statusCode: 200,
    headers: { "Access-Control-Allow-Origin": "*", "Content-Type": "application/json" },
    body: JSON.stringify({ orders: [] }),
  };
};
