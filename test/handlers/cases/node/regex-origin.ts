import type { Event, Reply } from "./lib/types";

const pattern = /^https:\/\/([a-z]+\.)?example\.com$/;

export const handler = async (event: Event): Promise<Reply> => {
  const origin = event.headers.origin;
  const reply: Reply = { statusCode: 200, headers: {} };
  if (origin && pattern.test(origin)) {
    reply.headers!["Access-Control-Allow-Origin"] = origin;
  }
  return reply;
};
