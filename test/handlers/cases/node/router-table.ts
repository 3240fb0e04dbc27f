import { ok, respond } from "./lib/respond";
import type { Event, Reply } from "./lib/types";

type Route = (event: Event) => Reply;

const routes: Record<string, Route> = {
  "GET /orders": () => ok([]),
  "POST /orders": (event) => respond(201, event.body),
  "DELETE /orders": () => ({ statusCode: 204 }),
};

export const handler = async (event: Event): Promise<Reply> => {
  const route = routes[`${event.httpMethod} ${event.path}`];
  if (!route) return respond(404, "no route");
  return route(event);
};
