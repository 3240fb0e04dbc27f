import type { Event, Reply } from "./lib/types";

const headers = async () => ({ "Access-Control-Allow-Origin": "*" });
const status = async (way?: string) => {
  if (way === "boom") throw new Error("boom");
  return way === "missing" ? 404 : 200;
};

export const handler = async (event: Event): Promise<Reply> => {
  const [cors, statusCode] = await Promise.all([headers(), status(event.queryStringParameters.way)]);
  return { statusCode, headers: cors };
};
