import type { Event, Reply } from "./lib/types";

class Response {
  private readonly headers: Record<string, string> = { "Content-Type": "application/json" };
  private body = "";

  constructor(private status = 200) {}

  static ok(): Response {
    return new Response().allow("*");
  }

  allow(origin: string): this {
    this.headers["Access-Control-Allow-Origin"] = origin;
    return this;
  }

  withBody(body: unknown): this {
    this.body = JSON.stringify(body);
    return this;
  }

  build(): Reply {
    return { statusCode: this.status, headers: this.headers, body: this.body };
  }
}

export const handler = async (event: Event): Promise<Reply> => {
  if (event.queryStringParameters.way === "missing") return new Response(404).withBody("missing").build();
  if (event.queryStringParameters.way === "boom") return new Response(500).allow("https://shop.example.com").build();
  return Response.ok().withBody([]).build();
};
