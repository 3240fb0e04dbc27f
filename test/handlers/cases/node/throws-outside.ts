import type { Event, Reply } from "./lib/types";

export const handler = async (event: Event): Promise<Reply> => {
  const order = JSON.parse(event.body ?? "{}") as { name?: string };
  try {
    if (event.queryStringParameters.way === "boom") throw new Error("boom");
    return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: order.name };
  } catch {
    return { statusCode: 500, headers: { "Access-Control-Allow-Origin": "*" } };
  }
};
