type Event = { queryStringParameters: { way?: string } };

class Shop {
  #headers: Record<string, string> = { "Access-Control-Allow-Origin": "*" };
  #routes = new Map<string | undefined, (event: Event) => Promise<number>>([
    ["missing", async () => 404],
    ["teapot", () => Promise.resolve(418)],
  ]);

  constructor(private readonly name = "shop") {}

  async handle(event: Event) {
    const route = this.#routes.get(event.queryStringParameters.way);
    if (!route) return this.#respond(200, JSON.stringify({ shop: this.name }));
    const [status] = await Promise.all([route(event)]);
    return this.#respond(status);
  }

  #respond(statusCode: number, body = "") {
    const headers = statusCode === 418 ? {} : this.#headers;
    return { statusCode, headers, body };
  }
}

const shop = new Shop();
export const handler = (event: Event) => shop.handle(event);
