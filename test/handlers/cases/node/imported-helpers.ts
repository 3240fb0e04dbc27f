import { badRequest, bare, ok, respond } from "./lib/respond";
import type { Event, Reply } from "./lib/types";

export const handler = async (event: Event): Promise<Reply> => {
  const { way } = event.queryStringParameters;
  if (!way) return badRequest("no way");
  if (way === "teapot") return bare(418);
  if (way === "missing") return respond(404, { way }, { Vary: "Origin", "Access-Control-Allow-Origin": "*" });
  return ok({ way });
};
