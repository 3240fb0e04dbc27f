import type { Event, Reply } from "./lib/types";

abstract class Controller {
  protected readonly headers = { "Access-Control-Allow-Origin": "*" };

  async handle(event: Event): Promise<Reply> {
    try {
      return await this.run(event);
    } catch (error) {
      return this.fail(error instanceof Error ? error.message : "unknown");
    }
  }

  protected abstract run(event: Event): Promise<Reply>;

  protected ok(body: unknown): Reply {
    return { statusCode: 200, headers: this.headers, body: JSON.stringify(body) };
  }

  protected fail(message: string): Reply {
    return { statusCode: 500, body: message };
  }
}

class Orders extends Controller {
  protected async run(event: Event): Promise<Reply> {
    if (event.queryStringParameters.way === "boom") throw new Error("boom");
    return this.ok([event.path]);
  }
}

const controller = new Orders();
export const handler = (event: Event): Promise<Reply> => controller.handle(event);
export const bound = controller.handle.bind(controller);
