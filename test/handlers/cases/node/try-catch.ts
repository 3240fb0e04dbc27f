import type { Event, Reply } from "./lib/types";

export const handler = async (event: Event): Promise<Reply> => {
  const headers = { "Access-Control-Allow-Origin": "*" };
  try {
    if (!event.body) return { statusCode: 400, headers, body: "no body" };
    const order = JSON.parse(event.body) as { name?: string };
    if (!order.name) {
      return { statusCode: 422, body: "no name" };
    }
    return { statusCode: 201, headers, body: order.name };
  } catch (error) {
    console.error(error);
    return { statusCode: 500, body: "failed" };
  }
};
