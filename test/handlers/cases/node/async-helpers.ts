import { readFile } from "node:fs/promises";
import type { Event, Reply } from "./lib/types";

async function load(way: string | undefined): Promise<string | undefined> {
  if (way === "missing") return undefined;
  return readFile(way === "boom" ? "/nowhere" : __filename, "utf8");
}

const answer = async (event: Event): Promise<Reply> => {
  const text = await load(event.queryStringParameters.way);
  return text === undefined ? { statusCode: 404, headers: {} } : { statusCode: 200, headers: {}, body: text };
};

export const handler = async (event: Event): Promise<Reply> => {
  const reply = await answer(event).catch(() => ({ statusCode: 500, headers: { Vary: "Origin" } }) as Reply);
  reply.headers!["Access-Control-Allow-Origin"] = "*";
  return reply;
};
