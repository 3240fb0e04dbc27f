import type { Event, Reply } from "./lib/types";

async function find(event: Event): Promise<Reply> {
  await Promise.resolve();
  if (event.queryStringParameters.way === "boom") throw new Error("gone");
  return { statusCode: 200 };
}

async function search(event: Event): Promise<Reply> {
  try {
    return find(event).then((reply) => ({ ...reply, headers: { Vary: "Origin" } }));
  } catch {
    return { statusCode: 418 };
  } finally {
    event.body = null;
  }
}

/** What `search` does not catch is caught here, where its promise is awaited. */
export const handler = async (event: Event): Promise<Reply> => {
  try {
    return await search(event);
  } catch {
    return { statusCode: 503, headers: { "Access-Control-Allow-Origin": "*" } };
  }
};
