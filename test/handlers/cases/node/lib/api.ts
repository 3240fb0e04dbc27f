import type { Event, Reply } from "./types";

type Route = (event: Event) => Reply;

export default class Api {
  private routes: Record<string, Route> = {};

  get(path: string, route: Route): void {
    this.routes[`GET ${path}`] = route;
  }

  del(path: string, route: Route): void {
    this.routes[`DELETE ${path}`] = route;
  }

  reply(statusCode: number, body: unknown): Reply {
    return { statusCode, headers: { "Access-Control-Allow-Origin": "*" }, body: JSON.stringify(body) };
  }

  handler(): (event: Event) => Promise<Reply> {
    return async (event) => {
      const route = this.routes[event.routeKey];
      return route ? route(event) : this.reply(404, "no route");
    };
  }
}
