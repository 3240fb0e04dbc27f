import { ALLOWED } from "./lib/constants";
import type { Event, Reply } from "./lib/types";

export const handler = async (event: Event): Promise<Reply> => {
  const origin = event.headers.origin ?? event.headers.Origin ?? "";
  const headers: Record<string, string> = { Vary: "Origin" };
  if (ALLOWED.includes(origin)) headers["Access-Control-Allow-Origin"] = origin;
  return { statusCode: 200, headers };
};
