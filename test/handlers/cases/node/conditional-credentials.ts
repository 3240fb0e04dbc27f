import { ALLOWED } from "./lib/constants";
import type { Event, Reply } from "./lib/types";

const cors = (origin: string | undefined) => {
  const trusted = origin !== undefined && ALLOWED.indexOf(origin) >= 0;
  return {
    "Access-Control-Allow-Origin": trusted ? origin : "*",
    ...(trusted ? { "Access-Control-Allow-Credentials": "true" } : {}),
  };
};

export const handler = async (event: Event): Promise<Reply> => ({ statusCode: 200, headers: cors(event.headers.origin) });
