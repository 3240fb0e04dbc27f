abstract class Controller {
  protected static headers(): Record<string, string> {
    return { "Access-Control-Allow-Origin": "*" };
  }
  protected static answer(statusCode: number, more: Record<string, string> = {}) {
    return { statusCode, headers: { ...this.headers(), ...more }, body: "" };
  }
}

class Orders extends Controller {
  protected static override headers() {
    return { ...super.headers(), "Access-Control-Allow-Credentials": "false" };
  }
  static async handle(event: { queryStringParameters: { way?: string } }) {
    const { way } = event.queryStringParameters;
    if (way === "missing") return Orders.answer(404);
    if (way === "teapot") return { statusCode: 418, headers: {}, body: "" };
    return Orders.answer(200, { Vary: "Origin" });
  }
}

export const handler = Orders.handle.bind(Orders);
