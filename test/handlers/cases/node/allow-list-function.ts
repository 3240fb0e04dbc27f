import { ALLOWED } from "./lib/constants";
import type { Event, Reply } from "./lib/types";

const isAllowed = (origin: string | undefined): origin is string => {
  if (!origin) return false;
  for (const one of ALLOWED) {
    if (one === origin) return true;
  }
  return /^http:\/\/localhost:\d+$/.test(origin);
};

function corsFor(event: Event): Record<string, string> {
  const origin = event.headers.origin ?? event.headers.Origin;
  if (!isAllowed(origin)) return {};
  return { "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true", Vary: "Origin" };
}

export const handler = async (event: Event): Promise<Reply> => {
  const headers = corsFor(event);
  if (event.httpMethod === "OPTIONS") return { statusCode: 204, headers };
  try {
    return { statusCode: 200, headers: { ...headers, "Content-Type": "application/json" }, body: JSON.parse(event.body!) };
  } catch {
    return { statusCode: 400, headers };
  }
};
