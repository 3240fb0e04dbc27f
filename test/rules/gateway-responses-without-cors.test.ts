import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "gateway-responses-without-cors";

describe(rule, () => {
  it("adds the one that is missing", async () => {
    await check(
      rule,
      stackPy(`
      api = apigateway.RestApi(
      #                ^^^^^^^ [information] The browser shows a CORS error
          stack,
          "A",
          default_cors_preflight_options=apigateway.CorsOptions(allow_origins=apigateway.Cors.ALL_ORIGINS),
      )
      api.add_gateway_response(
          "Errors4",
          type=apigateway.ResponseType.DEFAULT_4_XX,
          response_headers={"Access-Control-Allow-Origin": "'*'"},
      )`),
      stackPy(`
      api = apigateway.RestApi(
          stack,
          "A",
          default_cors_preflight_options=apigateway.CorsOptions(allow_origins=apigateway.Cors.ALL_ORIGINS),
      )
      api.add_gateway_response(
          "Default5xx",
          type=apigateway.ResponseType.DEFAULT_5_XX,
          response_headers={"Access-Control-Allow-Origin": "'*'"},
      )
      api.add_gateway_response(
          "Errors4",
          type=apigateway.ResponseType.DEFAULT_4_XX,
          response_headers={"Access-Control-Allow-Origin": "'*'"},
      )`),
    );
  });

  it("is silent when responses are made in a loop, when their headers are unknown, and without CORS", async () => {
    await check(
      rule,
      stackTs(`
      declare const headers: { [key: string]: string };
      const cors = { defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] } };
      const a = new apigateway.RestApi(stack, "A", cors);
      for (const type of [apigateway.ResponseType.DEFAULT_4XX, apigateway.ResponseType.DEFAULT_5XX]) {
        a.addGatewayResponse("R" + type.responseType, { type, responseHeaders: { "Access-Control-Allow-Origin": "'*'" } });
      }
      const b = new apigateway.RestApi(stack, "B", cors);
      b.addGatewayResponse("4", { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders: headers });
      b.addGatewayResponse("5", { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders: headers });
      new apigateway.RestApi(stack, "C");`),
    );
  });

  it("sends no credentials beside a wildcard", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "A", {
      //                         ^^^^^^^ [information] The browser shows a CORS error
        defaultCorsPreflightOptions: { allowOrigins: ["*"], allowCredentials: true },
      });`),
      stackTs(`
      const api = new apigateway.RestApi(stack, "A", {
        defaultCorsPreflightOptions: { allowOrigins: ["*"], allowCredentials: true },
      });
      api.addGatewayResponse("Default4xx", {
        type: apigateway.ResponseType.DEFAULT_4XX,
        responseHeaders: { "Access-Control-Allow-Origin": "'*'" },
      });
      api.addGatewayResponse("Default5xx", {
        type: apigateway.ResponseType.DEFAULT_5XX,
        responseHeaders: { "Access-Control-Allow-Origin": "'*'" },
      });`),
    );
  });
});
