import { stackPy, stackTs } from "../rules/samples";
import { endings, modelFrom } from "./table";

const quiet = `
//- /lambda/orders.js
exports.handler = async () => ({ statusCode: 200, body: "{}" });
`;
const speaking = `
//- /lambda/orders.js
exports.handler = async () => ({ statusCode: 200, headers: { "access-control-allow-origin": "*" }, body: "{}" });
`;

describe("gateway: Function URL", () => {
  it("answers preflights itself and adds its headers to the function's", async () => {
    const rows = {
      "PUT /anything": "allowed, preflight 200 gateway, response 200 handler",
      "PUT / x-a: 1": "blocked, preflight-header-allowed, preflight 200 gateway",
      "from https://evil.example GET /":
        "blocked, response-allow-origin-present, response 200 handler",
    };
    const typescript = (handler: string): string =>
      stackTs(`
      const fn = new lambda.Function(stack, "Fn", { handler: "orders.handler", code: lambda.Code.fromAsset("lambda") });
      fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE, cors: { allowedOrigins: ["https://app.acmecorp.com"] } });
      ${handler}`);
    const python = stackPy(`
      fn = lambda_.Function(stack, "Fn", handler="orders.handler", code=lambda_.Code.from_asset("lambda"))
      fn.add_function_url(
          auth_type=lambda_.FunctionUrlAuthType.NONE,
          cors=lambda_.FunctionUrlCorsOptions(allowed_origins=["https://app.acmecorp.com"]),
      )
      ${quiet}`);
    endings(await modelFrom(typescript(quiet)), rows);
    endings(await modelFrom(python), rows);
    endings(await modelFrom(typescript(speaking)), {
      "GET /": "blocked, response-allow-origin-single, response 200 handler",
    });
  });

  it("leaves all to the function without cors, and does not know preflights of signed URLs", async () => {
    const model = await modelFrom(
      stackTs(`
      const fn = new lambda.Function(stack, "Fn", { handler: "orders.handler", code: lambda.Code.fromAsset("lambda") });
      const open = fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
      const signed = fn.addFunctionUrl({ cors: { allowedOrigins: ["https://app.acmecorp.com"] } });
      ${speaking}`),
    );
    endings(
      model,
      {
        "GET /": "allowed, response 200 handler",
        "PUT /": "blocked, preflight-method-allowed, preflight 200 handler",
      },
      "open",
    );
    endings(
      model,
      { "PUT /": "unknown, preflight ?", "GET /": "unknown, response 403 gateway" },
      "signed",
    );
  });
});
