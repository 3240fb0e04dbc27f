import type { Event, Reply } from "./lib/types";

async function find(event: Event): Promise<Reply> {
  if (event.queryStringParameters.way === "boom") throw new Error("gone");
  return { statusCode: 200, headers: { Vary: "Origin" } };
}

/** Not async itself: it hands the promise on. */
function search(event: Event): Promise<Reply> {
  try {
    if (event.httpMethod === "POST") throw new Error("no posts");
    return find(event);
  } catch {
    return Promise.resolve({ statusCode: 405 });
  }
}

export const handler = async (event: Event): Promise<Reply> => {
  try {
    return search(event);
  } catch {
    return { statusCode: 418, headers: { "Access-Control-Allow-Origin": "*" } };
  }
};
