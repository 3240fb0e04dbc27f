import type { Event, Reply } from "./lib/types";

const patterns = [/^https:\/\/shop\.example\.com/, /^http:\/\/localhost(:\d+)?$/];

export const handler = async (event: Event): Promise<Reply> => {
  const origin = event.headers.origin ?? "";
  const ok = patterns.some((pattern) => pattern.test(origin));
  return ok ? { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin } } : { statusCode: 403 };
};
