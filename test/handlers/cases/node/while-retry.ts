import type { Event, Reply } from "./lib/types";

export const handler = async (event: Event): Promise<Reply> => {
  let attempts = 0;
  while (attempts < 3) {
    try {
      const order = JSON.parse(event.body ?? "null") as object;
      return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: JSON.stringify(order) };
    } catch {
      attempts++;
    }
  }
  return { statusCode: 503 };
};
