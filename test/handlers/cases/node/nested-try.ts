import { ok, respond } from "./lib/respond";
import type { Event, Reply } from "./lib/types";

export const handler = async (event: Event): Promise<Reply> => {
  try {
    let order: { name?: string };
    try {
      order = JSON.parse(event.body || "{}") as { name?: string };
    } catch {
      return { statusCode: 400, body: "bad body" };
    }
    if (event.queryStringParameters.way === "boom") throw new Error(order.name);
    return ok(order);
  } catch (error) {
    return respond(500, String(error));
  }
};
