import { http } from "./lib";

export const handler = async (event: { httpMethod: string }) =>
  event.httpMethod === "GET" ? http.ok([]) : http.respond(405, "no", { Vary: "Accept" });
