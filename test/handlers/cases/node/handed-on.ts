import type { Event, Reply } from "./lib/types";

const headers = { "Access-Control-Allow-Origin": "*" };

class Unknown extends Error {}

async function find(event: Event): Promise<Reply> {
  if (event.queryStringParameters.way === "boom") throw new Unknown();
  return { statusCode: 200, headers };
}

/** A promise that is returned and not awaited: the `catch` never sees its rejection. */
export const handler = async (event: Event): Promise<Reply> => {
  try {
    if (event.httpMethod === "POST") throw new Unknown();
    return event.httpMethod === "DELETE" ? await find(event) : find(event);
  } catch {
    return { statusCode: 418, headers };
  }
};
